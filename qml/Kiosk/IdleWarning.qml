import QtQuick
import QtQuick.Layouts
import Strop.Controls
import Strop.Kiosk.Device
import Strop.Theme

/// Nobody has touched anything for a while.
Rectangle {
    id: warning

    required property IdleGuard idle

    color: Theme.scrim

    MouseArea {
        anchors.fill: parent
    }
    Rectangle {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.space32, Theme.formWidth)
        height: column.implicitHeight + 2 * Theme.space48
        radius: Theme.radiusLarge
        color: Theme.surface

        ColumnLayout {
            id: column
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.space32
            spacing: Theme.space24

            AppText {
                Layout.fillWidth: true
                text: qsTr("Are you still here?")
                size: AppText.Size.Display
                strong: true
                horizontalAlignment: Text.AlignHCenter
            }
            AppText {
                Layout.fillWidth: true
                text: qsTr("Everything you typed is forgotten in %1 seconds.").arg(warning.idle.secondsLeft)
                muted: true
                horizontalAlignment: Text.AlignHCenter
            }
            Button {
                objectName: "stillHere"
                Layout.fillWidth: true
                Layout.preferredHeight: Theme.target * 1.4
                kind: Button.Kind.Primary
                text: qsTr("I'm still here")
                onClicked: warning.idle.touch()
            }
        }
    }
}
