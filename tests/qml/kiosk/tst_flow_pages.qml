import QtQuick
import Strop.Kiosk.Booking
import Strop.Test
import Strop.Theme

/// The whole way through a booking in the real kiosk application, by taps and by keyboard.
Item {
    id: root

    width: 1080
    height: 1080

    KioskTestCase {
        name: "FlowPages"
        stage: root

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

        function test_offlineIsAQuietLineOnEveryScreen() {
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
    }
}
