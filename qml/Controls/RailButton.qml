import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Strop.Theme

/// An entry of the left rail: an icon over its name. One of the rail is always chosen. Not a PressButton: a template's role
/// for screen readers cannot be changed, and only this one is a page tab.
T.TabButton {
    id: entry

    required property string iconName

    function press() {
        checked = true;
        clicked();
    }

    focusPolicy: Qt.StrongFocus
    Accessible.name: text
    Accessible.onPressAction: press()
    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()
    implicitWidth: Theme.railWidth
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    topPadding: Theme.space12
    bottomPadding: Theme.space12

    background: Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.space4
        radius: Theme.radius
        color: entry.checked || entry.hovered ? Theme.raised : Theme.clear

        FocusRing {
            control: entry
            anchors.margins: 0
        }
    }
    contentItem: ColumnLayout {
        spacing: Theme.space4

        Icon {
            Layout.alignment: Qt.AlignHCenter
            name: entry.iconName
            color: entry.checked ? Theme.accent : Theme.muted
        }
        AppText {
            Layout.fillWidth: true
            text: entry.text
            size: AppText.Size.Caption
            strong: entry.checked
            color: entry.checked ? Theme.accent : Theme.ink
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
    }
}
