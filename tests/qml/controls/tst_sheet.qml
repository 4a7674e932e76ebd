pragma ComponentBehavior: Bound
import QtQuick
import QtTest
import Strop.Controls
import Strop.Test
import Strop.Theme

Item {
    id: root

    width: 800
    height: 500

    Button {
        id: outside
        objectName: "outside"
        text: "Outside"
    }
    Component {
        id: sheets
        Sheet {
            anchors.right: parent.right
            height: parent.height
            title: "Sync"

            Button {
                objectName: "inside"
                text: "Inside"
            }
        }
    }
    SignalSpy {
        id: clicked
        target: outside
        signalName: "clicked"
    }
    SignalSpy {
        id: closed
        signalName: "closed"
    }

    UiTestCase {
        name: "Sheet"
        stage: root

        property Sheet sheet: null

        function init() {
            setTheme();
            sheet = create(sheets);
            sheet.closed.connect(() => sheet.open = false);
            closed.target = sheet;
            closed.clear();
        }
        function open() {
            sheet.open = true;
            tryCompare(sheet, "width", Theme.sheetWidth);
        }

        function test_takesNoRoomWhileItIsClosed() {
            compare(sheet.width, 0);
            verify(!sheet.visible);
            verify(!shows("inside"));
        }

        function test_showsItsTitleAndContent() {
            open();
            verify(shows("inside"));
            compare(AccessibleTree.nameOf(sheet), "Sync");
            compare(AccessibleTree.roleOf(sheet), "Pane");
        }

        function test_theCrossClosesIt() {
            open();
            tap("closeSheet");
            compare(closed.count, 1);
            tryVerify(() => !sheet.visible);
        }

        function test_escapeClosesItAndTheFocusReturns() {
            tabTo("outside");
            open();
            verify(sheet.activeFocus);
            tabTo("inside");
            keyClick(Qt.Key_Escape);
            compare(closed.count, 1);
            tryVerify(() => !sheet.visible);
            verify(holdsFocus("outside"));
        }

        function test_leavesThePageUsable() {
            open();
            clicked.clear();
            tap("outside");
            compare(clicked.count, 1);
        }

        function test_widensWithTheText() {
            open();
            const width = sheet.width;
            Theme.textScale = 2;
            tryVerify(() => sheet.width > width);
        }
    }
}
