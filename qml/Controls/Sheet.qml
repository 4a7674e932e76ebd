import QtQuick
import QtQuick.Layouts
import Strop.Theme

/// A sheet at the side that leaves the page usable. Esc and the cross close it.
FocusScope {
    id: sheet

    required property string title
    property bool open: false
    default property alias content: inside.data
    signal closed

    width: open ? Theme.sheetWidth : 0
    visible: width > 0
    clip: true
    Accessible.role: Accessible.Pane
    Accessible.name: title

    Keys.onEscapePressed: closed()
    onOpenChanged: {
        if (open) {
            before = Window.activeFocusItem;
            forceActiveFocus();
        } else if (activeFocus && before) {
            before.forceActiveFocus();
        }
    }

    /// What had the focus when it opened, and gets it back.
    property Item before: null

    Behavior on width {
        NumberAnimation {
            duration: Theme.calm
            easing.type: Easing.OutCubic
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface

        Rectangle {
            anchors.left: parent.left
            width: Theme.hairline
            height: parent.height
            color: Theme.line
        }
    }

    ColumnLayout {
        width: Theme.sheetWidth
        height: parent.height
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.margins: Theme.space16
            spacing: Theme.space8

            AppText {
                Layout.fillWidth: true
                text: sheet.title
                size: AppText.Size.Title
                strong: true
            }
            IconButton {
                objectName: "closeSheet"
                iconName: "close"
                text: qsTr("Close")
                onClicked: sheet.closed()
            }
        }
        Flickable {
            Layout.fillWidth: true
            Layout.fillHeight: true
            contentWidth: width
            contentHeight: inside.implicitHeight + Theme.space16
            clip: true
            boundsBehavior: Flickable.StopAtBounds

            ColumnLayout {
                id: inside
                x: Theme.space16
                width: parent.width - 2 * Theme.space16
                spacing: Theme.space16
            }
        }
    }
}
