pragma ComponentBehavior: Bound
import QtQuick
import QtTest
import Strop.Controls
import Strop.Test
import Strop.Theme

Item {
    id: root

    width: 400
    height: 300

    Component {
        id: fields
        TextField {
            objectName: "phone"
            width: 300
            label: "Phone"
        }
    }
    SignalSpy {
        id: edited
        signalName: "edited"
    }
    SignalSpy {
        id: accepted
        signalName: "accepted"
    }

    UiTestCase {
        name: "TextField"
        stage: root

        function init() {
            setTheme();
        }
        function make(properties: var): TextField {
            const field = create(fields, properties);
            for (const spy of [edited, accepted]) {
                spy.target = field;
                spy.clear();
            }
            return field;
        }

        function test_tellsWhatIsTypedLetterByLetter() {
            const field = make();
            mouseClick(field.input);
            type("600");
            compare(field.text, "600");
            compare(edited.count, 3);
            compare(edited.signalArguments[2][0], "600");
        }

        function test_whatTheProgramWritesIsNotAnEdit() {
            const field = make();
            field.text = "600";
            compare(edited.count, 0);
        }

        function test_returnAccepts() {
            make();
            tabTo("phoneInput");
            keyClick(Qt.Key_Return);
            compare(accepted.count, 1);
        }

        function test_showsItsErrorAndReadsItAloud() {
            const field = make();
            const label = field.children[0], input = field.input, error = field.children[2];
            verify(!error.visible);
            field.error = "That phone number is not complete.";
            verify(error.visible);
            compare(error.text, field.error);
            compare(error.color, Theme.bad);
            compare(input.background.border.color, Theme.bad);
            compare(AccessibleTree.descriptionOf(input), field.error);
            compare(label.text, "Phone");
        }

        function test_isNamedByItsLabel() {
            const field = make();
            compare(AccessibleTree.nameOf(field.input), "Phone");
            compare(AccessibleTree.roleOf(field.input), "EditableText");
            compare(AccessibleTree.controls(root), ["EditableText: Phone"]);
        }

        function test_showsWhereTheKeyboardIs() {
            const field = make();
            compare(field.input.background.border.color, Theme.line);
            tabTo("phoneInput");
            compare(field.input.background.border.color, Theme.accent);
            compare(field.input.background.border.width, Theme.focusWidth);
        }

        function test_thePlaceholderGivesWayToWhatIsTyped() {
            const field = make({
                placeholder: "ABCD-EFGH"
            });
            const hint = childrenOf(field.input).filter(child => child.text === "ABCD-EFGH")[0];
            verify(hint.visible);
            tabTo("phoneInput");
            type("a");
            verify(!hint.visible);
        }

        function test_theFocusOfTheFieldIsThatOfItsLine() {
            const field = make({
                focus: true
            });
            verify(field.input.activeFocus);
            type("6");
            compare(field.text, "6");
        }

        function test_keepsToItsLength() {
            const field = make({
                maximumLength: 3
            });
            tabTo("phoneInput");
            type("12345");
            compare(field.text, "123");
        }

        function test_aPasswordIsNotShown() {
            const field = make({
                echoMode: TextInput.Password
            });
            tabTo("phoneInput");
            type("secret");
            compare(field.text, "secret");
            verify(field.input.displayText !== "secret");
        }

        function test_isDeadWhileDisabled() {
            const field = make({
                enabled: false
            });
            mouseClick(field.input);
            type("600");
            compare(field.text, "");
        }

        function test_growsWithTheText() {
            const field = make();
            const height = field.implicitHeight;
            Theme.textScale = 2;
            tryVerify(() => field.implicitHeight > height);
            verify(field.input.contentHeight <= field.input.height, "the letters fit");
        }

        function test_startsAtTheRightWhenMirrored() {
            const field = make();
            field.LayoutMirroring.enabled = true;
            field.LayoutMirroring.childrenInherit = true;
            waitForRendering(root, 100);
            const label = field.children[0];
            fuzzyCompare(label.x + label.width, field.width, 1);
        }
    }
}
