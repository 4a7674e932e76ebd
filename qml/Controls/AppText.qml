import QtQuick
import Strop.Theme

/// Text in one of the sizes of the theme.
Text {
    enum Size {
        Caption,
        Body,
        Large,
        Title,
        Display,
        Huge
    }

    property int size: AppText.Size.Body
    property bool muted: false
    property bool strong: false

    color: muted ? Theme.muted : Theme.ink
    font.family: Theme.fontFamily
    font.weight: strong ? Font.DemiBold : Font.Normal
    font.pixelSize: [Theme.fontCaption, Theme.fontBody, Theme.fontLarge, Theme.fontTitle, Theme.fontDisplay, Theme.fontHuge][size]
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
