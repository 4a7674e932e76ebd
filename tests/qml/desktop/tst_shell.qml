pragma ComponentBehavior: Bound
import QtQuick
import Strop.Desktop
import Strop.Test
import Strop.Theme

/// What fills the desktop's window, at each stage of the application.
Item {
    id: root

    width: 1280
    height: 800

    Component {
        id: desktops
        TestDesktop {}
    }
    Component {
        id: stages
        Stage {
            anchors.fill: parent
        }
    }

    UiTestCase {
        name: "Shell"
        stage: root

        property TestDesktop desktop: null

        function open(scene: int) {
            setTheme();
            desktop = create(desktops, {
                scene: scene
            });
            create(stages, {
                app: desktop.app
            }).forceActiveFocus();
            waitForRendering(root, 100);
        }
        function openUsual() {
            open(TestDevice.Usual);
            item("card-Lucía Vega");
        }

        function test_aFreshFolderBeginsWithTheFirstRun() {
            open(TestDevice.Unpaired);
            verify(shows("tabCreate"));
            verify(!shows("syncPill"));
        }

        function test_aFolderThatCannotBeReadSaysSoInPlainWords() {
            open(TestDevice.TooNew);
            tryVerify(() => shows("failure"));
            verify(item("failure").text.length > 20, item("failure").text);
            verifyGone("railCalendar");
        }

        function test_opensAtTheCalendarOfTheShop() {
            openUsual();
            compare(item("shopName").text, "La Navaja");
            verify(item("railCalendar").checked);
            verify(shows("newAppointment"));
        }

        function test_theRailLeadsToTheOtherPages() {
            openUsual();
            tap("railDevices");
            verify(shows("pairKiosk"));
            verify(!shows("newAppointment"));
            tabTo("railCalendar");
            keyClick(Qt.Key_Return);
            verify(shows("newAppointment"));
        }

        function test_shortcutsWorkFromTheStart() {
            openUsual();
            keyClick(Qt.Key_N);
            item("book");
        }

        function test_thePillOpensAndClosesTheSyncList() {
            openUsual();
            tap("syncPill");
            verify(item("syncExplanation").text !== "");
            tap("syncPill");
            verifyGone("syncExplanation");
            tabTo("syncPill");
            keyClick(Qt.Key_Space);
            item("syncExplanation");
            keyClick(Qt.Key_Escape);
            verifyGone("syncExplanation");
            verify(holdsFocus("syncPill"));
        }

        function test_oneSheetAtATime() {
            openUsual();
            tap("card-Lucía Vega");
            item("appointmentSummary");
            tap("syncPill");
            item("syncExplanation");
            verifyGone("appointmentSummary");
            tap("card-Lucía Vega");
            item("appointmentSummary");
            verifyGone("syncExplanation");
        }

        function test_everythingHasANameOnEveryPage() {
            openUsual();
            for (const page of ["railDevices", "railCalendar", "syncPill"]) {
                tap(page);
                compare(AccessibleTree.nameless(root), [], page);
            }
            verify(AccessibleTree.controls(root).includes("PageTab: Calendar"));
        }

        function test_everythingOfTheFirstRunHasAName() {
            open(TestDevice.Unpaired);
            compare(AccessibleTree.nameless(root), []);
        }

        function test_holdsTogetherAtTwiceTheTextSize() {
            openUsual();
            Theme.textScale = 2;
            waitForRendering(root, 100);
            for (const name of ["railDevices", "syncPill", "newAppointment"]) {
                const part = item(name);
                verify(part.mapToItem(root, part.width, 0).x <= root.width, name + " is inside");
            }
        }
    }
}
