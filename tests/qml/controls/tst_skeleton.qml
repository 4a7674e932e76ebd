pragma ComponentBehavior: Bound
import QtQuick
import Strop.Controls
import Strop.Test

Item {
    id: root

    width: 400
    height: 300

    Component {
        id: skeletons
        Skeleton {
            anchors.fill: parent
        }
    }

    UiTestCase {
        name: "Skeleton"
        stage: root

        function init() {
            setTheme();
        }

        function test_showsOnlyWhenLoadingTakesLonger() {
            const skeleton = create(skeletons, {
                loading: true
            });
            verify(!skeleton.visible, "not in the first blink");
            tryVerify(() => skeleton.visible, 2000);
            skeleton.loading = false;
            verify(!skeleton.visible);
        }

        function test_aNewLoadingWaitsAgain() {
            const skeleton = create(skeletons, {
                loading: true
            });
            tryVerify(() => skeleton.visible, 2000);
            skeleton.loading = false;
            skeleton.loading = true;
            verify(!skeleton.visible);
        }
    }
}
