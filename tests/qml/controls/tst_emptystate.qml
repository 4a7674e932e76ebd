pragma ComponentBehavior: Bound
import QtQuick
import QtTest
import Strop.Controls
import Strop.Test

Item {
    id: root

    width: 600
    height: 400

    Component {
        id: states
        EmptyState {
            objectName: "state"
            width: root.width
            text: "The shop is closed on this day."
        }
    }
    SignalSpy {
        id: triggered
        signalName: "actionTriggered"
    }

    UiTestCase {
        name: "EmptyState"
        stage: root

        function init() {
            setTheme();
        }
        function make(properties: var): EmptyState {
            const state = create(states, properties);
            triggered.target = state;
            triggered.clear();
            return state;
        }

        function test_saysWhatItIsAndIsReadAloud() {
            const state = make();
            compare(state.children[1].text, "The shop is closed on this day.");
            compare(AccessibleTree.nameOf(state.children[1]), "The shop is closed on this day.");
        }

        function test_withoutAnActionThereIsNothingToPress() {
            make();
            compare(AccessibleTree.controls(root), []);
        }

        function test_itsActionIsPressedByMouseAndKeyboard() {
            const state = make({
                action: "Open another day"
            });
            compare(AccessibleTree.controls(root), ["Button: Open another day"]);
            waitForRendering(root, 100);
            mouseClick(state.children[2]);
            state.children[2].forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            compare(triggered.count, 2);
        }

        function test_aLongTextWraps() {
            const state = make({
                text: "Nothing is free for this service on this day. Try another barber or another day."
            });
            state.width = 200;
            tryVerify(() => state.children[1].lineCount > 1);
            tryVerify(() => state.children[1].width <= 200);
        }
    }
}
