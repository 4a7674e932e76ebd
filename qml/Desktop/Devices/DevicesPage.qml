pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Strop.Client.Devices
import Strop.Controls
import Strop.Theme

/// The devices of the business: pair a kiosk, see who is in, lock one out.
FocusScope {
    id: page

    required property DevicesViewModel devices

    onVisibleChanged: {
        if (visible)
            devices.refresh();
    }

    Flickable {
        anchors.fill: parent
        contentWidth: width
        contentHeight: column.implicitHeight + 2 * Theme.space24
        boundsBehavior: Flickable.StopAtBounds

        ColumnLayout {
            id: column
            anchors.left: parent.left
            anchors.leftMargin: Theme.space24
            y: Theme.space24
            width: Math.min(parent.width - 2 * Theme.space24, Theme.formWidth * 1.5)
            spacing: Theme.space24

            AppText {
                text: qsTr("Devices")
                size: AppText.Size.Display
                strong: true
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.space12

                AppText {
                    Layout.fillWidth: true
                    text: qsTr("A kiosk lets customers book in the shop. Start Strop Kiosk on it, and type this address and a fresh code there.")
                    muted: true
                }
                AppText {
                    objectName: "serverAddress"
                    text: page.devices.serverAddress
                    strong: true
                }
                AppText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: page.devices.addressHint
                    size: AppText.Size.Caption
                    muted: true
                }
                AppText {
                    objectName: "pairingCode"
                    visible: text !== ""
                    text: page.devices.code
                    size: AppText.Size.Huge
                    strong: true
                    color: Theme.accent
                    font.letterSpacing: Theme.space4
                }
                AppText {
                    visible: text !== ""
                    text: page.devices.timeLeft
                    muted: true
                }
                Button {
                    objectName: "pairKiosk"
                    focus: true
                    kind: Button.Kind.Primary
                    iconName: "kiosk"
                    text: page.devices.code === "" ? qsTr("Pair a kiosk") : qsTr("New code")
                    enabled: !page.devices.busy
                    onClicked: page.devices.pairKiosk()
                }
                AppText {
                    objectName: "devicesNews"
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: page.devices.news
                    strong: true
                    color: Theme.good
                }
                AppText {
                    objectName: "devicesProblem"
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: page.devices.problem
                    color: Theme.bad
                }
            }
            Repeater {
                model: page.devices.devices

                RowLayout {
                    id: line
                    required property deviceLine modelData
                    Layout.fillWidth: true
                    spacing: Theme.space16

                    Icon {
                        name: "kiosk"
                        color: Theme.muted
                    }
                    ColumnLayout {
                        Layout.fillWidth: true
                        spacing: 0

                        AppText {
                            Layout.fillWidth: true
                            text: line.modelData.self ? qsTr("%1 (this device)").arg(line.modelData.name) : line.modelData.name
                            strong: true
                        }
                        AppText {
                            Layout.fillWidth: true
                            text: qsTr("%1, since %2").arg(line.modelData.role).arg(line.modelData.since)
                            muted: true
                        }
                    }
                    Button {
                        visible: !line.modelData.self
                        kind: Button.Kind.Danger
                        text: qsTr("Remove")
                        Accessible.name: qsTr("Remove %1").arg(line.modelData.name)
                        onClicked: page.devices.revoke(line.modelData.id)
                    }
                }
            }
        }
    }
}
