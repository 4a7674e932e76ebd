pragma ComponentBehavior: Bound
import QtQuick
import Strop.Kiosk
import Strop.Kiosk.Booking
import Strop.Test
import Strop.Theme

/// The whole way through a booking in the real kiosk application: by taps, by keyboard, and the ways out. Ten o'clock on
/// a Tuesday in Madrid, no network.
Item {
    id: root

    width: 1080
    height: 1080

    Component {
        id: kiosks
        TestKiosk {}
    }
    Component {
        id: stages
        Stage {
            anchors.fill: parent
        }
    }

    UiTestCase {
        name: "FlowPages"
        stage: root

        property TestKiosk kiosk: null
        readonly property BookingFlow flow: kiosk ? kiosk.app.flow : null

        function init() {
            setTheme(true);
            kiosk = create(kiosks);
            create(stages, {
                app: kiosk.app
            }).forceActiveFocus();
            tryVerify(() => flow.ready);
            waitForRendering(root, 100);
        }
        function openService() {
            tap("begin");
            item("service-Corte");
        }
        function openBarber() {
            openService();
            tap("service-Corte");
            item("firstFree");
        }
        function openTime() {
            openBarber();
            tap("barber-Ana");
            item("time-0");
        }
        function openDetails() {
            openTime();
            tap("time-0");
            item("confirm");
        }
        /// On the keys in the window.
        function tapLetters(text: string) {
            for (const letter of text)
                tap(letter === " " ? "key-space" : "key-" + letter);
        }

        function test_booksByTaps() {
            openDetails();
            tapLetters("eva");
            compare(item("name").text, "Eva");
            tap("phoneInput");
            tapLetters("600111222");
            compare(item("phone").text, "600111222");
            tap("confirm");
            compare(item("booked").text, "You are booked, Eva");
            compare(item("bookedSummary").text, "Corte with Ana, Today 10:00");
            tap("finish");
            item("begin");
            compare(flow.step, BookingFlow.Attract);
        }

        function test_booksByTheKeyboard() {
            tabTo("begin");
            keyClick(Qt.Key_Return);
            tabTo("service-Barba");
            keyClick(Qt.Key_Space);
            tabTo("firstFree");
            keyClick(Qt.Key_Return);
            tabTo("time-2");
            keyClick(Qt.Key_Return);
            tabTo("name");
            type("Eva");
            keyClick(Qt.Key_Return);
            verify(holdsFocus("phone"), "Return leads on");
            type("600111222");
            keyClick(Qt.Key_Return);
            compare(item("booked").text, "You are booked, Eva");
            tabTo("finish");
            keyClick(Qt.Key_Return);
            item("begin");
        }

        function test_theAttractScreenSaysWhereItIsAndWhatIsFree() {
            compare(item("kioskShop").text, "La Navaja");
            compare(item("nextFree").text, "Next free: Today 10:00");
            verify(holdsFocus("begin"), "Return begins");
        }

        function test_offlineIsAQuietLineAndTheDoneScreenExplains() {
            verify(shows("connectionLine"));
            compare(item("connectionLine").color, Theme.muted);
            openDetails();
            verify(shows("connectionLine"));
        }

        function test_aTimeSaysWhoDoesItWhenAnybodyWill() {
            openBarber();
            tap("firstFree");
            verify(["Ana", "Bruno"].includes(item("time-0").detail));
        }

        function test_anotherDayHasOtherTimes() {
            openTime();
            compare(item("time-0").text, "10:00");
            tap("day-1");
            tryCompare(item("time-0"), "text", "9:00");
            verify(item("day-1").selected);
        }

        function test_aClosedDaySaysSo() {
            openTime();
            flow.chooseDay(5);
            verifyGone("time-0");
            compare(flow.timeCount, 0);
        }

        function test_aBarberWithoutTimeTodayOpensAtTheNextDay() {
            openBarber();
            compare(item("barber-Carla").detail, "Tomorrow 9:00");
            tap("barber-Carla");
            compare(item("time-0").text, "9:00");
            verify(item("day-1").selected);
        }

        function test_confirmingWaitsForNameAndPhone() {
            openDetails();
            verify(!item("confirm").enabled);
            compare(item("confirm").text, "What is your name?");
            tapLetters("eva");
            tap("phoneInput");
            tapLetters("600");
            verify(!item("confirm").enabled);
            tapLetters("111");
            verify(item("confirm").enabled);
            compare(item("confirm").text, "Book it");
        }

        function test_theButtonLeadsFromTheNameToThePhone() {
            openDetails();
            tapLetters("eva");
            compare(item("confirm").text, "Next");
            tap("confirm");
            verify(holdsFocus("phone"));
            item("key-7");
        }

        function test_theKeysErase() {
            openDetails();
            tapLetters("evan");
            tap("key-erase-letter");
            compare(item("name").text, "Eva");
            tap("phoneInput");
            tapLetters("12");
            tap("key-erase");
            compare(item("phone").text, "1");
        }

        function test_aNewWordBeginsWithACapital() {
            openDetails();
            tapLetters("eva ruiz");
            compare(item("name").text, "Eva Ruiz");
        }

        function test_theKeysNeverTypeMoreThanTheFieldShows() {
            openDetails();
            tap("phoneInput");
            for (let i = 0; i < 25; ++i)
                tap("key-1");
            compare(item("phone").text.length, 20);
            compare(flow.phone, item("phone").text);
        }

        function test_theKeysDoNotCoverTheField() {
            openDetails();
            for (const [field, key] of [["nameInput", "key-q"], ["phoneInput", "key-1"]]) {
                tap(field);
                waitForRendering(root, 100);
                const below = item(field).mapToItem(root, 0, item(field).height).y;
                verify(item(key).mapToItem(root, 0, 0).y >= below, field);
            }
        }

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

        function test_everythingOnEveryScreenHasAName() {
            const verifyNamed = (screen, fewest) => {
                compare(AccessibleTree.nameless(root), [], screen);
                verify(AccessibleTree.controls(root).length >= fewest, screen);
            };
            verifyNamed("attract", 1);
            openService();
            verifyNamed("service", 5);
            tap("service-Corte");
            item("firstFree");
            verifyNamed("barber", 6);
            tap("barber-Ana");
            item("time-0");
            verifyNamed("time", 10);
            tap("time-0");
            item("confirm");
            verifyNamed("details", 30);
            kiosk.idleFor(50);
            verify(AccessibleTree.controls(root).includes("Button: I'm still here"));
            tap("stillHere");
            tapLetters("eva");
            tap("phoneInput");
            tapLetters("600111222");
            tap("confirm");
            item("finish");
            verifyNamed("done", 1);
        }

        function test_everythingToTapIsTwentyMillimetres() {
            openService();
            for (const name of ["service-Corte", "back", "startOver"])
                verify(item(name).height >= Theme.target, name);
            tap("service-Corte");
            verify(item("firstFree").height >= Theme.target);
            tap("firstFree");
            verify(item("time-0").height >= Theme.target);
            verify(item("day-0").height >= Theme.target);
        }

        function test_theWayBackAndOutStayInSightAtTwiceTheTextSize() {
            Theme.textScale = 2;
            openDetails();
            waitForRendering(root, 100);
            for (const name of ["back", "startOver", "confirm", "nameInput"]) {
                const part = item(name);
                const end = part.mapToItem(root, part.width, part.height);
                verify(end.x <= root.width && end.y <= root.height, name + " ends at " + end);
            }
        }

        function test_mirroredTheWayBackStandsAtTheRight() {
            root.LayoutMirroring.enabled = true;
            root.LayoutMirroring.childrenInherit = true;
            openService();
            waitForRendering(root, 100);
            const back = item("back").mapToItem(root, 0, 0).x, over = item("startOver").mapToItem(root, 0, 0).x;
            root.LayoutMirroring.enabled = false;
            verify(back > over);
        }
    }
}
