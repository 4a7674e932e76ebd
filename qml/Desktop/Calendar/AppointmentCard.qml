import QtQuick
import Strop.Client.Calendar
import Strop.Controls
import Strop.Theme

/// One appointment in the grid. Drag it, or press M and move it with the arrow keys; Enter puts it down, Esc takes it back.
Rectangle {
    id: card

    required property DayScale dayScale
    required property calendarCard modelData

    readonly property real homeX: dayScale.xOf(modelData.column) + Theme.space4
    readonly property real homeY: dayScale.yOf(modelData.startMinute)
    readonly property bool finished: modelData.status === "done"

    /// Room for one line only.
    readonly property bool low: height < 2.4 * Theme.fontBody
    property bool carried: false
    property int toColumn: 0
    property int toMinute: 0
    readonly property bool moving: carried || drag.active
    readonly property string reason: moving ? dayScale.calendar.whyNot(modelData.id, toColumn, toMinute) : ""

    function carry(columns: int, minutes: int) {
        toColumn = Math.max(0, Math.min(dayScale.calendar.columnCount - 1, toColumn + columns));
        toMinute = Math.max(0, Math.min(dayScale.calendar.totalMinutes - modelData.minutes, toMinute + minutes));
    }
    function putDown() {
        carried = false;
        dayScale.calendar.move(modelData.id, toColumn, toMinute);
    }

    /// Where it would go if it were let go of now. The handler tells of a translation before it has moved the card.
    function aim() {
        if (!drag.active)
            return;
        toColumn = dayScale.columnAt(x + width / 2);
        toMinute = dayScale.calendar.snapped(dayScale.minuteAt(y));
    }
    onXChanged: aim()
    onYChanged: aim()

    objectName: "card-" + modelData.customer
    x: carried ? dayScale.xOf(toColumn) + Theme.space4 : homeX
    y: carried ? dayScale.yOf(toMinute) : homeY
    z: moving ? 2 : activeFocus ? 1 : 0
    width: dayScale.columnWidth - 2 * Theme.space4
    height: Math.max(modelData.minutes * Theme.minute - Theme.hairline, Theme.fontBody + Theme.space4)
    radius: Theme.radius
    color: Theme.staffHue(modelData.hue)
    opacity: modelData.faint ? 0.45 : 1
    border.width: moving || activeFocus ? Theme.focusWidth : 0
    border.color: reason !== "" ? Theme.bad : Theme.accent
    clip: true
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("%1, %2, %3, %4").arg(modelData.time).arg(modelData.customer).arg(modelData.service).arg(modelData.statusText)
    Accessible.onPressAction: dayScale.calendar.open(modelData.id)

    Keys.onPressed: event => {
        const step = Math.max(1, dayScale.calendar.gridMinutes);
        if (event.key === Qt.Key_M && !carried) {
            toColumn = modelData.column;
            toMinute = modelData.startMinute;
            carried = true;
        } else if (carried && event.key === Qt.Key_Up) {
            carry(0, -step);
        } else if (carried && event.key === Qt.Key_Down) {
            carry(0, step);
        } else if (carried && event.key === Qt.Key_Left) {
            carry(dayScale.mirrored ? 1 : -1, 0);
        } else if (carried && event.key === Qt.Key_Right) {
            carry(dayScale.mirrored ? -1 : 1, 0);
        } else if (carried && event.key === Qt.Key_Escape) {
            carried = false;
        } else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_Space) {
            if (carried)
                putDown();
            else
                dayScale.calendar.open(modelData.id);
        } else if (event.key === Qt.Key_Delete) {
            dayScale.calendar.cancel(modelData.id);
        } else {
            return;
        }
        event.accepted = true;
    }

    TapHandler {
        onTapped: {
            card.forceActiveFocus();
            card.dayScale.calendar.open(card.modelData.id);
        }
    }
    DragHandler {
        id: drag
        dragThreshold: Theme.space8
        onActiveChanged: {
            if (active)
                return;
            const column = card.toColumn, minute = card.toMinute;
            card.x = Qt.binding(() => card.carried ? card.dayScale.xOf(card.toColumn) + Theme.space4 : card.homeX);
            card.y = Qt.binding(() => card.carried ? card.dayScale.yOf(card.toMinute) : card.homeY);
            card.dayScale.calendar.move(card.modelData.id, column, minute);
        }
    }

    Rectangle {
        anchors.left: parent.left
        width: Theme.stripe
        height: parent.height
        color: Theme.staffStripe(card.modelData.hue)
    }
    Column {
        anchors.fill: parent
        anchors.leftMargin: Theme.space12
        anchors.rightMargin: Theme.space8
        anchors.topMargin: card.height > 2 * Theme.fontBody + Theme.space8 ? Theme.space4 : Theme.hairline

        AppText {
            objectName: "cardTitle"
            width: parent.width - (card.finished ? Theme.space16 : 0)
            text: card.moving ? (card.reason !== "" ? card.reason : card.dayScale.calendar.timeAt(card.toMinute)) : card.low ? qsTr("%1 · %2").arg(card.modelData.customer).arg(card.modelData.service) : card.modelData.customer
            strong: true
            font.strikeout: card.modelData.faint
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignLeft
            Accessible.ignored: true
        }
        AppText {
            width: parent.width
            visible: !card.low
            text: qsTr("%1 · %2").arg(card.modelData.time).arg(card.modelData.service)
            size: AppText.Size.Caption
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignLeft
            Accessible.ignored: true
        }
        AppText {
            width: parent.width
            visible: card.height > 4 * Theme.fontBody
            text: qsTr("%1 · %2").arg(card.modelData.statusText).arg(card.modelData.price)
            size: AppText.Size.Caption
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignLeft
            Accessible.ignored: true
        }
    }
    Icon {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.space4
        visible: card.finished
        name: "check"
        color: Theme.good
        width: Theme.space16
        height: Theme.space16
    }
}
