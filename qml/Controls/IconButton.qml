import QtQuick
import Strop.Theme

/// A button that is only an icon; its text is its accessible name and its tool tip.
PressButton {
    id: button

    required property string iconName

    implicitWidth: Theme.target
    implicitHeight: Theme.target
    opacity: enabled ? 1 : 0.45

    background: Rectangle {
        radius: Theme.radius
        color: button.hovered || button.down ? Theme.raised : Theme.clear

        FocusRing {
            control: button
        }
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: button.iconName
        }
    }
}
