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

    /// The icon points along the text, so it turns round where that runs from right to left.
    property bool directional: false

    // What a disabled button says may be why it is disabled, so it stays readable.
    readonly property color ground: kind === Button.Kind.Quiet ? Theme.clear : !enabled ? Theme.raised : kind === Button.Kind.Primary ? Theme.accent : Theme.surface
    readonly property color ink: !enabled ? Theme.muted : kind === Button.Kind.Primary ? Theme.accentInk : kind === Button.Kind.Danger ? Theme.bad : Theme.ink
    readonly property bool outlined: enabled && (kind === Button.Kind.Plain || kind === Button.Kind.Danger)

    implicitWidth: Math.max(implicitContentWidth + leftPadding + rightPadding, Theme.target)
    implicitHeight: Math.max(implicitContentHeight + topPadding + bottomPadding, Theme.target)
    leftPadding: Theme.space16
    rightPadding: Theme.space16
    topPadding: Theme.space4
    bottomPadding: Theme.space4

    background: Rectangle {
        radius: Theme.radius
        color: button.ground
        border.width: button.outlined ? Theme.hairline : 0
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
            mirror: button.directional && button.mirrored
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
