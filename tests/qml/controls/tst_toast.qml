pragma ComponentBehavior: Bound
import QtQuick
import QtTest
import Strop.Controls
import Strop.Test
import Strop.Theme

Item {
    id: root

    width: 700
    height: 200

    Component {
        id: toasts
        Toast {
            objectName: "toast"
        }
    }
    SignalSpy {
        id: undone
        signalName: "undone"
    }

    UiTestCase {
        name: "Toast"
        stage: root

        property Toast toast: null

        function init() {
            setTheme();
            toast = create(toasts);
            undone.target = toast;
            undone.clear();
        }

        function test_isNotThereUntilThereIsSomethingToSay() {
            verify(!toast.visible);
        }

        function test_saysWhatHappenedAndIsReadAloud() {
            toast.show("Lucía cancelled", false);
            verify(toast.visible);
            compare(item("toastText").text, "Lucía cancelled");
            compare(AccessibleTree.nameOf(toast), "Lucía cancelled");
            compare(AccessibleTree.roleOf(toast), "AlertMessage");
            verify(!shows("undo"));
        }

        function test_undoTakesItBackAndIsGone() {
            toast.show("Lucía cancelled", true);
            tap("undo");
            compare(undone.count, 1);
            verify(!toast.visible);
        }

        function test_undoIsReachedByTheKeyboard() {
            toast.show("Lucía cancelled", true);
            tabTo("undo");
            keyClick(Qt.Key_Space);
            compare(undone.count, 1);
        }

        function test_theNextWordReplacesTheLast() {
            toast.show("Lucía cancelled", true);
            toast.show("Undone", false);
            compare(item("toastText").text, "Undone");
            verify(!shows("undo"));
        }

        function test_holdsItsTextAtTwiceTheSize() {
            Theme.textScale = 2;
            toast.show("Lucía Vega moved", true);
            waitForRendering(root, 100);
            const text = item("toastText"), undo = item("undo");
            verify(text.mapToItem(toast, 0, 0).x >= 0);
            verify(undo.mapToItem(toast, undo.width, 0).x <= toast.width);
            verify(undo.height <= toast.height);
        }
    }
}
