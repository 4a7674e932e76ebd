import QtQuick
import QtQuick.Layouts
import Strop.Controls
import Strop.Kiosk.Booking
import Strop.Theme

/// What a customer sees from across the room.
FocusScope {
    id: page

    required property BookingFlow flow

    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.space32, Theme.formWidth)
        spacing: Theme.space32

        Icon {
            Layout.alignment: Qt.AlignHCenter
            name: "scissors"
            color: Theme.accent
            sourceSize.width: Theme.space48 * 2
            sourceSize.height: Theme.space48 * 2
            Layout.preferredWidth: Theme.space48 * 2
            Layout.preferredHeight: Theme.space48 * 2
        }
        AppText {
            objectName: "kioskShop"
            Layout.fillWidth: true
            text: page.flow.shopName
            size: AppText.Size.Huge
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }
        AppText {
            objectName: "nextFree"
            Layout.fillWidth: true
            text: page.flow.nextFree
            size: AppText.Size.Large
            muted: true
            horizontalAlignment: Text.AlignHCenter
        }
        Button {
            objectName: "begin"
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.target * 1.4
            focus: true
            kind: Button.Kind.Primary
            text: page.flow.ready ? qsTr("Book a visit") : qsTr("One moment…")
            enabled: page.flow.ready
            onClicked: page.flow.begin()
        }
    }
}
