import QtQuick
import Strop.Test
import Strop.Theme

/// Every screen of the flow for everybody: names, sizes, large text, from right to left.
Item {
    id: root

    width: 1080
    height: 1080

    KioskTestCase {
        name: "FlowAccess"
        stage: root

        function test_everythingOnEveryScreenHasAName() {
            const verifyNamed = (screen, fewest) => {
                compare(AccessibleTree.nameless(stage), [], screen);
                verify(AccessibleTree.controls(stage).length >= fewest, screen);
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
            verify(AccessibleTree.controls(stage).includes("Button: I'm still here"));
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
            waitForRendering(stage, 100);
            for (const name of ["back", "startOver", "confirm", "nameInput"]) {
                const part = item(name);
                const end = part.mapToItem(stage, part.width, part.height);
                verify(end.x <= stage.width && end.y <= stage.height, name + " ends at " + end);
            }
        }

        function test_mirroredTheWayBackStandsAtTheRight() {
            stage.LayoutMirroring.enabled = true;
            stage.LayoutMirroring.childrenInherit = true;
            openService();
            waitForRendering(stage, 100);
            const back = item("back").mapToItem(stage, 0, 0).x, over = item("startOver").mapToItem(stage, 0, 0).x;
            stage.LayoutMirroring.enabled = false;
            verify(back > over);
        }
    }
}
