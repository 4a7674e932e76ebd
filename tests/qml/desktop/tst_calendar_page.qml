pragma ComponentBehavior: Bound
import QtQuick
import Strop.Desktop.Calendar
import Strop.Test
import Strop.Theme

/// The day view of the real desktop application, over a real replica. Ten o'clock on a Tuesday in Madrid.
Item {
    id: root

    width: 1280
    height: 900

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
        name: "CalendarPage"
        stage: root

        property TestDesktop desktop: null
        property CalendarPage page: null

        function open(scene: int) {
            setTheme();
            desktop = create(desktops, {
                scene: scene
            });
            page = create(pages, {
                calendar: desktop.app.calendar
            });
            page.forceActiveFocus();
        }
        function openUsual() {
            open(TestDevice.Usual);
            tryVerify(() => !page.calendar.loading);
            item("card-Lucía Vega");
            waitForRendering(root, 100);
        }
        function card(customer: string): var {
            return item("card-" + customer);
        }
        function toast(): string {
            return item("toastText").text;
        }
        function test_loadingShowsNoGridAndThenASkeleton() {
            open(TestDevice.Unsent);
            verify(page.calendar.loading);
            verify(!shows("card-Lucía Vega"));
            verify(!shows("calendarNotice"));
        }

        function test_showsTheDayWithItsBarbersAndCards() {
            openUsual();
            compare(item("dayTitle").text, "martes 5 mayo");
            const lucia = card("Lucía Vega");
            compare(lucia.modelData.column, 0);
            compare(lucia.modelData.startMinute, 90);
            verify(card("Marcos Gil").x > lucia.x);
            verify(card("Walk-in").y > lucia.y);
        }

        function test_withoutBarbersItSaysSo() {
            open(TestDevice.NoBarbers);
            compare(item("calendarNotice").text, "No barber works here yet.");
        }

        function test_aClosedDaySaysSo() {
            openUsual();
            tap("previousDay");
            tryVerify(() => shows("calendarNotice"));
            compare(item("calendarNotice").text, "The shop is closed on this day.");
            verifyGone("card-Lucía Vega");
        }

        function test_walksTheDaysByMouse() {
            openUsual();
            verify(!item("today").enabled);
            tap("nextDay");
            tryCompare(item("dayTitle"), "text", "miércoles 6 mayo");
            tryVerify(() => item("today").enabled);
            tap("today");
            tryCompare(item("dayTitle"), "text", "martes 5 mayo");
        }

        function test_walksTheDaysByKeyboard() {
            openUsual();
            keyClick(Qt.Key_Right);
            tryCompare(item("dayTitle"), "text", "miércoles 6 mayo");
            keyClick(Qt.Key_Left);
            keyClick(Qt.Key_Left);
            tryCompare(item("dayTitle"), "text", "lunes 4 mayo");
            keyClick(Qt.Key_T);
            tryCompare(item("dayTitle"), "text", "martes 5 mayo");
        }

        function test_arrowsFollowTheReadingDirection() {
            openUsual();
            page.LayoutMirroring.enabled = true;
            keyClick(Qt.Key_Left);
            tryCompare(item("dayTitle"), "text", "miércoles 6 mayo");
        }

        function test_mirroredTheFirstBarberStandsAtTheRight() {
            openUsual();
            page.LayoutMirroring.enabled = true;
            page.LayoutMirroring.childrenInherit = true;
            tryVerify(() => card("Lucía Vega").x > card("Marcos Gil").x);
        }

        function test_movesACardByTheKeyboardAndUndoes() {
            openUsual();
            card("Lucía Vega").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_M);
            for (let i = 0; i < 18; ++i)
                keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Right);
            verify(card("Lucía Vega").moving);
            keyClick(Qt.Key_Return);
            tryVerify(() => card("Lucía Vega").modelData.column === 1);
            compare(card("Lucía Vega").modelData.startMinute, 360);
            compare(toast(), "Lucía Vega moved to 15:00 with Bruno");
            tap("undo");
            tryVerify(() => card("Lucía Vega").modelData.column === 0);
            compare(card("Lucía Vega").modelData.startMinute, 90);
        }

        function test_escapePutsACarriedCardBack() {
            openUsual();
            const moved = card("Lucía Vega");
            moved.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_M);
            keyClick(Qt.Key_Down);
            verify(moved.y > moved.homeY);
            keyClick(Qt.Key_Escape);
            compare(moved.y, moved.homeY);
            compare(moved.modelData.startMinute, 90);
            verify(!shows("toastText"));
        }

        function test_saysWhyACardWillNotGoThere() {
            openUsual();
            const moved = card("Lucía Vega");
            moved.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_M);
            keyClick(Qt.Key_Right);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Down);
            compare(moved.reason, "Bruno is busy then");
            compare(findFrom(moved, "cardTitle").text, "Bruno is busy then");
            compare(moved.border.color, Theme.bad);
            keyClick(Qt.Key_Return);
            compare(toast(), "Bruno is busy then");
            compare(moved.modelData.column, 0);
        }

        function test_dragsACardToAnotherTimeAndUndoesByKey() {
            openUsual();
            const moved = card("Lucía Vega");
            const start = moved.mapToItem(root, moved.width / 2, 10);
            mousePress(root, start.x, start.y);
            for (let i = 1; i <= 10; ++i)
                mouseMove(root, start.x, start.y + i * 24 * Theme.minute);
            verify(moved.moving);
            compare(findFrom(moved, "cardTitle").text, page.calendar.timeAt(moved.toMinute));
            mouseRelease(root, start.x, start.y + 240 * Theme.minute);
            tryVerify(() => card("Lucía Vega").modelData.startMinute !== 90);
            compare(card("Lucía Vega").modelData.startMinute, 330);
            tryVerify(() => Math.abs(card("Lucía Vega").y - card("Lucía Vega").homeY) < 1);
            page.forceActiveFocus();
            keyClick(Qt.Key_Z, Qt.ControlModifier);
            tryVerify(() => card("Lucía Vega").modelData.startMinute === 90);
        }

        function test_aDragThatWillNotGoSnapsBack() {
            openUsual();
            const moved = card("Marcos Gil"), target = card("Lucía Vega");
            const start = moved.mapToItem(root, moved.width / 2, 10);
            const end = target.mapToItem(root, target.width / 2, 10);
            mousePress(root, start.x, start.y);
            for (let i = 1; i <= 10; ++i)
                mouseMove(root, start.x + (end.x - start.x) * i / 10, start.y + (end.y - start.y) * i / 10);
            compare(moved.reason, "Ana is busy then");
            mouseRelease(root, end.x, end.y);
            compare(moved.modelData.column, 1);
            compare(moved.x, moved.homeX);
            compare(moved.y, moved.homeY);
        }

        function test_deleteCancelsAndTheToastTakesItBack() {
            openUsual();
            card("Marcos Gil").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Delete);
            verifyGone("card-Marcos Gil");
            compare(toast(), "Marcos Gil cancelled");
            tabTo("undo");
            keyClick(Qt.Key_Return);
            card("Marcos Gil");
        }

        function test_cardsAreReachedByTabAndReadAloud() {
            openUsual();
            tabTo("card-Lucía Vega");
            compare(AccessibleTree.roleOf(card("Lucía Vega")), "Button");
            compare(AccessibleTree.nameOf(card("Lucía Vega")), "10:30 – 11:00, Lucía Vega, Corte, Booked");
            keyClick(Qt.Key_Return);
            tryVerify(() => page.calendar.editor.isOpen);
        }

        function test_aDoubleTapOnAFreePlaceBooksThere() {
            openUsual();
            const lucia = card("Lucía Vega");
            const at = lucia.mapToItem(root, lucia.width / 2, 0);
            for (let i = 0; i < 2; ++i) {
                const touch = touchEvent(root);
                touch.press(0, root, at.x, at.y + 180 * Theme.minute).commit();
                touch.release(0, root, at.x, at.y + 180 * Theme.minute).commit();
            }
            tryVerify(() => page.calendar.editor.isNew);
            compare(page.calendar.editor.barberIndex, 1);
        }

        function test_everythingHasAName() {
            openUsual();
            compare(AccessibleTree.nameless(root), []);
            const controls = AccessibleTree.controls(root);
            for (const wanted of ["Button: Previous day", "Button: Today", "Button: Next day", "Button: New appointment"])
                verify(controls.includes(wanted), wanted);
        }

        function test_holdsTogetherAtTwiceTheTextSize() {
            openUsual();
            Theme.textScale = 2;
            waitForRendering(root, 100);
            for (const name of ["dayTitle", "previousDay", "today", "nextDay", "newAppointment"]) {
                const part = item(name);
                verify(part.mapToItem(root, part.width, 0).x <= root.width, name + " is inside");
            }
        }
    }
}
