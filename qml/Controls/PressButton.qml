import QtQuick
import QtQuick.Templates as T

/// What every button here does alike: it takes the focus by Tab, and Return presses it as the space bar does.
T.Button {
    id: button

    function press() {
        if (checkable)
            toggle();
        clicked();
    }

    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: button.press()
    Keys.onEnterPressed: button.press()
}
