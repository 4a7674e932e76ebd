import QtQuick
import QtQuick.Layouts
import Strop.Client.App
import Strop.Controls
import Strop.Desktop.Calendar
import Strop.Desktop.Devices
import Strop.Desktop.SyncStatus
import Strop.Theme

/// The frame of every page: the rail at the left, the bar at the top, the sync list at the side.
FocusScope {
    id: shell

    required property DesktopApp app

    focus: true

    /// One sheet at a time: each closes the other.
    readonly property bool editing: app.calendar.editor.isOpen
    onEditingChanged: {
        if (editing)
            syncSheet.open = false;
    }

    RowLayout {
        anchors.fill: parent
        spacing: 0

        Rectangle {
            Layout.fillHeight: true
            Layout.preferredWidth: Theme.railWidth
            color: Theme.surface

            ColumnLayout {
                width: parent.width
                spacing: 0

                Icon {
                    Layout.alignment: Qt.AlignHCenter
                    Layout.margins: Theme.space16
                    name: "scissors"
                    color: Theme.accent
                }
                RailButton {
                    id: calendarEntry
                    objectName: "railCalendar"
                    Layout.fillWidth: true
                    iconName: "calendar"
                    text: qsTr("Calendar")
                    checked: true
                }
                RailButton {
                    id: devicesEntry
                    objectName: "railDevices"
                    Layout.fillWidth: true
                    iconName: "kiosk"
                    text: qsTr("Devices")
                }
            }
            Rectangle {
                anchors.right: parent.right
                width: Theme.hairline
                height: parent.height
                color: Theme.line
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                Layout.margins: Theme.space12
                Layout.leftMargin: Theme.space24
                spacing: Theme.space16

                AppText {
                    objectName: "shopName"
                    Layout.fillWidth: true
                    text: shell.app.calendar.shopName
                    size: AppText.Size.Large
                    strong: true
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }
                SyncPill {
                    objectName: "syncPill"
                    Layout.fillWidth: true
                    Layout.minimumWidth: Theme.target
                    Layout.maximumWidth: implicitWidth
                    syncStatus: shell.app.syncStatus
                    onClicked: syncSheet.open = !syncSheet.open
                }
            }
            Rectangle {
                Layout.fillWidth: true
                implicitHeight: Theme.hairline
                color: Theme.line
            }
            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true

                CalendarPage {
                    anchors.fill: parent
                    calendar: shell.app.calendar
                    visible: calendarEntry.checked
                    focus: visible
                }
                DevicesPage {
                    anchors.fill: parent
                    devices: shell.app.devices
                    visible: devicesEntry.checked
                    focus: visible
                }
            }
        }
        SyncSheet {
            id: syncSheet
            Layout.fillHeight: true
            Layout.preferredWidth: width
            syncStatus: shell.app.syncStatus
            onClosed: open = false
            onOpenChanged: {
                if (open)
                    shell.app.calendar.editor.close();
            }
        }
    }
}
