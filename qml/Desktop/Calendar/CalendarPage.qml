import QtQuick
import QtQuick.Layouts
import Strop.Client.Calendar
import Strop.Controls
import Strop.Theme

/// The day: a column a barber, live, with the appointment's sheet at the side. N new, T today, left and right another day,
/// Ctrl+Z takes the last action back.
FocusScope {
    id: page

    required property CalendarViewModel calendar

    Keys.onPressed: event => {
        if (event.key === Qt.Key_N)
            calendar.book(-1, -1);
        else if (event.key === Qt.Key_T)
            calendar.showToday();
        else if (event.key === Qt.Key_Left)
            calendar.step(page.LayoutMirroring.enabled ? 1 : -1);
        else if (event.key === Qt.Key_Right)
            calendar.step(page.LayoutMirroring.enabled ? -1 : 1);
        else if (event.matches(StandardKey.Undo))
            calendar.undo();
        else
            return;
        event.accepted = true;
    }

    Connections {
        target: page.calendar
        function onAnnounced(text, undoable) {
            toast.show(text, undoable);
        }
    }

    RowLayout {
        anchors.fill: parent
        spacing: 0

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                Layout.margins: Theme.space12
                Layout.leftMargin: Theme.space24
                spacing: Theme.space8

                AppText {
                    objectName: "dayTitle"
                    Layout.fillWidth: true
                    text: page.calendar.title
                    size: AppText.Size.Title
                    strong: true
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }
                IconButton {
                    objectName: "previousDay"
                    iconName: page.LayoutMirroring.enabled ? "chevron-right" : "chevron-left"
                    text: qsTr("Previous day")
                    onClicked: page.calendar.step(-1)
                }
                Button {
                    objectName: "today"
                    text: qsTr("Today")
                    enabled: !page.calendar.today
                    onClicked: page.calendar.showToday()
                }
                IconButton {
                    objectName: "nextDay"
                    iconName: page.LayoutMirroring.enabled ? "chevron-left" : "chevron-right"
                    text: qsTr("Next day")
                    onClicked: page.calendar.step(1)
                }
                Button {
                    objectName: "newAppointment"
                    kind: Button.Kind.Primary
                    iconName: "plus"
                    text: qsTr("New")
                    Accessible.name: qsTr("New appointment")
                    onClicked: page.calendar.book(-1, -1)
                }
            }
            DayHeader {
                Layout.fillWidth: true
                calendar: page.calendar
                dayScale: grid.dayScale
                scrolled: grid.contentX
            }
            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true

                DayGrid {
                    id: grid
                    anchors.fill: parent
                    focus: true
                    calendar: page.calendar
                }
                Skeleton {
                    anchors.fill: parent
                    loading: page.calendar.loading
                }
                EmptyState {
                    objectName: "calendarNotice"
                    anchors.centerIn: parent
                    width: parent.width - 2 * Theme.space24
                    visible: page.calendar.notice !== ""
                    text: page.calendar.notice
                }
            }
        }
        AppointmentSheet {
            Layout.fillHeight: true
            Layout.preferredWidth: width
            editor: page.calendar.editor
        }
    }
    Toast {
        id: toast
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space24
        onUndone: page.calendar.undo()
    }
}
