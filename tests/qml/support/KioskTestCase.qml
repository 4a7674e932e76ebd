import QtQuick
import Strop.Kiosk
import Strop.Kiosk.Booking
import Strop.Test

/// A test in the real kiosk application with the usual shop: ten o'clock on a Tuesday in Madrid, no network.
UiTestCase {
    property TestKiosk kiosk: null
    readonly property BookingFlow flow: kiosk ? kiosk.app.flow : null

    readonly property Component kiosks: Component {
        TestKiosk {}
    }
    readonly property Component stages: Component {
        Stage {
            anchors.fill: parent
        }
    }

    function init() {
        setTheme(true);
        kiosk = create(kiosks);
        create(stages, {
            app: kiosk.app
        }).forceActiveFocus();
        tryVerify(() => flow.ready);
        waitForRendering(stage, 100);
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
}
