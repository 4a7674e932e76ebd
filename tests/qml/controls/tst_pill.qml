pragma ComponentBehavior: Bound
import QtQuick
import Strop.Controls
import Strop.Test
import Strop.Theme

Item {
    id: root

    width: 600
    height: 200

    Component {
        id: pills
        Pill {
            text: "Up to date"
        }
    }

    UiTestCase {
        name: "Pill"
        stage: root

        function init() {
            setTheme();
        }

        function test_wearsItsToneOnBorderIconAndText() {
            const pill = create(pills, {
                tone: Theme.warn,
                iconName: "offline"
            });
            compare(pill.background.border.color, Theme.warn);
            for (const part of childrenOf(pill.contentItem))
                compare(part.color, Theme.warn);
            compare(pill.contentItem.children[0].name, "offline");
        }

        function test_isAsWideAsItsText() {
            const pill = create(pills);
            const before = pill.implicitWidth;
            pill.text = "Offline since 14:05, all changes kept";
            tryVerify(() => pill.implicitWidth > before);
            verify(pill.implicitContentWidth <= pill.availableWidth);
        }
    }
}
