import QtQuick
import QtQuick.Layouts
import Strop.Theme

/// A button: primary for the one thing to do, plain for the rest, danger for what cannot be meant lightly.
PressButton {
    id: button

    enum Kind {
        Plain,
        Primary,
        Danger,
        Quiet
    }

    property int kind: Button.Kind.Plain
    property string iconName: ""

    readonly property color ground: kind === Button.Kind.Primary ? Theme.accent : kind === Button.Kind.Quiet ? Theme.clear : Theme.surface
    readonly property color ink: kind === Button.Kind.Primary ? Theme.accentInk : kind === Button.Kind.Danger ? Theme.bad : Theme.ink

    implicitWidth: Math.max(implicitContentWidth + leftPadding + rightPadding, Theme.target)
    implicitHeight: Math.max(implicitContentHeight + topPadding + bottomPadding, Theme.target)
    leftPadding: Theme.space16
    rightPadding: Theme.space16
    topPadding: Theme.space4
    bottomPadding: Theme.space4
    opacity: enabled ? 1 : 0.45

    background: Rectangle {
        radius: Theme.radius
        color: button.ground
        border.width: button.kind === Button.Kind.Plain || button.kind === Button.Kind.Danger ? Theme.hairline : 0
        border.color: button.kind === Button.Kind.Danger ? Theme.bad : Theme.line

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: Theme.ink
            opacity: button.down ? 0.14 : button.hovered ? 0.06 : 0
            Behavior on opacity {
                NumberAnimation {
                    duration: Theme.quick
                }
            }
        }
        FocusRing {
            control: button
        }
    }

    contentItem: RowLayout {
        spacing: Theme.space8

        Item {
            Layout.fillWidth: true
        }
        Icon {
            name: button.iconName
            color: button.ink
            visible: button.iconName !== ""
        }
        AppText {
            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth)
            text: button.text
            color: button.ink
            strong: true
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        Item {
            Layout.fillWidth: true
        }
    }
}
