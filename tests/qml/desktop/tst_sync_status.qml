pragma ComponentBehavior: Bound
import QtQuick
import Strop.Client.SyncStatus
import Strop.Desktop.SyncStatus
import Strop.Test
import Strop.Theme

/// The sync pill and the list behind it, offline and with a write that the server refused.
Item {
    id: root

    width: 900
    height: 700

    Component {
        id: desktops
        TestDesktop {}
    }
    Component {
        id: pills
        SyncPill {
            objectName: "pill"
        }
    }
    Component {
        id: sheets
        SyncSheet {
            open: true
            height: root.height
            anchors.right: root.right
        }
    }

    UiTestCase {
        name: "SyncStatus"
        stage: root

        property TestDesktop desktop: null
        property SyncPill pill: null
        readonly property SyncStatusViewModel model: desktop ? desktop.app.syncStatus : null

        function open(scene: int) {
            setTheme();
            desktop = create(desktops, {
                scene: scene
            });
            pill = create(pills, {
                syncStatus: model
            });
            create(sheets, {
                syncStatus: model
            });
            item("syncExplanation");
        }
        /// Every text in sight.
        function texts(at: var): var {
            if (!at.visible)
                return [];
            const own = at.text !== undefined && at.text !== "" ? [at.text] : [];
            return childrenOf(at).reduce((all, child) => all.concat(texts(child)), own);
        }

        function test_offlineItIsAWarningThatNothingIsLost() {
            open(TestDevice.Usual);
            verify(pill.text.startsWith("Offline since "), pill.text);
            verify(pill.text.endsWith(", all changes kept"));
            compare(pill.tone, Theme.warn);
            compare(pill.iconName, "offline");
            verify(item("syncExplanation").text.includes("Go on working"));
            compare(AccessibleTree.nameOf(pill), pill.text);
        }

        function test_tryNowIsOfferedOffline() {
            open(TestDevice.Usual);
            tap("syncNow");
            tabTo("syncNow");
            keyClick(Qt.Key_Return);
            verify(pill.text.startsWith("Offline since "));
        }

        function test_aRefusedWriteNeedsThePerson() {
            open(TestDevice.Refused);
            tryCompare(pill, "text", "Needs you: 1 conflict");
            compare(pill.tone, Theme.bad);
            compare(pill.iconName, "warning");
        }

        function test_listsWhatWaitsAndWhatWasRefusedWithWhatToDo() {
            open(TestDevice.Refused);
            tryVerify(() => model.writeCount === 2);
            const shown = texts(root);
            compare(shown.filter(text => text === "Book an appointment").length, 2);
            verify(shown.includes("Ana is busy then. Choose another time."));
            compare(AccessibleTree.controls(root).filter(one => one === "Button: I have dealt with it").length, 1);
        }

        function test_dealingWithARefusalTakesItOffTheList() {
            open(TestDevice.Refused);
            tryVerify(() => model.writeCount === 2);
            tap("dealtWith");
            tryVerify(() => model.writeCount === 1);
            verifyGone("dealtWith");
            verify(pill.text.startsWith("Offline since "));
        }

        function test_everythingHasAName() {
            open(TestDevice.Refused);
            tryVerify(() => model.writeCount === 2);
            compare(AccessibleTree.nameless(root), []);
        }
    }
}
