pragma ComponentBehavior: Bound
import QtQuick
import Strop.Controls
import Strop.Test
import Strop.Theme

Item {
    id: root

    width: 600
    height: 400

    Component {
        id: texts
        AppText {
            text: "Good morning"
        }
    }

    UiTestCase {
        name: "AppText"
        stage: root

        function init() {
            setTheme();
        }
        function make(properties: var): AppText {
            return create(texts, properties);
        }

        function test_theSizesRise() {
            let last = 0;
            for (const size of [AppText.Size.Caption, AppText.Size.Body, AppText.Size.Large, AppText.Size.Title, AppText.Size.Display, AppText.Size.Huge]) {
                const pixels = make({
                    size: size
                }).font.pixelSize;
                verify(pixels > last, pixels + " after " + last);
                last = pixels;
            }
        }

        function test_mutedAndStrongShow() {
            compare(make().color, Theme.ink);
            compare(make({
                muted: true
            }).color, Theme.muted);
            verify(make({
                strong: true
            }).font.weight > make().font.weight);
        }

        function test_growsWithTheTextScaleAtOnce() {
            const text = make();
            const before = text.font.pixelSize;
            Theme.textScale = 2;
            compare(text.font.pixelSize, 2 * before);
        }

        function test_followsTheSchemeAtOnce() {
            const text = make();
            verifyColour(text.color, "#1E1B18");
            Theme.dark = true;
            verifyColour(text.color, "#F3EEE8");
        }

        function test_whatACustomerTypedIsNoMarkup() {
            const plain = make({
                text: "<b>Bold</b>"
            });
            compare(plain.textFormat, Text.PlainText);
        }

        function test_isReadAloud() {
            const text = make();
            compare(AccessibleTree.nameOf(text), "Good morning");
            compare(AccessibleTree.roleOf(text), "StaticText");
        }
    }
}
