import QtQuick
import QtQuick.Layouts
import Strop.Client.Onboarding
import Strop.Controls
import Strop.Theme

/// The first run: a new business, or this device joins one.
FocusScope {
    id: page

    required property OnboardingViewModel onboarding

    focus: true

    Flickable {
        anchors.fill: parent
        contentHeight: Math.max(height, column.implicitHeight + 2 * Theme.space48)
        boundsBehavior: Flickable.StopAtBounds

        ColumnLayout {
            id: column
            anchors.centerIn: parent
            width: Math.min(page.width - 2 * Theme.space24, Theme.formWidth)
            spacing: Theme.space24

            RowLayout {
                spacing: Theme.space12

                Icon {
                    name: "scissors"
                    color: Theme.accent
                    sourceSize.width: Theme.space32
                    sourceSize.height: Theme.space32
                    Layout.preferredWidth: Theme.space32
                    Layout.preferredHeight: Theme.space32
                }
                AppText {
                    text: qsTr("Strop")
                    size: AppText.Size.Display
                    strong: true
                }
            }
            AppText {
                Layout.fillWidth: true
                text: qsTr("Runs your barbershop, online or not.")
                size: AppText.Size.Large
                muted: true
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space8

                Button {
                    id: createTab
                    objectName: "tabCreate"
                    Layout.fillWidth: true
                    focus: true
                    checkable: true
                    checked: true
                    autoExclusive: true
                    kind: checked ? Button.Kind.Primary : Button.Kind.Plain
                    text: qsTr("New business")
                }
                Button {
                    objectName: "tabJoin"
                    Layout.fillWidth: true
                    checkable: true
                    autoExclusive: true
                    kind: checked ? Button.Kind.Primary : Button.Kind.Plain
                    text: qsTr("Join one")
                }
            }
            CreatePage {
                Layout.fillWidth: true
                visible: createTab.checked
                onboarding: page.onboarding
            }
            JoinPage {
                Layout.fillWidth: true
                visible: !createTab.checked
                onboarding: page.onboarding
            }
            AppText {
                objectName: "onboardingProblem"
                Layout.fillWidth: true
                visible: text !== ""
                text: page.onboarding.problem
                color: Theme.bad
            }
        }
    }
}
