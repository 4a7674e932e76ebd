import QtQuick
import QtQuick.Layouts
import Strop.Controls
import Strop.Kiosk.Booking
import Strop.Theme

/// It is booked, and safe on this device.
FocusScope {
    id: page

    required property BookingFlow flow
    property bool online: true

    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.space32, Theme.formWidth)
        spacing: Theme.space32

        Icon {
            Layout.alignment: Qt.AlignHCenter
            name: "check"
            color: Theme.good
            sourceSize.width: Theme.space48 * 2
            sourceSize.height: Theme.space48 * 2
            Layout.preferredWidth: Theme.space48 * 2
            Layout.preferredHeight: Theme.space48 * 2
        }
        AppText {
            objectName: "booked"
            Layout.fillWidth: true
            text: qsTr("You are booked, %1").arg(page.flow.name)
            size: AppText.Size.Display
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }
        AppText {
            objectName: "bookedSummary"
            Layout.fillWidth: true
            text: page.flow.summary
            size: AppText.Size.Large
            horizontalAlignment: Text.AlignHCenter
        }
        AppText {
            Layout.fillWidth: true
            visible: !page.online
            text: qsTr("The shop's network is down at the moment. If anything about this booking has to change, we will call you.")
            muted: true
            horizontalAlignment: Text.AlignHCenter
        }
        Button {
            objectName: "finish"
            Layout.fillWidth: true
            focus: true
            kind: Button.Kind.Primary
            text: qsTr("Done")
            onClicked: page.flow.startOver()
        }
    }
}
