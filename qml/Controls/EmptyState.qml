import QtQuick
import QtQuick.Layouts
import Strop.Theme

/// What stands where there is nothing to show, or where something went wrong: what it is and what to do.
ColumnLayout {
    id: state

    required property string text
    property string iconName: "calendar"
    property string action: ""
    signal actionTriggered

    spacing: Theme.space16

    Icon {
        Layout.alignment: Qt.AlignHCenter
        name: state.iconName
        color: Theme.muted
        sourceSize.width: Theme.space48
        sourceSize.height: Theme.space48
        Layout.preferredWidth: Theme.space48
        Layout.preferredHeight: Theme.space48
    }
    AppText {
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.formWidth
        Layout.alignment: Qt.AlignHCenter
        text: state.text
        size: AppText.Size.Large
        muted: true
        horizontalAlignment: Text.AlignHCenter
    }
    Button {
        Layout.alignment: Qt.AlignHCenter
        visible: state.action !== ""
        text: state.action
        onClicked: state.actionTriggered()
    }
}
