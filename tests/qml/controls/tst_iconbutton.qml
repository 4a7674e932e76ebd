pragma ComponentBehavior: Bound
import QtQuick
import Strop.Controls
import Strop.Test
import Strop.Theme

Item {
    id: root

    width: 300
    height: 200

    Component {
        id: buttons
        IconButton {
            text: "Close"
            iconName: "close"
        }
    }

    UiTestCase {
        name: "IconButton"
        stage: root

        function init() {
            setTheme();
        }

        function test_isASquareWithItsIconInTheMiddle() {
            const button = create(buttons);
            compare(button.implicitWidth, button.implicitHeight);
            const icon = button.contentItem.children[0];
            compare(icon.name, "close");
            tryVerify(() => icon.status === Image.Ready);
            fuzzyCompare(icon.mapToItem(button, icon.width / 2, 0).x, button.width / 2, 1);
        }

        function test_liftsWhileItIsPressed() {
            const button = create(buttons);
            verifyColour(button.background.color, Theme.clear);
            mousePress(button);
            verifyColour(button.background.color, Theme.raised);
            mouseRelease(button);
        }
    }
}
