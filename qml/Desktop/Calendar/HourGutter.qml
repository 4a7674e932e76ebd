pragma ComponentBehavior: Bound
import QtQuick
import Strop.Client.Calendar
import Strop.Controls
import Strop.Theme

/// The hours beside the columns, in sight however far the columns are scrolled, and where among them now is.
Rectangle {
    id: gutter

    required property DayScale dayScale
    required property bool mirrored

    width: Theme.gutter
    color: Theme.paper

    Repeater {
        model: gutter.dayScale.calendar.lines

        AppText {
            required property calendarLine modelData
            x: gutter.mirrored ? Theme.space8 : 0
            y: gutter.dayScale.yOf(modelData.minute) - height / 2
            width: Theme.gutter - Theme.space8
            text: modelData.label
            size: AppText.Size.Caption
            muted: true
            horizontalAlignment: Text.AlignRight
        }
    }
    Rectangle {
        visible: gutter.dayScale.calendar.nowMinute >= 0
        x: (gutter.mirrored ? 0 : gutter.width) - width / 2
        y: gutter.dayScale.yOf(gutter.dayScale.calendar.nowMinute) - height / 2
        width: Theme.space8
        height: Theme.space8
        radius: width / 2
        color: Theme.accent
    }
}
