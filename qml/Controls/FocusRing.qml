import QtQuick
import QtQuick.Templates as T
import Strop.Theme

/// The ring around the control that the keyboard is at. Put it inside the control's background.
Rectangle {
    required property T.Control control

    anchors.fill: parent
    anchors.margins: -Theme.focusWidth * 2
    radius: Theme.radius + Theme.focusWidth * 2
    color: Theme.clear
    border.width: Theme.focusWidth
    border.color: Theme.accent
    visible: control.visualFocus
}
