pragma ComponentBehavior: Bound
import QtQuick
import Strop.Controls
import Strop.Test
import Strop.Theme

Item {
    id: root

    width: 200
    height: 200

    Component {
        id: hatches
        Hatch {
            anchors.fill: parent
        }
    }

    UiTestCase {
        name: "Hatch"
        stage: root

        function init() {
            setTheme();
        }

        function test_isDarkerThanThePageWithItsLinesDrawn() {
            const hatch = create(hatches);
            compare(hatch.color, Theme.raised);
            const lines = hatch.children[0];
            tryVerify(() => lines.status === Image.Ready);
            compare(lines.width, 200);
        }
    }
}
