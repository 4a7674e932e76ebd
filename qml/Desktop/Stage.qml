import QtQuick
import Strop.Client.App
import Strop.Controls
import Strop.Theme

/// What fills the window: the first run, the shell, or why neither can be shown.
FocusScope {
    id: stage

    required property DesktopApp app

    function show() {
        if (app.stage === DesktopApp.FirstRun)
            page.setSource("qrc:/qt/qml/Strop/Desktop/Onboarding/OnboardingPage.qml", {
                onboarding: app.onboarding
            });
        else if (app.stage === DesktopApp.Running)
            page.setSource("qrc:/qt/qml/Strop/Desktop/Shell.qml", {
                app: app
            });
        else
            page.sourceComponent = null;
    }

    Component.onCompleted: show()
    Connections {
        target: stage.app
        function onStageChanged() {
            stage.show();
        }
    }

    Loader {
        id: page
        anchors.fill: parent
        focus: true
    }
    EmptyState {
        objectName: "failure"
        anchors.centerIn: parent
        width: Math.min(parent.width, Theme.formWidth)
        visible: stage.app.stage === DesktopApp.Failed
        iconName: "error"
        text: stage.app.failure
    }
}
