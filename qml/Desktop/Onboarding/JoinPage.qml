import QtQuick
import QtQuick.Layouts
import Strop.Client.Onboarding
import Strop.Controls
import Strop.Theme

/// Joining by the owner's account, or by a code from another device.
ColumnLayout {
    id: form

    required property OnboardingViewModel onboarding

    spacing: Theme.space16

    TextField {
        objectName: "joinServer"
        Layout.fillWidth: true
        label: qsTr("Server")
        text: form.onboarding.server
        inputMethodHints: Qt.ImhUrlCharactersOnly
        onEdited: text => form.onboarding.server = text
    }
    TextField {
        objectName: "joinEmail"
        Layout.fillWidth: true
        label: qsTr("E-mail of the owner")
        text: form.onboarding.email
        inputMethodHints: Qt.ImhEmailCharactersOnly
        onEdited: text => form.onboarding.email = text
    }
    TextField {
        objectName: "joinPassword"
        Layout.fillWidth: true
        label: qsTr("Password")
        text: form.onboarding.password
        echoMode: TextInput.Password
        onEdited: text => form.onboarding.password = text
        onAccepted: form.onboarding.logIn()
    }
    Button {
        objectName: "logIn"
        Layout.fillWidth: true
        kind: Button.Kind.Primary
        text: qsTr("Log in")
        enabled: !form.onboarding.busy && form.onboarding.missingToLogIn === ""
        onClicked: form.onboarding.logIn()
    }
    AppText {
        Layout.fillWidth: true
        text: qsTr("or with a code")
        muted: true
        horizontalAlignment: Text.AlignHCenter
    }
    TextField {
        objectName: "joinCode"
        Layout.fillWidth: true
        label: qsTr("Pairing code")
        placeholder: qsTr("ABCD-EFGH")
        text: form.onboarding.code
        maximumLength: 12
        onEdited: text => form.onboarding.code = text
        onAccepted: form.onboarding.join()
    }
    Button {
        objectName: "join"
        Layout.fillWidth: true
        text: qsTr("Join with the code")
        enabled: !form.onboarding.busy && form.onboarding.missingToJoin === ""
        onClicked: form.onboarding.join()
    }
}
