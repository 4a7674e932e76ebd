import QtQuick
import QtQuick.Controls.Basic as Basic
import Strop.Client.App
import Strop.Theme

/// The desktop's window: the first run, then the shell.
Basic.ApplicationWindow {
    id: window

    required property DesktopApp app
    property bool dark: false
    property bool mirrored: false
    property real textScale: 1
    property bool reducedMotion: false

    LayoutMirroring.enabled: mirrored
    LayoutMirroring.childrenInherit: true
    Component.onCompleted: {
        Theme.dark = dark;
        Theme.textScale = textScale;
        Theme.reducedMotion = reducedMotion;
    }

    width: 1280
    height: 800
    minimumWidth: 720
    minimumHeight: 480
    visible: true
    title: app.calendar && app.calendar.shopName !== "" ? qsTr("%1 – Strop").arg(app.calendar.shopName) : qsTr("Strop")
    color: Theme.paper

    Stage {
        anchors.fill: parent
        focus: true
        app: window.app
    }
}
