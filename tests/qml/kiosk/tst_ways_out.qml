import QtQuick
import Strop.Kiosk.Booking
import Strop.Test

/// Back, start over, and walking away.
Item {
    id: root

    width: 1080
    height: 1080

    KioskTestCase {
        name: "WaysOut"
        stage: root

        function test_backWalksTheQuestionsInReverse() {
            openDetails();
            for (const [name, step] of [["time-0", BookingFlow.Time], ["firstFree", BookingFlow.Barber], ["service-Corte", BookingFlow.Service], ["begin", BookingFlow.Attract]]) {
                tap("back");
                item(name);
                compare(flow.step, step);
            }
        }

        function test_escapeGoesBackToo() {
            openTime();
            keyClick(Qt.Key_Escape);
            compare(flow.step, BookingFlow.Barber);
        }

        function test_startOverWipesWhatWasTyped() {
            openDetails();
            tapLetters("eva");
            tap("phoneInput");
            tapLetters("600111222");
            tap("startOver");
            compare(flow.step, BookingFlow.Attract);
            openDetails();
            compare(item("name").text, "");
            compare(item("phone").text, "");
        }

        function test_backToTheStartWipesWhatWasTyped() {
            openDetails();
            tapLetters("eva");
            for (let i = 0; i < 4; ++i)
                tap("back");
            openDetails();
            compare(item("name").text, "");
        }

        function test_whoWalksAwayIsWarnedAndThenForgotten() {
            openDetails();
            tapLetters("eva");
            kiosk.idleFor(45);
            verify(shows("stillHere"));
            kiosk.idleFor(20);
            verifyGone("stillHere");
            compare(flow.step, BookingFlow.Attract);
            openDetails();
            compare(item("name").text, "");
        }

        function test_stillHereKeepsWhatWasTyped() {
            openDetails();
            tapLetters("eva");
            kiosk.idleFor(60);
            tap("stillHere");
            verifyGone("stillHere");
            compare(flow.step, BookingFlow.Details);
            compare(item("name").text, "Eva");
        }

        function test_aTouchBesideTheWarningDoesNotReachWhatIsBelow() {
            openDetails();
            kiosk.idleFor(50);
            item("stillHere");
            const back = item("back");
            mouseClick(back);
            compare(flow.step, BookingFlow.Details);
            verifyGone("stillHere");
        }

        function test_theAttractScreenNeverWarns() {
            kiosk.idleFor(500);
            verify(!shows("stillHere"));
        }
    }
}
