pragma ComponentBehavior: Bound
import QtQuick
import Strop.Client.Calendar
import Strop.Controls
import Strop.Theme

/// The lines, the closed hours, the cards and the now line of one day.
Flickable {
    id: grid

    required property CalendarViewModel calendar

    readonly property real columnWidth: Math.max(Theme.columnMin, (width - Theme.gutter) / Math.max(1, calendar.columnCount))

    function showNow() {
        if (calendar.nowMinute >= 0)
            contentY = Math.max(0, Math.min(contentHeight - height, dayScale.yOf(calendar.nowMinute) - height / 3));
    }
    function showFirstColumn() {
        contentX = mirrored ? Math.max(0, contentWidth - width) : 0;
    }

    readonly property bool mirrored: LayoutMirroring.enabled

    contentWidth: dayScale.fullWidth
    contentHeight: calendar.totalMinutes * Theme.minute + 2 * Theme.space8
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    visible: !calendar.loading

    readonly property DayScale dayScale: DayScale {
        calendar: grid.calendar
        columnWidth: grid.columnWidth
        mirrored: grid.mirrored
    }

    Connections {
        target: grid.calendar
        function onDateChanged() {
            grid.showNow();
        }
    }
    Component.onCompleted: showNow()
    onContentHeightChanged: showNow()
    onContentWidthChanged: showFirstColumn()
    onMirroredChanged: showFirstColumn()

    TapHandler {
        onDoubleTapped: point => grid.calendar.book(grid.dayScale.columnAt(point.position.x), grid.dayScale.minuteAt(point.position.y))
    }

    Repeater {
        model: grid.calendar.closures

        Hatch {
            required property calendarClosure modelData
            x: grid.dayScale.xOf(modelData.column)
            y: grid.dayScale.yOf(modelData.startMinute)
            width: grid.columnWidth
            height: modelData.minutes * Theme.minute
        }
    }
    Repeater {
        model: grid.calendar.lines

        Rectangle {
            required property calendarLine modelData
            x: grid.dayScale.columnsX
            y: grid.dayScale.yOf(modelData.minute)
            width: grid.contentWidth - Theme.gutter
            height: Theme.hairline
            color: Theme.line
            opacity: modelData.label === "" ? 0.5 : 1
        }
    }
    Repeater {
        model: grid.calendar.columns

        Rectangle {
            required property int index
            x: grid.dayScale.xOf(index)
            width: Theme.hairline
            height: grid.contentHeight
            color: Theme.line
        }
    }
    Repeater {
        model: grid.calendar.cards

        AppointmentCard {
            dayScale: grid.dayScale
        }
    }
    Item {
        visible: grid.calendar.nowMinute >= 0
        z: 1
        y: grid.dayScale.yOf(grid.calendar.nowMinute)
        x: grid.dayScale.columnsX
        width: grid.contentWidth - Theme.gutter

        Rectangle {
            width: parent.width
            height: Theme.focusWidth
            color: Theme.accent
        }
    }
    HourGutter {
        z: 2
        x: grid.contentX + (grid.mirrored ? grid.width - width : 0)
        height: grid.contentHeight
        dayScale: grid.dayScale
        mirrored: grid.mirrored
    }
}
