import QtQuick
import QtQuick.Templates as T

/// What every button here does alike: it takes the focus by Tab, and Return and a
/// screen reader press it as the space bar does.
T.Button {
    id: button

    function press() {
        if (checkable && !(autoExclusive && checked))
            toggle();
        clicked();
    }

    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: button.press()
    Keys.onReturnPressed: button.press()
    Keys.onEnterPressed: button.press()
}
