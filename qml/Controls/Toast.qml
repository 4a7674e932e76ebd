import QtQuick
import QtQuick.Layouts
import Strop.Theme

/// Says what just happened, for a few seconds, with the way back.
Rectangle {
    id: toast

    property string text: ""
    property bool undoable: false
    signal undone

    function show(message: string, canUndo: bool) {
        text = message;
        undoable = canUndo;
        hide.restart();
    }

    visible: text !== ""
    width: row.implicitWidth + 2 * Theme.space16
    height: Math.max(Theme.target + Theme.space8, row.implicitHeight + Theme.space16)
    radius: Theme.radiusLarge
    color: Theme.ink
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Timer {
        id: hide
        interval: Theme.toastTime
        onTriggered: toast.text = ""
    }
    RowLayout {
        id: row
        anchors.centerIn: parent
        spacing: Theme.space16

        AppText {
            objectName: "toastText"
            text: toast.text
            color: Theme.paper
            wrapMode: Text.NoWrap
        }
        Button {
            objectName: "undo"
            visible: toast.undoable
            text: qsTr("Undo")
            onClicked: {
                toast.text = "";
                toast.undone();
            }
        }
    }
}
