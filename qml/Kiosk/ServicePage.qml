pragma ComponentBehavior: Bound
import QtQuick
import Strop.Controls
import Strop.Kiosk.Booking
import Strop.Theme

/// What is to be done.
FlowFrame {
    id: page

    question: qsTr("What would you like?")
    place: 0

    GridView {
        id: grid
        anchors.fill: parent
        cellWidth: Theme.largeText ? width : width / 2
        cellHeight: Math.round(Theme.target * 1.6)
        clip: true
        focus: true
        model: page.flow.services

        delegate: Item {
            id: cell
            required property bookingChoice modelData
            width: grid.cellWidth
            height: grid.cellHeight

            ChoiceTile {
                objectName: "service-" + cell.modelData.text
                anchors.fill: parent
                anchors.margins: Theme.space8
                text: cell.modelData.text
                detail: cell.modelData.detail
                extra: cell.modelData.extra
                onClicked: page.flow.chooseService(cell.modelData.value)
            }
        }
    }
}
