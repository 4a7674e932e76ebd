pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Strop.Controls
import Strop.Kiosk.Booking
import Strop.Theme

/// When: the days of the next two weeks over the free times of one.
FlowFrame {
    id: page

    question: qsTr("When suits you?")
    place: 2

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.space24

        AppText {
            objectName: "flowProblem"
            Layout.fillWidth: true
            visible: text !== ""
            text: page.flow.problem
            color: Theme.bad
        }
        ListView {
            id: days
            Layout.fillWidth: true
            implicitHeight: Theme.target
            orientation: ListView.Horizontal
            spacing: Theme.space12
            clip: true
            currentIndex: page.flow.dayIndex
            model: page.flow.days

            delegate: ChoiceTile {
                required property bookingChoice modelData
                required property int index
                objectName: "day-" + modelData.value
                height: days.height
                padding: Theme.space12
                text: modelData.text
                selected: index === page.flow.dayIndex
                onClicked: page.flow.chooseDay(index)
            }
        }
        GridView {
            id: times
            Layout.fillWidth: true
            Layout.fillHeight: true
            cellWidth: Theme.largeText ? width / 2 : width / 4
            cellHeight: Math.round(Theme.target * 1.3)
            clip: true
            focus: true
            model: page.flow.times

            delegate: Item {
                id: cell
                required property bookingChoice modelData
                required property int index
                width: times.cellWidth
                height: times.cellHeight

                ChoiceTile {
                    objectName: "time-" + cell.index
                    anchors.fill: parent
                    anchors.margins: Theme.space4
                    padding: Theme.space8
                    centred: true
                    text: cell.modelData.text
                    detail: cell.modelData.detail
                    onClicked: page.flow.chooseTime(cell.modelData.value)
                }
            }
        }
        EmptyState {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: page.flow.timeCount === 0
            text: qsTr("Nothing is free on this day. Try another one.")
        }
    }
}
