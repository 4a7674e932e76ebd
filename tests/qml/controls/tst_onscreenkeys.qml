pragma ComponentBehavior: Bound
import QtQuick
import QtTest
import Strop.Controls
import Strop.Test
import Strop.Theme

Item {
    id: root

    width: 1000
    height: 520

    TextField {
        id: field
        objectName: "field"
        label: "Name"
    }
    Component {
        id: boards
        OnScreenKeys {
            y: 120
            width: 980
            height: 380
        }
    }
    SignalSpy {
        id: letters
        signalName: "letter"
    }
    SignalSpy {
        id: erased
        signalName: "erase"
    }

    UiTestCase {
        name: "OnScreenKeys"
        stage: root

        property OnScreenKeys keys: null

        function init() {
            setTheme(true);
            keys = create(boards);
            for (const spy of [letters, erased]) {
                spy.target = keys;
                spy.clear();
            }
            waitForRendering(root, 100);
        }
        function typed(): string {
            return letters.signalArguments.map(one => one[0]).join("");
        }

        function test_typesEveryLetterAsItIsShown() {
            for (const letter of "abcdefghijklmnopqrstuvwxyz'-")
                tap("key-" + letter);
            compare(typed(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ'-");
        }

        function test_smallLettersAfterTheFirst() {
            keys.capitals = false;
            compare(item("key-a").text, "a");
            tap("key-a");
            tap("key-space");
            compare(typed(), "a ");
        }

        function test_erases() {
            tap("key-erase-letter");
            compare(erased.count, 1);
        }

        function test_leavesTheFocusInTheField() {
            field.input.forceActiveFocus();
            tap("key-q");
            verify(field.input.activeFocus);
        }

        function test_allKeysStandInsideAndAreNamed() {
            for (const letter of "qpalzm'-") {
                const key = item("key-" + letter);
                const right = key.mapToItem(keys, key.width, 0).x;
                verify(right <= keys.width + 1, letter + " ends at " + right);
                verify(key.height >= Theme.target);
            }
            compare(AccessibleTree.nameless(root), []);
        }

        function test_readsFromTheLeftWhenMirrored() {
            root.LayoutMirroring.enabled = true;
            root.LayoutMirroring.childrenInherit = true;
            waitForRendering(root, 100);
            const first = item("key-q").x, last = item("key-p").x;
            root.LayoutMirroring.enabled = false;
            verify(first < last);
        }
    }
}
