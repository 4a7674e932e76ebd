pragma ComponentBehavior: Bound
import QtQuick
import Strop.Desktop.Calendar
import Strop.Test

/// The appointment's sheet in the day view: a new appointment, and what can be done to one that stands.
Item {
    id: root

    width: 1280
    height: 1000

    Component {
        id: desktops
        TestDesktop {}
    }
    Component {
        id: pages
        CalendarPage {
            anchors.fill: parent
        }
    }

    UiTestCase {
        name: "AppointmentSheet"
        stage: root

        property TestDesktop desktop: null
        property CalendarPage page: null
        readonly property var editor: page ? page.calendar.editor : null

        function init() {
            setTheme();
            desktop = create(desktops);
            page = create(pages, {
                calendar: desktop.app.calendar
            });
            page.forceActiveFocus();
            tryVerify(() => !page.calendar.loading);
            item("card-Lucía Vega");
        }
        function openNew() {
            keyClick(Qt.Key_N);
            item("book");
            waitForRendering(root, 100);
        }
        function openLucia() {
            tap("card-Lucía Vega");
            item("appointmentSummary");
            waitForRendering(root, 100);
        }
        function choose(name: string, text: string) {
            const box = item(name).box;
            mouseClick(box);
            tryVerify(() => box.popup.opened);
            const list = box.popup.contentItem;
            for (let i = 0; i < list.count; ++i) {
                list.positionViewAtIndex(i, ListView.Contain);
                tryVerify(() => list.itemAtIndex(i) !== null);
                if (list.itemAtIndex(i).text === text) {
                    mouseClick(list.itemAtIndex(i));
                    tryVerify(() => !box.popup.visible);
                    return;
                }
            }
            fail(name + " offers no " + text);
        }
        function chosen(name: string): string {
            return item(name).box.contentItem.text;
        }

        function test_opensWithTheCursorInTheName() {
            openNew();
            verify(holdsFocus("customerName"));
            compare(editor.title, "New appointment");
        }

        function test_booksAtTheChosenTimeAndTheCardAppears() {
            openNew();
            type("Nuria Sanz");
            tabTo("customerPhone");
            type("600000099");
            choose("service", "Completo");
            choose("barber", "Ana");
            choose("time", "15:00");
            tap("book");
            const made = item("card-Nuria Sanz");
            compare(made.modelData.column, 0);
            compare(made.modelData.time, "15:00 – 16:00");
            compare(item("toastText").text, "Nuria Sanz booked at 15:00");
            verifyGone("book");
        }

        function test_booksByTheKeyboardAlone() {
            openNew();
            type("Nuria");
            keyClick(Qt.Key_Return);
            item("card-Nuria");
        }

        function test_keepsTheChoicesOnScreenAndInTheEditorTogether() {
            openNew();
            choose("service", "Barba");
            compare(chosen("service"), "Barba");
            compare(editor.serviceIndex, 1);
            choose("barber", "Carla");
            compare(chosen("time"), "");
            verify(!item("book").enabled);
            verify(item("bookingProblem").text.includes("Try another barber"));
            choose("barber", "Bruno");
            tryVerify(() => chosen("time") !== "");
            verify(item("book").enabled);
            verifyGone("bookingProblem");
        }

        function test_suggestsWhoIsKnownAndFillsInThePhone() {
            openNew();
            type("luc");
            tryVerify(() => AccessibleTree.controls(root).includes("Button: Lucía Vega, +34600000061"));
            keyClick(Qt.Key_Tab);
            keyClick(Qt.Key_Space);
            tryCompare(editor, "phone", "+34600000061");
            compare(item("customerName").text, "Lucía Vega");
            compare(item("customerPhone").text, "+34600000061");
        }

        function test_escapeClosesAndTheDayTakesKeysAgain() {
            openNew();
            type("Nur");
            keyClick(Qt.Key_Escape);
            verifyGone("book");
            verify(!editor.isOpen);
            keyClick(Qt.Key_N);
            item("book");
            compare(item("customerName").text, "");
        }

        function test_lettersInAFieldAreNotShortcuts() {
            openNew();
            type("tn");
            compare(item("customerName").text, "tn");
            compare(item("dayTitle").text, "martes 5 mayo");
        }

        function test_anAppointmentShowsWhatItIs() {
            openLucia();
            const summary = item("appointmentSummary").text;
            for (const part of ["Corte", "10:30 to 11:00 with Ana", "+34600000061", "Sin máquina"])
                verify(summary.includes(part), part);
            compare(AccessibleTree.controls(root).filter(one => one.includes("Cancel the appointment")).length, 1);
        }

        function test_changesTheStatus() {
            openLucia();
            tap("status-arrived");
            tryCompare(editor, "status", "arrived");
            compare(item("toastText").text, "Lucía Vega: Arrived");
            compare(item("card-Lucía Vega").modelData.status, "arrived");
            tap("undo");
            tryCompare(editor, "status", "booked");
        }

        function test_changesTheStatusByKeyboard() {
            openLucia();
            tabTo("status-in_chair");
            keyClick(Qt.Key_Return);
            tryCompare(editor, "status", "in_chair");
        }

        function test_cancelsAndTakesItBack() {
            openLucia();
            tap("cancelAppointment");
            verifyGone("card-Lucía Vega");
            verifyGone("cancelAppointment");
            tap("undo");
            item("card-Lucía Vega");
        }

        function test_theCrossClosesIt() {
            openLucia();
            tap("closeSheet");
            verifyGone("appointmentSummary");
        }

        function test_everythingInItHasAName() {
            openNew();
            compare(AccessibleTree.nameless(root), []);
            const controls = AccessibleTree.controls(root);
            for (const wanted of ["EditableText: Customer", "EditableText: Phone", "ComboBox: Service", "ComboBox: Barber", "ComboBox: Time", "EditableText: Note", "Button: Book", "Button: Close"])
                verify(controls.includes(wanted), wanted);
            keyClick(Qt.Key_Escape);
            openLucia();
            compare(AccessibleTree.nameless(root), []);
        }

        function test_standsInsideWhenMirrored() {
            page.LayoutMirroring.enabled = true;
            page.LayoutMirroring.childrenInherit = true;
            openNew();
            const book = item("book");
            verify(book.mapToItem(root, 0, 0).x < root.width / 2, "the sheet stands at the left");
            tap("book");
            item("toastText");
        }
    }
}
