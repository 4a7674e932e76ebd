import QtQuick
import QtQuick.Layouts
import Strop.Controls
import Strop.Theme

/// Who it is for. The keys are in the window; a keyboard works too.
FlowFrame {
    id: page

    readonly property bool phoneNext: phone.input.activeFocus

    /// With large text there is room for one field over the keys: the one that is being filled in.
    readonly property bool oneField: Theme.largeText

    /// The name is there and the phone is not: the button leads on.
    readonly property bool onward: !phoneNext && flow.name !== "" && flow.missing !== ""

    question: qsTr("Who is it for?")
    place: 3
    onVisibleChanged: {
        if (visible)
            name.input.forceActiveFocus();
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.space16

        AppText {
            objectName: "bookingSummary"
            Layout.fillWidth: true
            visible: !page.oneField
            text: page.flow.summary
            size: AppText.Size.Large
            color: Theme.accent
        }
        TextField {
            id: name
            objectName: "name"
            Layout.fillWidth: true
            visible: !page.oneField || !page.phoneNext
            label: qsTr("Name")
            maximumLength: 120
            text: page.flow.name
            onEdited: text => page.flow.name = text
            onAccepted: phone.input.forceActiveFocus()
        }
        TextField {
            id: phone
            objectName: "phone"
            Layout.fillWidth: true
            visible: !page.oneField || page.phoneNext
            label: qsTr("Phone")
            text: page.flow.phone
            maximumLength: 20
            inputMethodHints: Qt.ImhDialableCharactersOnly
            error: page.flow.problem
            onEdited: text => page.flow.phone = text
            onAccepted: page.flow.confirm()
        }
        Button {
            objectName: "confirm"
            Layout.fillWidth: true
            kind: Button.Kind.Primary
            text: page.flow.confirming ? qsTr("Booking…") : page.flow.missing === "" ? qsTr("Book it") : page.onward ? qsTr("Next") : page.flow.missing
            enabled: (page.flow.missing === "" || page.onward) && !page.flow.confirming
            onClicked: {
                if (page.onward)
                    phone.input.forceActiveFocus();
                else
                    page.flow.confirm();
            }
        }
        OnScreenKeys {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: !page.phoneNext
            capitals: page.flow.name === "" || page.flow.name.endsWith(" ")
            onLetter: text => page.flow.name += text
            onErase: page.flow.name = page.flow.name.slice(0, -1)
        }
        Keypad {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: page.phoneNext
            onDigit: text => page.flow.phone += text
            onErase: page.flow.phone = page.flow.phone.slice(0, -1)
        }
    }
}
