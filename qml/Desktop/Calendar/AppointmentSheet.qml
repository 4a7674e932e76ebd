import QtQuick.Layouts
import Strop.Client.Calendar
import Strop.Controls

/// The sheet of one appointment: a new one, or one that stands.
Sheet {
    id: sheet

    required property AppointmentEditor editor

    title: editor.title
    open: editor.isOpen
    onClosed: editor.close()

    NewAppointment {
        Layout.fillWidth: true
        visible: sheet.editor.isNew
        editor: sheet.editor
    }
    ExistingAppointment {
        Layout.fillWidth: true
        visible: !sheet.editor.isNew
        editor: sheet.editor
    }
}
