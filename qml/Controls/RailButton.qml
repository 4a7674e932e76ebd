import QtQuick
import QtQuick.Layouts
import Strop.Theme

/// An entry of the left rail: an icon over its name.
PressButton {
    id: entry

    required property string iconName

    checkable: true
    autoExclusive: true
    implicitWidth: Theme.railWidth
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    topPadding: Theme.space12
    bottomPadding: Theme.space12
    // Late: being checkable makes the template call itself a check box.
    Component.onCompleted: Accessible.role = Accessible.PageTab

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
