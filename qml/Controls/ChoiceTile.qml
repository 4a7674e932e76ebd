import QtQuick
import QtQuick.Layouts
import Strop.Theme

/// A large thing to tap: a service, a barber, a time.
PressButton {
    id: tile

    property string detail: ""
    property string extra: ""
    property int hue: -1
    property bool selected: false
    property bool centred: false

    implicitWidth: Math.max(Theme.target, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.target, implicitContentHeight + topPadding + bottomPadding)
    padding: Theme.space16
    leftPadding: hue >= 0 && !mirrored ? Theme.space24 : Theme.space16
    rightPadding: hue >= 0 && mirrored ? Theme.space24 : Theme.space16
    Accessible.name: text + (detail === "" ? "" : ", " + detail) + (extra === "" ? "" : ", " + extra)

    background: Rectangle {
        radius: Theme.radiusLarge
        color: tile.selected ? Theme.accent : tile.down ? Theme.raised : Theme.surface
        border.width: Theme.hairline
        border.color: tile.selected ? Theme.accent : Theme.line

        Rectangle {
            visible: tile.hue >= 0
            anchors.left: parent.left
            anchors.leftMargin: Theme.space8
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.stripe * 2
            height: parent.height - 2 * Theme.space12
            radius: Theme.stripe
            color: Theme.staffStripe(tile.hue)
        }
        FocusRing {
            control: tile
        }
    }

    contentItem: RowLayout {
        spacing: Theme.space12

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            AppText {
                Layout.fillWidth: true
                text: tile.text
                size: AppText.Size.Large
                strong: true
                color: tile.selected ? Theme.accentInk : Theme.ink
                horizontalAlignment: tile.centred ? Text.AlignHCenter : Text.AlignLeft
                Accessible.ignored: true
            }
            AppText {
                Layout.fillWidth: true
                text: tile.detail
                visible: tile.detail !== ""
                size: AppText.Size.Caption
                color: tile.selected ? Theme.accentInk : Theme.muted
                horizontalAlignment: tile.centred ? Text.AlignHCenter : Text.AlignLeft
                Accessible.ignored: true
            }
        }
        AppText {
            text: tile.extra
            visible: tile.extra !== ""
            size: AppText.Size.Large
            color: tile.selected ? Theme.accentInk : Theme.ink
            Accessible.ignored: true
        }
    }
}
