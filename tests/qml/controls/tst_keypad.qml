pragma ComponentBehavior: Bound
import QtQuick
import QtTest
import Strop.Controls
import Strop.Test
import Strop.Theme

Item {
    id: root

    width: 600
    height: 500

    TextField {
        id: field
        objectName: "field"
        label: "Phone"
    }
    Component {
        id: pads
        Keypad {
            y: 100
            width: 400
            height: 380
        }
    }
    SignalSpy {
        id: digits
        signalName: "digit"
    }
    SignalSpy {
        id: erased
        signalName: "erase"
    }

    UiTestCase {
        name: "Keypad"
        stage: root

        property Keypad pad: null

        function init() {
            setTheme(true);
            pad = create(pads);
            for (const spy of [digits, erased]) {
                spy.target = pad;
                spy.clear();
            }
            waitForRendering(root, 100);
        }

        function test_typesEveryDigitAndThePlus() {
            for (const digit of "+0123456789")
                tap("key-" + digit);
            compare(digits.signalArguments.map(one => one[0]).join(""), "+0123456789");
        }

        function test_erases() {
            tap("key-erase");
            compare(erased.count, 1);
        }

        function test_leavesTheFocusInTheField() {
            field.input.forceActiveFocus();
            tap("key-5");
            verify(field.input.activeFocus);
        }

        function test_standsTheSameWayWhenMirrored() {
            root.LayoutMirroring.enabled = true;
            root.LayoutMirroring.childrenInherit = true;
            waitForRendering(root, 100);
            const left = item("key-1").x, right = item("key-3").x;
            root.LayoutMirroring.enabled = false;
            verify(left < right);
        }

        function test_itsKeysAreLargeEnoughAndNamed() {
            for (const digit of "0123456789")
                verify(item("key-" + digit).height >= Theme.target);
            compare(AccessibleTree.nameless(root), []);
            verify(AccessibleTree.controls(root).includes("Button: 7"));
        }
    }
}
