pragma ComponentBehavior: Bound
import QtQuick
import Strop.Theme

/// How far along a flow is.
Row {
    id: line

    required property int count
    required property int current

    spacing: Theme.space8
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("Step %1 of %2").arg(current + 1).arg(count)

    Repeater {
        model: line.count

        Rectangle {
            required property int index
            width: (line.width - (line.count - 1) * line.spacing) / line.count
            height: Theme.stripe
            radius: height / 2
            color: index <= line.current ? Theme.accent : Theme.line
            Behavior on color {
                ColorAnimation {
                    duration: Theme.calm
                }
            }
        }
    }
}
