pragma ComponentBehavior: Bound
import QtQuick
import Strop.Controls
import Strop.Test
import Strop.Theme

Item {
    id: root

    width: 440
    height: 100

    Component {
        id: lines
        StepLine {
            width: 400
            count: 4
            current: 1
        }
    }

    UiTestCase {
        name: "StepLine"
        stage: root

        function init() {
            setTheme();
        }
        function stepsOf(line: StepLine): var {
            const steps = [];
            for (let i = 0; i < line.children.length; ++i) {
                if (line.children[i].width > 0)
                    steps.push(line.children[i]);
            }
            return steps;
        }

        function test_marksWhatIsBehindAndWhereItStands() {
            const line = create(lines);
            const steps = stepsOf(line);
            compare(steps.length, 4);
            compare(steps.map(step => Qt.colorEqual(step.color, Theme.accent)), [true, true, false, false]);
            line.current = 3;
            tryVerify(() => steps.every(step => Qt.colorEqual(step.color, Theme.accent)));
        }

        function test_fillsItsWidthEvenly() {
            const steps = stepsOf(create(lines));
            compare(steps[3].x + steps[3].width, 400);
            compare(steps[0].width, steps[3].width);
        }

        function test_runsFromTheRightWhenMirrored() {
            const line = create(lines);
            line.LayoutMirroring.enabled = true;
            waitForRendering(root, 100);
            const steps = stepsOf(line);
            verify(steps[0].x > steps[3].x);
        }

        function test_tellsHowFarItIs() {
            const line = create(lines);
            compare(AccessibleTree.nameOf(line), "Step 2 of 4");
            compare(AccessibleTree.roleOf(line), "ProgressBar");
        }
    }
}
