pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Strop.Theme

/// Letters in the window, for a kiosk without a keyboard. The field keeps the focus.
ColumnLayout {
    id: keys

    signal letter(string text)
    signal erase

    property bool capitals: true
    property var rows: ["qwertyuiop", "asdfghjkl", "zxcvbnm'-"]

    // Latin letters run from left to right everywhere.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true

    spacing: Theme.space8

    Repeater {
        model: keys.rows

        RowLayout {
            id: row
            required property string modelData
            Layout.fillWidth: true
            spacing: Theme.space8

            Repeater {
                model: row.modelData.split("")

                Button {
                    required property string modelData
                    readonly property string shown: keys.capitals ? modelData.toUpperCase() : modelData
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.preferredWidth: Theme.target
                    objectName: "key-" + modelData
                    leftPadding: 0
                    rightPadding: 0
                    text: shown
                    focusPolicy: Qt.NoFocus
                    onClicked: keys.letter(shown)
                }
            }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space8

        Button {
            Layout.fillWidth: true
            Layout.fillHeight: true
            objectName: "key-space"
            text: qsTr("Space")
            focusPolicy: Qt.NoFocus
            onClicked: keys.letter(" ")
        }
        Button {
            Layout.fillHeight: true
            Layout.preferredWidth: Theme.target * 2
            objectName: "key-erase-letter"
            text: qsTr("Erase")
            focusPolicy: Qt.NoFocus
            onClicked: keys.erase()
        }
    }
}
