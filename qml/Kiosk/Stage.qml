import QtQuick
import Strop.Controls
import Strop.Kiosk.App
import Strop.Theme

/// What fills the window: pairing, the booking flow, or why neither can be shown.
FocusScope {
    id: stage

    required property KioskApp app

    function show() {
        if (app.stage === KioskApp.Unpaired || app.stage === KioskApp.Refused)
            page.setSource("qrc:/qt/qml/Strop/Kiosk/PairingPage.qml", {
                pairing: app.pairing,
                refusal: app.failure
            });
        else if (app.stage === KioskApp.Running)
            page.setSource("qrc:/qt/qml/Strop/Kiosk/FlowPages.qml", {
                flow: app.flow,
                connection: app.connection,
                idle: app.idle
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
        visible: stage.app.stage === KioskApp.Failed
        iconName: "error"
        text: stage.app.failure
    }
}
