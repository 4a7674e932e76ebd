import QtQuick
import QtQuick.Layouts
import Strop.Client.Onboarding
import Strop.Controls
import Strop.Theme

/// What a new owner tells of the shop.
ColumnLayout {
    id: form

    required property OnboardingViewModel onboarding

    spacing: Theme.space16

    TextField {
        objectName: "businessName"
        Layout.fillWidth: true
        label: qsTr("Name of the shop")
        text: form.onboarding.businessName
        onEdited: text => form.onboarding.businessName = text
    }
    TextField {
        objectName: "ownerName"
        Layout.fillWidth: true
        label: qsTr("Your name")
        text: form.onboarding.ownerName
        onEdited: text => form.onboarding.ownerName = text
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space16

        OptionBox {
            Layout.fillWidth: true
            Layout.preferredWidth: Theme.formWidth
            label: qsTr("Time zone")
            model: form.onboarding.zones
            currentIndex: form.onboarding.zoneIndex
            onActivated: index => form.onboarding.zoneIndex = index
        }
        OptionBox {
            Layout.fillWidth: true
            Layout.preferredWidth: Theme.formWidth / 2
            label: qsTr("Currency")
            model: form.onboarding.currencies
            currentIndex: form.onboarding.currencyIndex
            onActivated: index => form.onboarding.currencyIndex = index
        }
    }
    TextField {
        objectName: "email"
        Layout.fillWidth: true
        label: qsTr("E-mail")
        text: form.onboarding.email
        inputMethodHints: Qt.ImhEmailCharactersOnly
        onEdited: text => form.onboarding.email = text
    }
    TextField {
        objectName: "password"
        Layout.fillWidth: true
        label: qsTr("Password, at least %1 characters").arg(form.onboarding.minPasswordLength)
        text: form.onboarding.password
        echoMode: TextInput.Password
        onEdited: text => form.onboarding.password = text
        onAccepted: form.onboarding.create()
    }
    TextField {
        objectName: "server"
        Layout.fillWidth: true
        label: qsTr("Server")
        text: form.onboarding.server
        inputMethodHints: Qt.ImhUrlCharactersOnly
        onEdited: text => form.onboarding.server = text
    }
    Button {
        objectName: "create"
        Layout.fillWidth: true
        kind: Button.Kind.Primary
        text: form.onboarding.busy ? qsTr("Creating…") : qsTr("Create the business")
        enabled: !form.onboarding.busy && form.onboarding.missingToCreate === ""
        onClicked: form.onboarding.create()
    }
    AppText {
        Layout.fillWidth: true
        text: form.onboarding.missingToCreate
        muted: true
        size: AppText.Size.Caption
    }
}
