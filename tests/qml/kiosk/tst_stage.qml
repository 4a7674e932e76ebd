pragma ComponentBehavior: Bound
import QtQuick
import Strop.Kiosk
import Strop.Test

/// What fills the kiosk's window before there is anything to book.
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
        name: "KioskStage"
        stage: root

        property TestKiosk kiosk: null

        function open(scene: int) {
            setTheme(true);
            kiosk = create(kiosks, {
                scene: scene
            });
            create(stages, {
                app: kiosk.app
            }).forceActiveFocus();
            waitForRendering(root, 100);
        }

        function test_aFreshFolderAsksForTheCode() {
            open(TestDevice.Unpaired);
            verify(!item("pair").enabled);
            mouseClick(item("pairCodeInput"));
            type("abcd-efgh");
            verify(item("pair").enabled);
        }

        function test_aServerOutOfReachIsSaidAtTheCode() {
            open(TestDevice.Unpaired);
            mouseClick(item("pairCodeInput"));
            type("abcdefgh");
            keyClick(Qt.Key_Return);
            tryVerify(() => item("pairCode").error !== "");
            verify(item("pairCode").error.includes("cannot be reached"));
            verify(item("pair").enabled, "it can be tried again");
        }

        function test_pairsByTheKeyboard() {
            open(TestDevice.Unpaired);
            type("abcdefgh");
            compare(item("pairCode").text, "abcdefgh", "the code can be typed at once");
            tabTo("pair");
            keyClick(Qt.Key_Space);
            tryVerify(() => item("pairCode").error !== "");
        }

        function test_everythingOfThePairingHasAName() {
            open(TestDevice.Unpaired);
            compare(AccessibleTree.nameless(root), []);
            verify(AccessibleTree.controls(root).length > 3 + 40, "the fields, the button and the keys");
        }

        function test_waitsForTheShopBeforeAnybodyCanBegin() {
            open(TestDevice.Unsent);
            verify(!item("begin").enabled);
            compare(item("begin").text, "One moment…");
        }

        function test_aShopWithoutBarbersHasNothingFree() {
            open(TestDevice.NoBarbers);
            tryVerify(() => item("begin").enabled);
            compare(item("nextFree").text, "Nothing free in the next two weeks");
        }

        function test_aFolderThatCannotBeReadSaysSoInPlainWords() {
            open(TestDevice.TooNew);
            tryVerify(() => shows("failure"));
            verify(item("failure").text.length > 20, item("failure").text);
            verifyGone("begin");
        }
    }
}
