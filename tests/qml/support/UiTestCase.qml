import QtQuick
import QtTest
import Strop.Theme

/// A test over real items in a window: finds them by their objectName, wherever they stand, and uses them as people do.
TestCase {
    id: testCase

    /// Where the items under test are put.
    required property Item stage

    when: windowShown

    /// Every test begins with the same theme. Animations end at once.
    function setTheme(kiosk = false) {
        Theme.kiosk = kiosk;
        Theme.dark = false;
        Theme.textScale = 1;
        Theme.reducedMotion = true;
    }

    property var created: []

    /// A new item of the component on the stage, gone after the test: what was made last goes first.
    function create(component: Component, properties: var): var {
        const object = component.createObject(stage, properties ?? {});
        verify(object !== null, component.errorString());
        created.push(object);
        return object;
    }
    function cleanup() {
        while (created.length > 0)
            created.pop().destroy();
        wait(0); // destroyed by the event loop
    }

    function childrenOf(parent: Item): var {
        return Array.from({
            length: parent.children.length
        }, (unused, i) => parent.children[i]);
    }
    function verifyColour(actual: var, expected: var, what = "") {
        verify(Qt.colorEqual(actual, expected), what + " is " + actual + " and not " + expected);
    }

    function findFrom(parent: Item, name: string): var {
        if (!parent.visible)
            return null;
        if (parent.objectName === name)
            return parent;
        for (const child of childrenOf(parent)) {
            const found = findFrom(child, name);
            if (found)
                return found;
        }
        return null;
    }

    /// The visible item of that name; null when there is none.
    function find(name: string): var {
        return findFrom(stage.Window.contentItem, name);
    }

    /// The same, once it is there.
    function item(name: string): var {
        tryVerify(() => find(name) !== null, 5000, name + " is to be seen");
        return find(name);
    }
    function shows(name: string): bool {
        return find(name) !== null;
    }
    function verifyGone(name: string) {
        tryVerify(() => find(name) === null, 5000, name + " is gone");
    }

    function tap(name: string) {
        const target = item(name);
        tryVerify(() => target.width > 0 && target.height > 0, 5000, name + " has a size");
        waitForRendering(stage, 100);
        mouseClick(target);
    }

    /// Types into what has the focus.
    function type(text: string) {
        for (const letter of text)
            keyClick(letter);
    }

    /// Whether the focus is at the item or inside of it.
    function holdsFocus(name: string): bool {
        const wanted = find(name);
        for (let at = stage.Window.activeFocusItem; at; at = at.parent) {
            if (at === wanted)
                return true;
        }
        return false;
    }

    /// Goes on by Tab until the focus is there, as somebody without a mouse would.
    function tabTo(name: string) {
        item(name);
        for (let i = 0; i < 60 && !holdsFocus(name); ++i)
            keyClick(Qt.Key_Tab);
        verify(holdsFocus(name), name + " is reached by Tab");
    }
}
