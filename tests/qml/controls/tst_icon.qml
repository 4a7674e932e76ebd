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
        id: icons
        Icon {}
    }

    UiTestCase {
        name: "Icon"
        stage: root

        function init() {
            setTheme();
        }

        function test_isOneOfOurs_data() {
            const names = ["back", "calendar", "check", "chevron-down", "chevron-left", "chevron-right", "close", "error", "kiosk", "offline", "plus", "scissors", "sync", "trash", "warning"];
            return Array.from(names, name => ({
                        tag: name
                    }));
        }
        function test_isOneOfOurs(row) {
            const icon = create(icons, {
                name: row.tag
            });
            tryVerify(() => icon.status === Image.Ready, 5000, row.tag);
            compare(icon.width, Theme.icon);
        }

        function test_withoutANameThereIsNothing() {
            const icon = create(icons, {
                name: ""
            });
            compare(icon.status, Image.Null);
        }
    }
}
