import QtQuick
import Strop.Controls
import Strop.Kiosk.Booking
import Strop.Kiosk.Device
import Strop.Theme

/// The booking flow: one question a screen.
FocusScope {
    id: pages

    required property BookingFlow flow
    required property ConnectionStatus connection
    required property IdleGuard idle

    focus: true

    AttractPage {
        anchors.fill: parent
        visible: pages.flow.step === BookingFlow.Attract
        focus: visible
        flow: pages.flow
    }
    ServicePage {
        anchors.fill: parent
        visible: pages.flow.step === BookingFlow.Service
        focus: visible
        flow: pages.flow
    }
    BarberPage {
        anchors.fill: parent
        visible: pages.flow.step === BookingFlow.Barber
        focus: visible
        flow: pages.flow
    }
    TimePage {
        anchors.fill: parent
        visible: pages.flow.step === BookingFlow.Time
        focus: visible
        flow: pages.flow
    }
    DetailsPage {
        anchors.fill: parent
        visible: pages.flow.step === BookingFlow.Details
        focus: visible
        flow: pages.flow
    }
    DonePage {
        anchors.fill: parent
        visible: pages.flow.step === BookingFlow.Done
        focus: visible
        flow: pages.flow
        online: pages.connection.online
    }
    AppText {
        objectName: "connectionLine"
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.space8
        visible: !pages.connection.online
        text: qsTr("Offline. You can book all the same.")
        size: AppText.Size.Caption
        muted: true
        horizontalAlignment: Text.AlignHCenter
    }
    IdleWarning {
        anchors.fill: parent
        visible: pages.idle.warning
        idle: pages.idle
    }
}
