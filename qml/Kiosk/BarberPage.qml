pragma ComponentBehavior: Bound
import QtQuick
import Strop.Controls
import Strop.Kiosk.Booking
import Strop.Theme

/// With whom: each barber with the next free time.
FlowFrame {
    id: page

    question: qsTr("Who should do it?")
    place: 1

    ListView {
        id: list
        anchors.fill: parent
        clip: true
        focus: true
        spacing: Theme.space12
        model: page.flow.barbers

        delegate: ChoiceTile {
            required property bookingChoice modelData
            objectName: modelData.value === "" ? "firstFree" : "barber-" + modelData.text
            width: list.width
            text: modelData.text
            detail: modelData.detail
            hue: modelData.hue
            onClicked: page.flow.chooseBarber(modelData.value)
        }
    }
}
