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
        id: tiles
        ChoiceTile {
            width: 300
            text: "Haircut"
        }
    }

    UiTestCase {
        name: "ChoiceTile"
        stage: root

        function init() {
            setTheme();
        }
        function make(properties: var): var {
            return create(tiles, properties);
        }

        function test_isReadAloudWithAllItSays() {
            const tile = make({
                detail: "30 min",
                extra: "€24.00"
            });
            compare(AccessibleTree.nameOf(tile), "Haircut, 30 min, €24.00");
            compare(AccessibleTree.nameOf(make()), "Haircut");
        }

        function test_theChosenOneIsInTheAccent() {
            const tile = make({
                selected: true,
                detail: "30 min"
            });
            compare(tile.background.color, Theme.accent);
            compare(make().background.color, Theme.surface);
        }

        function test_aBarbersTileWearsTheBarbersStripe() {
            const stripeOf = tile => tile.background.children[0];
            const barber = make({
                hue: 3
            });
            verify(stripeOf(barber).visible);
            verifyColour(stripeOf(barber).color, Theme.staffStripe(3));
            verify(!stripeOf(make()).visible);
        }

        function test_aLongTextMakesItTallerAndNotWider() {
            const tile = make({
                text: "A haircut with everything that anybody could think of and a little more"
            });
            waitForRendering(root, 100);
            tryVerify(() => tile.implicitHeight > make().implicitHeight);
            verify(tile.contentItem.width <= tile.width);
        }
    }
}
