pragma ComponentBehavior: Bound
import QtQuick
import QtTest
import Strop.Controls
import Strop.Test
import Strop.Theme

/// What all that can be pressed does alike, whatever it looks like.
Item {
    id: root

    width: 640
    height: 480

    Component {
        id: button
        Button {
            objectName: "control"
            text: "Book"
            iconName: "plus"
        }
    }
    Component {
        id: iconButton
        IconButton {
            objectName: "control"
            text: "Book"
            iconName: "plus"
        }
    }
    Component {
        id: pill
        Pill {
            objectName: "control"
            text: "Book"
        }
    }
    Component {
        id: railButton
        RailButton {
            objectName: "control"
            text: "Book"
            iconName: "calendar"
        }
    }
    Component {
        id: choiceTile
        ChoiceTile {
            objectName: "control"
            text: "Book"
        }
    }
    SignalSpy {
        id: clicked
        signalName: "clicked"
    }

    UiTestCase {
        name: "PressButton"
        stage: root

        function everyControl(): var {
            return [
                {
                    tag: "Button",
                    component: button
                },
                {
                    tag: "IconButton",
                    component: iconButton
                },
                {
                    tag: "Pill",
                    component: pill
                },
                {
                    tag: "RailButton",
                    component: railButton
                },
                {
                    tag: "ChoiceTile",
                    component: choiceTile
                }
            ];
        }
        function make(row: var, properties: var): var {
            setTheme();
            const control = create(row.component, properties);
            clicked.target = control;
            clicked.clear();
            return control;
        }
        function ringOf(control: var): var {
            return childrenOf(control.background).filter(child => child.control === control)[0];
        }

        function test_isPressedByTheMouse_data() {
            return everyControl();
        }
        function test_isPressedByTheMouse(row) {
            const control = make(row);
            mouseClick(control);
            compare(clicked.count, 1);
        }

        function test_isPressedByTouch_data() {
            return everyControl();
        }
        function test_isPressedByTouch(row) {
            const control = make(row);
            const touch = touchEvent(control);
            touch.press(0, control).commit();
            touch.release(0, control).commit();
            compare(clicked.count, 1);
        }

        function test_isPressedByTheKeyboard_data() {
            return everyControl();
        }
        function test_isPressedByTheKeyboard(row) {
            const control = make(row);
            tabTo("control");
            for (const key of [Qt.Key_Space, Qt.Key_Return, Qt.Key_Enter])
                keyClick(key);
            compare(clicked.count, 3);
        }

        function test_showsWhereTheKeyboardIs_data() {
            return everyControl();
        }
        function test_showsWhereTheKeyboardIs(row) {
            const control = make(row);
            const ring = ringOf(control);
            mouseClick(control);
            verify(!ring.visible, "the mouse needs no ring");
            control.focus = false;
            tabTo("control");
            verify(ring.visible);
            verifyColour(ring.border.color, Theme.accent);
        }

        function test_isDeadWhileDisabled_data() {
            return everyControl();
        }
        function test_isDeadWhileDisabled(row) {
            const control = make(row, {
                enabled: false
            });
            mouseClick(control);
            control.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            keyClick(Qt.Key_Return);
            compare(clicked.count, 0);
        }

        function test_hasANameARoleAndAPressAction_data() {
            return everyControl();
        }
        function test_hasANameARoleAndAPressAction(row) {
            const control = make(row);
            compare(AccessibleTree.nameOf(control), "Book");
            compare(AccessibleTree.roleOf(control), row.tag === "RailButton" ? "PageTab" : "Button");
            verify(AccessibleTree.press(control));
            compare(clicked.count, 1);
        }

        function test_isLargeEnoughToHit_data() {
            return everyControl();
        }
        function test_isLargeEnoughToHit(row) {
            const control = make(row);
            for (const kiosk of row.tag === "RailButton" ? [false] : [false, true]) {
                Theme.kiosk = kiosk;
                tryVerify(() => control.implicitHeight >= Theme.target, 1000, "height " + control.implicitHeight);
                tryVerify(() => control.implicitWidth >= Theme.target, 1000, "width " + control.implicitWidth);
            }
        }

        function test_growsWithTheText_data() {
            return everyControl();
        }
        function test_growsWithTheText(row) {
            const control = make(row);
            const width = control.implicitWidth, height = control.implicitHeight;
            Theme.textScale = 2;
            tryVerify(() => control.implicitHeight > height);
            verify(control.implicitWidth >= width);
            tryVerify(() => control.implicitContentHeight <= control.availableHeight, 1000, "nothing is cut off");
        }

        function test_standsMirrored_data() {
            return everyControl();
        }
        function test_standsMirrored(row) {
            const control = make(row);
            control.LayoutMirroring.enabled = true;
            control.LayoutMirroring.childrenInherit = true;
            waitForRendering(root, 100);
            verify(control.mirrored);
            mouseClick(control);
            compare(clicked.count, 1);
        }
    }
}
