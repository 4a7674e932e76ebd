pragma ComponentBehavior: Bound
import QtQuick
import Strop.Desktop.Onboarding
import Strop.Test

/// The first run. Nobody listens at the proposed address.
Item {
    id: root

    width: 900
    height: 1000

    Component {
        id: desktops
        TestDesktop {}
    }
    Component {
        id: pages
        OnboardingPage {
            anchors.fill: parent
        }
    }

    UiTestCase {
        name: "OnboardingPage"
        stage: root

        property TestDesktop desktop: null
        property OnboardingPage page: null

        function init() {
            setTheme();
            desktop = create(desktops, {
                scene: TestDevice.Unpaired
            });
            page = create(pages, {
                onboarding: desktop.app.onboarding
            });
            page.forceActiveFocus();
            waitForRendering(root, 100);
        }
        function fillIn(fields: var) {
            for (const name in fields) {
                mouseClick(item(name).input);
                type(fields[name]);
            }
        }

        function test_beginsWithANewBusiness() {
            verify(item("tabCreate").checked);
            verify(shows("businessName"));
            verify(!shows("joinCode"));
            verify(!item("create").enabled);
        }

        function test_creatingWaitsForEverythingItNeeds() {
            fillIn({
                businessName: "Corner Cuts",
                ownerName: "Ada",
                email: "ada@corner.example",
                password: "short"
            });
            verify(!item("create").enabled);
            type(" but longer");
            verify(item("create").enabled);
        }

        function test_aServerOutOfReachIsSaidAndWhatWasTypedStays() {
            fillIn({
                businessName: "Corner Cuts",
                ownerName: "Ada",
                email: "ada@corner.example",
                password: "long enough"
            });
            tap("create");
            tryVerify(() => shows("onboardingProblem"));
            verify(item("onboardingProblem").text.includes("cannot be reached"));
            compare(item("businessName").text, "Corner Cuts");
            compare(item("password").text, "long enough");
        }

        function test_aProblemIsGoneAsSoonAsSomethingIsEdited() {
            fillIn({
                businessName: "Corner Cuts",
                ownerName: "Ada",
                email: "ada@corner.example",
                password: "long enough"
            });
            tap("create");
            tryVerify(() => shows("onboardingProblem"));
            mouseClick(item("password").input);
            type("!");
            verifyGone("onboardingProblem");
            compare(item("password").text, "long enough!");
        }

        function test_returnInThePasswordCreates() {
            fillIn({
                businessName: "Corner Cuts",
                ownerName: "Ada",
                email: "ada@corner.example",
                password: "long enough"
            });
            keyClick(Qt.Key_Return);
            tryVerify(() => shows("onboardingProblem"));
        }

        function test_joinsByACode() {
            tap("tabJoin");
            verify(!shows("businessName"));
            verify(!item("join").enabled);
            fillIn({
                joinCode: "abcd-efgh"
            });
            verify(item("join").enabled);
            tap("join");
            tryVerify(() => shows("onboardingProblem"));
            compare(desktop.app.onboarding.busy, false);
        }

        function test_logsInByTheOwnersAccount() {
            tap("tabJoin");
            verify(!item("logIn").enabled);
            fillIn({
                joinEmail: "ada@corner.example",
                joinPassword: "long enough"
            });
            verify(item("logIn").enabled);
            keyClick(Qt.Key_Return);
            tryVerify(() => shows("onboardingProblem"));
        }

        function test_theWayIsChosenByTheKeyboard() {
            tabTo("tabJoin");
            keyClick(Qt.Key_Return);
            verify(shows("joinCode"));
        }

        function test_everyFieldIsReachedByTab() {
            for (const name of ["businessName", "ownerName", "email", "password", "server"])
                tabTo(name);
        }

        function test_everythingHasAName() {
            compare(AccessibleTree.nameless(root), []);
            verify(AccessibleTree.controls(root).length >= 10);
            tap("tabJoin");
            compare(AccessibleTree.nameless(root), []);
        }
    }
}
