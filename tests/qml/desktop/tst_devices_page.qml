pragma ComponentBehavior: Bound
import QtQuick
import Strop.Desktop.Devices
import Strop.Test
import Strop.Theme

/// The devices, out of reach of the server. At a real server it is tested with its view-model.
Item {
    id: root

    width: 1000
    height: 700

    Component {
        id: desktops
        TestDesktop {}
    }
    Component {
        id: pages
        DevicesPage {
            anchors.fill: parent
        }
    }

    UiTestCase {
        name: "DevicesPage"
        stage: root

        property TestDesktop desktop: null
        property DevicesPage page: null

        function init() {
            setTheme();
            desktop = create(desktops);
            page = create(pages, {
                devices: desktop.app.devices
            });
            page.forceActiveFocus();
        }

        function test_saysHowAKioskIsPaired() {
            compare(item("pairKiosk").text, "Pair a kiosk");
            verify(!shows("pairingCode"));
        }

        function test_offlineItSaysSoAndStaysUsable() {
            tap("pairKiosk");
            tryVerify(() => shows("devicesProblem"));
            verify(item("devicesProblem").text !== "");
            compare(item("devicesProblem").color, Theme.bad);
            tryVerify(() => item("pairKiosk").enabled);
            verify(!shows("pairingCode"));
        }

        function test_opensWithTheListAndSaysWhenItCannotBeRead() {
            page.visible = false;
            page.visible = true;
            tryVerify(() => shows("devicesProblem"));
        }

        function test_pairsByTheKeyboard() {
            tabTo("pairKiosk");
            keyClick(Qt.Key_Return);
            tryVerify(() => shows("devicesProblem"));
        }

        function test_everythingHasAName() {
            compare(AccessibleTree.nameless(root), []);
            compare(AccessibleTree.controls(root), ["Button: Pair a kiosk"]);
        }
    }
}
