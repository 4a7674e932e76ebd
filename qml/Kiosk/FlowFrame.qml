import QtQuick
import QtQuick.Layouts
import Strop.Controls
import Strop.Kiosk.Booking
import Strop.Theme

/// What every question of the flow has around it: how far it is, the way back and the way out.
FocusScope {
    id: frame

    required property BookingFlow flow
    required property string question
    required property int place
    default property alias content: inside.data

    Keys.onEscapePressed: flow.back()

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.space32
        anchors.bottomMargin: Theme.space48
        spacing: Theme.space24

        StepLine {
            Layout.fillWidth: true
            count: 4
            current: frame.place
        }
        AppText {
            Layout.fillWidth: true
            text: frame.question
            size: AppText.Size.Title
            strong: true
        }
        Item {
            id: inside
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space16

            Button {
                objectName: "back"
                iconName: "back"
                directional: true
                text: qsTr("Back")
                onClicked: frame.flow.back()
            }
            Item {
                Layout.fillWidth: true
            }
            Button {
                objectName: "startOver"
                kind: Button.Kind.Quiet
                text: qsTr("Start over")
                onClicked: frame.flow.startOver()
            }
        }
    }
}
