import QtQuick
import QtQuick.Layouts
import Strop.Controls
import Strop.Kiosk.Device
import Strop.Theme

/// The kiosk's first start: the server's address and the code that the desktop shows.
FocusScope {
    id: page

    required property KioskPairing pairing

    focus: true

    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.space32, Theme.formWidth)
        spacing: Theme.space24

        AppText {
            Layout.fillWidth: true
            text: qsTr("Set up this kiosk")
            size: AppText.Size.Display
            strong: true
        }
        AppText {
            Layout.fillWidth: true
            text: qsTr("On the desktop, open Devices and choose “Pair a kiosk”. Type what it shows here.")
            muted: true
        }
        TextField {
            objectName: "pairServer"
            Layout.fillWidth: true
            label: qsTr("Server")
            text: page.pairing.server
            inputMethodHints: Qt.ImhUrlCharactersOnly
            onEdited: text => page.pairing.server = text
        }
        TextField {
            objectName: "pairCode"
            Layout.fillWidth: true
            focus: true
            label: qsTr("Code")
            placeholder: qsTr("ABCD-EFGH")
            text: page.pairing.code
            maximumLength: 12
            error: page.pairing.problem
            onEdited: text => page.pairing.code = text
            onAccepted: page.pairing.pair()
        }
        Button {
            objectName: "pair"
            Layout.fillWidth: true
            kind: Button.Kind.Primary
            text: page.pairing.busy ? qsTr("Pairing…") : qsTr("Pair this kiosk")
            enabled: page.pairing.complete && !page.pairing.busy
            onClicked: page.pairing.pair()
        }
    }
}
