pragma ComponentBehavior: Bound
import QtQuick
import Strop.Controls
import Strop.Test
import Strop.Theme

Item {
    id: root

    width: 300
    height: 400

    Component {
        id: rails
        Column {
            readonly property alias first: firstEntry
            readonly property alias second: secondEntry

            RailButton {
                id: firstEntry
                text: "Calendar"
                iconName: "calendar"
                checked: true
            }
            RailButton {
                id: secondEntry
                text: "Devices"
                iconName: "kiosk"
            }
        }
    }

    UiTestCase {
        name: "RailButton"
        stage: root

        function init() {
            setTheme();
        }

        function test_oneOfTheRailIsChosen() {
            const rail = create(rails);
            mouseClick(rail.second);
            verify(rail.second.checked);
            verify(!rail.first.checked);
            mouseClick(rail.second);
            verify(rail.second.checked, "a second press does not leave none");
        }

        function test_theKeyboardChoosesToo() {
            const rail = create(rails);
            rail.second.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            verify(rail.second.checked);
            keyClick(Qt.Key_Return);
            verify(rail.second.checked);
            verify(!rail.first.checked);
        }

        function test_theChosenOneIsMarked() {
            const rail = create(rails);
            compare(rail.first.contentItem.children[1].color, Theme.accent);
            compare(rail.second.contentItem.children[1].color, Theme.ink);
            compare(rail.first.background.color, Theme.raised);
        }
    }
}
