pragma ComponentBehavior: Bound
import QtQuick
import Strop.Controls
import Strop.Test
import Strop.Theme

/// How a button looks. What it does stands in tst_pressbutton.
Item {
    id: root

    width: 640
    height: 480

    Component {
        id: buttons
        Button {
            text: "Book"
        }
    }

    UiTestCase {
        name: "Button"
        stage: root

        function init() {
            setTheme();
        }
        function make(properties: var): var {
            return create(buttons, properties);
        }

        function test_eachKindHasItsColours_data() {
            return [
                {
                    tag: "plain",
                    kind: Button.Kind.Plain,
                    ground: Theme.surface,
                    ink: Theme.ink,
                    border: 1
                },
                {
                    tag: "primary",
                    kind: Button.Kind.Primary,
                    ground: Theme.accent,
                    ink: Theme.accentInk,
                    border: 0
                },
                {
                    tag: "danger",
                    kind: Button.Kind.Danger,
                    ground: Theme.surface,
                    ink: Theme.bad,
                    border: 1
                },
                {
                    tag: "quiet",
                    kind: Button.Kind.Quiet,
                    ground: Theme.clear,
                    ink: Theme.ink,
                    border: 0
                }
            ];
        }
        function test_eachKindHasItsColours(row) {
            const button = make({
                kind: row.kind
            });
            compare(button.background.color, row.ground);
            compare(button.ink, row.ink);
            compare(button.background.border.width, row.border);
        }

        function test_looksDifferentAndStaysReadableWhenItIsDisabled() {
            const button = make({
                kind: Button.Kind.Primary
            });
            button.enabled = false;
            verifyColour(button.background.color, Theme.raised);
            verifyColour(button.ink, Theme.muted);
            compare(button.opacity, 1);
        }

        function test_widensWithItsTextAndIcon() {
            const narrow = make();
            const wide = make({
                text: "Book an appointment"
            });
            const withIcon = make({
                iconName: "plus"
            });
            verify(wide.implicitWidth > narrow.implicitWidth);
            verify(withIcon.implicitWidth > narrow.implicitWidth);
        }

        function test_keepsItsTextInsideWhenThereIsLittleRoom() {
            const button = make({
                text: "A text that is much too long for it",
                width: 100
            });
            waitForRendering(root, 100);
            verify(button.contentItem.width <= 100);
            for (const part of childrenOf(button.contentItem))
                verify(part.x + part.width <= button.contentItem.width + 1);
        }

        function test_aCheckableOneIsCheckedByReturnToo() {
            const button = make({
                checkable: true
            });
            button.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            verify(button.checked);
        }
    }
}
