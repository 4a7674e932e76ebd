pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Strop.Theme

/// The digits of a phone, large.
GridLayout {
    id: pad

    signal digit(string text)
    signal erase

    // A telephone's keys stand the same way everywhere.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    columns: 3
    rowSpacing: Theme.space8
    columnSpacing: Theme.space8

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "0"]

        Button {
            required property string modelData
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: Theme.target
            objectName: "key-" + modelData
            text: modelData
            focusPolicy: Qt.NoFocus
            onClicked: pad.digit(modelData)
        }
    }
    Button {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: Theme.target
        objectName: "key-erase"
        text: qsTr("Erase")
        focusPolicy: Qt.NoFocus
        onClicked: pad.erase()
    }
}
