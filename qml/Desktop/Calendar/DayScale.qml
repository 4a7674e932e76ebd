import QtQuick
import Strop.Client.Calendar
import Strop.Theme

/// Where a minute and a column of the day stand on the page, and back.
QtObject {
    required property CalendarViewModel calendar
    required property real columnWidth

    function xOf(column: int): real {
        return Theme.gutter + column * columnWidth;
    }
    function yOf(minute: int): real {
        return Theme.space8 + minute * Theme.minute;
    }
    function columnAt(x: real): int {
        return Math.max(0, Math.min(calendar.columnCount - 1, Math.floor((x - Theme.gutter) / columnWidth)));
    }
    function minuteAt(y: real): int {
        return Math.round((y - Theme.space8) / Theme.minute);
    }
}
