import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Strop.Theme

/// A labelled line of text with its own error below it.
ColumnLayout {
    id: field

    required property string label
    property string error: ""
    property alias text: input.text
    property alias placeholder: input.placeholderText
    property alias echoMode: input.echoMode
    property alias maximumLength: input.maximumLength
    property alias inputMethodHints: input.inputMethodHints
    property alias input: input
    signal edited(string text)
    signal accepted

    spacing: Theme.space4
    // Whoever gives the field the focus means the line in it.
    onActiveFocusChanged: {
        if (activeFocus)
            input.forceActiveFocus();
    }

    AppText {
        text: field.label
        size: AppText.Size.Caption
        muted: true
        Accessible.ignored: true
    }
    T.TextField {
        id: input

        objectName: field.objectName === "" ? "" : field.objectName + "Input"
        Layout.fillWidth: true
        implicitHeight: Theme.target
        leftPadding: Theme.space12
        rightPadding: Theme.space12
        verticalAlignment: TextInput.AlignVCenter
        maximumLength: 200
        selectByMouse: true
        color: Theme.ink
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        placeholderTextColor: Theme.muted
        font.family: Theme.fontFamily
        font.pixelSize: Theme.fontLarge
        Accessible.role: Accessible.EditableText
        Accessible.name: field.label
        Accessible.description: field.error
        onTextEdited: field.edited(text)
        onAccepted: field.accepted()

        background: Rectangle {
            radius: Theme.radius
            color: Theme.surface
            border.width: input.activeFocus ? Theme.focusWidth : Theme.hairline
            border.color: field.error !== "" ? Theme.bad : input.activeFocus ? Theme.accent : Theme.line
        }
        AppText {
            anchors.fill: parent
            anchors.leftMargin: input.leftPadding
            visible: input.text === ""
            text: input.placeholderText
            size: AppText.Size.Large
            muted: true
            verticalAlignment: Text.AlignVCenter
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
    AppText {
        Layout.fillWidth: true
        visible: field.error !== ""
        text: field.error
        size: AppText.Size.Caption
        color: Theme.bad
    }
}
