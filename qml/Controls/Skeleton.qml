pragma ComponentBehavior: Bound
import QtQuick
import Strop.Theme

/// Grey stripes where content will be, shown only when it takes longer than a blink.
Item {
    id: skeleton

    property bool loading: false

    visible: loading && shown
    property bool shown: false
    onLoadingChanged: {
        if (!loading)
            shown = false;
    }

    Timer {
        running: skeleton.loading && !skeleton.shown
        interval: Theme.skeletonDelay
        onTriggered: skeleton.shown = true
    }
    Column {
        anchors.fill: parent
        anchors.margins: Theme.space24
        spacing: Theme.space16

        Repeater {
            model: 6

            Rectangle {
                required property int index
                width: parent.width * (index % 2 ? 0.6 : 0.9)
                height: Theme.target / 2
                radius: Theme.radius
                color: Theme.raised
            }
        }
    }
}
