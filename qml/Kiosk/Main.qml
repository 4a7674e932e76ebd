import QtQuick
import QtQuick.Controls.Basic as Basic
import Strop.Kiosk.App
import Strop.Theme

/// The kiosk's window.
Basic.ApplicationWindow {
    id: window

    required property KioskApp app
    property bool dark: false
    property bool mirrored: false
    property real textScale: 1
    property bool reducedMotion: false

    LayoutMirroring.enabled: mirrored
    LayoutMirroring.childrenInherit: true
    Component.onCompleted: {
        Theme.kiosk = true;
        Theme.dark = dark;
        Theme.textScale = textScale;
        Theme.reducedMotion = reducedMotion;
    }

    width: 1080
    height: 1080
    minimumWidth: 720
    minimumHeight: 720
    visible: true
    title: qsTr("Strop Kiosk")
    color: Theme.paper

    Stage {
        anchors.fill: parent
        focus: true
        app: window.app
    }
}
