pragma ComponentBehavior: Bound
import QtQuick
import QtTest
import Strop.Controls
import Strop.Test
import Strop.Theme

/// Over a list of texts. Over an item model it is tested in the appointment's sheet.
Item {
    id: root

    width: 400
    height: 500

    Component {
        id: boxes
        OptionBox {
            objectName: "barber"
            width: 300
            label: "Barber"
            model: ["Any barber", "Ana", "Bruno"]
        }
    }
    SignalSpy {
        id: activated
        signalName: "activated"
    }

    UiTestCase {
        name: "OptionBox"
        stage: root

        property var option: null

        function init() {
            setTheme();
            option = create(boxes);
            activated.target = option;
            activated.clear();
            waitForRendering(root, 100);
        }
        function open() {
            mouseClick(option.box);
            tryVerify(() => option.box.popup.opened);
        }
        function lineOf(index: int): var {
            tryVerify(() => option.box.popup.contentItem.itemAtIndex(index) !== null);
            return option.box.popup.contentItem.itemAtIndex(index);
        }

        function test_showsWhatIsChosen() {
            compare(option.box.contentItem.text, "Any barber");
            option.currentIndex = 2;
            compare(option.box.contentItem.text, "Bruno");
        }

        function test_choosesByTheMouse() {
            open();
            mouseClick(lineOf(1));
            compare(activated.count, 1);
            compare(activated.signalArguments[0][0], 1);
            compare(option.box.contentItem.text, "Ana");
            tryVerify(() => !option.box.popup.visible);
        }

        function test_choosesByTheKeyboard() {
            tabTo("barber");
            keyClick(Qt.Key_Return);
            tryVerify(() => option.box.popup.opened);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            tryVerify(() => !option.box.popup.visible);
            compare(option.currentIndex, 2);
            compare(activated.count, 1);
        }

        function test_spaceOpensAndChoosesToo() {
            tabTo("barber");
            keyClick(Qt.Key_Space);
            tryVerify(() => option.box.popup.opened);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Space);
            tryVerify(() => !option.box.popup.visible);
            compare(option.currentIndex, 1);
        }

        function test_escapeLeavesItAsItWas() {
            tabTo("barber");
            keyClick(Qt.Key_Return);
            tryVerify(() => option.box.popup.opened);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !option.box.popup.visible);
            compare(option.currentIndex, 0);
            compare(activated.count, 0);
        }

        function test_isNamedByItsLabelAndReadsWhatIsChosen() {
            compare(AccessibleTree.nameOf(option.box), "Barber");
            compare(AccessibleTree.roleOf(option.box), "ComboBox");
            compare(AccessibleTree.descriptionOf(option.box), "Any barber");
        }

        function test_itsLinesAreNamed() {
            open();
            lineOf(2);
            compare(AccessibleTree.nameOf(lineOf(0)), "Any barber");
            compare(AccessibleTree.nameOf(lineOf(2)), "Bruno");
        }

        function test_showsWhereTheKeyboardIs() {
            const ring = option.box.background.children[0];
            verify(!ring.visible);
            tabTo("barber");
            verify(ring.visible);
        }

        function test_isDeadWhileDisabled() {
            option.enabled = false;
            mouseClick(option.box);
            verify(!option.box.popup.visible);
        }

        function test_growsWithTheText() {
            const height = option.implicitHeight;
            Theme.textScale = 2;
            tryVerify(() => option.implicitHeight > height);
            verify(option.box.contentItem.implicitHeight <= option.box.height);
        }

        function test_anEmptyModelShowsNothing() {
            option.model = [];
            compare(option.box.contentItem.text, "");
        }
    }
}
