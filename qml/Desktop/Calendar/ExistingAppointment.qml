pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Strop.Client.Calendar
import Strop.Controls
import Strop.Theme

/// What an appointment is, and what can be done to it.
ColumnLayout {
    id: form

    required property AppointmentEditor editor

    spacing: Theme.space16

    AppText {
        objectName: "appointmentSummary"
        Layout.fillWidth: true
        text: form.editor.summary
        lineHeight: 1.4
    }
    AppText {
        text: qsTr("Status")
        size: AppText.Size.Caption
        muted: true
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.space8

        Repeater {
            model: form.editor.statuses

            Button {
                required property calendarChoice modelData
                readonly property bool current: modelData.value === form.editor.status
                objectName: "status-" + modelData.value
                kind: current ? Button.Kind.Primary : Button.Kind.Plain
                text: modelData.text
                Accessible.checked: current
                onClicked: form.editor.chooseStatus(modelData.value)
            }
        }
    }
    Button {
        objectName: "cancelAppointment"
        Layout.fillWidth: true
        kind: Button.Kind.Danger
        iconName: "trash"
        text: qsTr("Cancel the appointment")
        onClicked: form.editor.cancelAppointment()
    }
}
