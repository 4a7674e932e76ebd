pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Strop.Client.Calendar
import Strop.Controls
import Strop.Theme

/// Who, what, with whom and when.
ColumnLayout {
    id: form

    required property AppointmentEditor editor

    spacing: Theme.space16
    onVisibleChanged: {
        if (visible)
            name.input.forceActiveFocus();
    }

    TextField {
        id: name
        objectName: "customerName"
        Layout.fillWidth: true
        label: qsTr("Customer")
        maximumLength: 120
        placeholder: qsTr("Name, or nothing for a walk-in")
        text: form.editor.customerName
        onEdited: text => form.editor.customerName = text
        onAccepted: form.editor.book()
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.space4
        visible: suggestions.count > 0

        Repeater {
            id: suggestions
            model: form.editor.suggestions

            ChoiceTile {
                required property calendarChoice modelData
                required property int index
                Layout.fillWidth: true
                padding: Theme.space8
                text: modelData.text
                detail: modelData.detail
                onClicked: form.editor.chooseSuggestion(index)
            }
        }
    }
    TextField {
        objectName: "customerPhone"
        Layout.fillWidth: true
        label: qsTr("Phone")
        text: form.editor.phone
        inputMethodHints: Qt.ImhDialableCharactersOnly
        onEdited: text => form.editor.phone = text
        onAccepted: form.editor.book()
    }
    OptionBox {
        objectName: "service"
        Layout.fillWidth: true
        label: qsTr("Service")
        model: form.editor.services
        currentIndex: form.editor.serviceIndex
        onActivated: index => form.editor.serviceIndex = index
    }
    OptionBox {
        objectName: "barber"
        Layout.fillWidth: true
        label: qsTr("Barber")
        model: form.editor.barbers
        currentIndex: form.editor.barberIndex
        onActivated: index => form.editor.barberIndex = index
    }
    OptionBox {
        objectName: "time"
        Layout.fillWidth: true
        label: qsTr("Time")
        model: form.editor.times
        currentIndex: form.editor.timeIndex
        onActivated: index => form.editor.timeIndex = index
    }
    TextField {
        objectName: "note"
        Layout.fillWidth: true
        label: qsTr("Note")
        maximumLength: 4000
        text: form.editor.note
        onEdited: text => form.editor.note = text
        onAccepted: form.editor.book()
    }
    AppText {
        objectName: "bookingProblem"
        Layout.fillWidth: true
        visible: text !== ""
        text: form.editor.problem
        color: Theme.warn
    }
    Button {
        objectName: "book"
        Layout.fillWidth: true
        kind: Button.Kind.Primary
        text: qsTr("Book")
        enabled: form.editor.problem === ""
        onClicked: form.editor.book()
    }
}
