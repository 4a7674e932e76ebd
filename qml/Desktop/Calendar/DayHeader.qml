pragma ComponentBehavior: Bound
import QtQuick
import Strop.Client.Calendar
import Strop.Controls
import Strop.Theme

/// The barbers' names over their columns.
Item {
    id: header

    required property CalendarViewModel calendar
    required property DayScale dayScale
    required property real scrolled

    implicitHeight: names.childrenRect.height + Theme.space8
    clip: true

    Item {
        id: names
        x: -header.scrolled

        Repeater {
            model: header.calendar.columns

            Column {
                id: name
                required property calendarColumn modelData
                required property int index
                x: header.dayScale.xOf(index)
                width: header.dayScale.columnWidth
                leftPadding: Theme.space12
                spacing: Theme.space4

                AppText {
                    width: parent.width - Theme.space16
                    text: name.modelData.name
                    strong: true
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }
                AppText {
                    width: parent.width - Theme.space16
                    text: name.modelData.summary
                    size: AppText.Size.Caption
                    muted: true
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }
                Rectangle {
                    width: parent.width - Theme.space16
                    height: Theme.stripe
                    radius: height / 2
                    color: Theme.staffStripe(name.modelData.hue)
                }
            }
        }
    }

    // Over the hours there is no name.
    Rectangle {
        x: header.dayScale.mirrored ? parent.width - width : 0
        width: Theme.gutter
        height: parent.height
        color: Theme.paper
    }
}
