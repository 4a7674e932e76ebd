import QtQuick
import Strop.Client.Calendar
import Strop.Theme

/// Where a minute and a column of the day stand on the page, and back. From right to left the hours stand at the right edge
/// and the first barber beside them.
QtObject {
    required property CalendarViewModel calendar
    required property real columnWidth
    required property bool mirrored

    readonly property real fullWidth: Theme.gutter + columnWidth * Math.max(1, calendar.columnCount)

    /// The left edge of the columns.
    readonly property real columnsX: mirrored ? 0 : Theme.gutter

    function xOf(column: int): real {
        return mirrored ? fullWidth - Theme.gutter - (column + 1) * columnWidth : Theme.gutter + column * columnWidth;
    }
    function yOf(minute: int): real {
        return Theme.space8 + minute * Theme.minute;
    }
    function columnAt(x: real): int {
        const along = mirrored ? fullWidth - Theme.gutter - x : x - Theme.gutter;
        return Math.max(0, Math.min(calendar.columnCount - 1, Math.floor(along / columnWidth)));
    }
    function minuteAt(y: real): int {
        return Math.round((y - Theme.space8) / Theme.minute);
    }
}
