import QtQuick
import QtQuick.Layouts
import Strop.Theme

/// A small rounded status that can be opened.
PressButton {
    id: pill

    property color tone: Theme.muted
    property string iconName: "check"

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Theme.target
    leftPadding: Theme.space12
    rightPadding: Theme.space16

    background: Rectangle {
        radius: height / 2
        color: pill.hovered || pill.down ? Theme.raised : Theme.surface
        border.width: Theme.hairline
        border.color: pill.tone

        FocusRing {
            control: pill
            radius: height / 2
        }
    }
    contentItem: RowLayout {
        spacing: Theme.space8

        Icon {
            name: pill.iconName
            color: pill.tone
        }
        AppText {
            Layout.fillWidth: true
            text: pill.text
            elide: Text.ElideRight
            color: pill.tone
            strong: true
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
