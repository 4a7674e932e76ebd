import QtQuick
import QtQuick.Layouts
import Strop.Controls
import Strop.Kiosk.Device
import Strop.Theme

/// The kiosk's first start, and the next one after the server has refused it: the server's address and the code that the
/// desktop shows. The keys are in the window; a keyboard works too.
FocusScope {
    id: page

    required property KioskPairing pairing

    /// Why it has to be paired again; empty on the first start.
    property string refusal: ""

    readonly property bool addressNext: address.input.activeFocus

    focus: true

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.space32
        spacing: Theme.space16

        AppText {
            Layout.fillWidth: true
            text: page.refusal === "" ? qsTr("Set up this kiosk") : qsTr("Please ask at the desk")
            size: AppText.Size.Title
            strong: true
        }
        AppText {
            objectName: "refusal"
            Layout.fillWidth: true
            visible: text !== ""
            text: page.refusal
            color: Theme.warn
        }
        AppText {
            Layout.fillWidth: true
            visible: !Theme.largeText
            text: qsTr("On the desktop, open Devices and choose “Pair a kiosk”. Type what it shows here.")
            muted: true
        }
        TextField {
            id: address
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
        OnScreenKeys {
            Layout.fillWidth: true
            Layout.fillHeight: true
            rows: ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm.:/-"]
            capitals: !page.addressNext
            onLetter: text => {
                if (page.addressNext)
                    page.pairing.server += text;
                else
                    page.pairing.code += text;
            }
            onErase: {
                if (page.addressNext)
                    page.pairing.server = page.pairing.server.slice(0, -1);
                else
                    page.pairing.code = page.pairing.code.slice(0, -1);
            }
        }
    }
}
