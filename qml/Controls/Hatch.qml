import QtQuick
import QtQuick.Controls.impl
import Strop.Theme

/// Time that cannot be booked: slanted lines on a darker ground.
Rectangle {
    color: Theme.raised

    ColorImage {
        anchors.fill: parent
        source: "qrc:/qt/qml/Strop/Controls/icons/hatch.svg"
        color: Theme.line
        fillMode: Image.Tile
        horizontalAlignment: Image.AlignLeft
        verticalAlignment: Image.AlignTop
    }
}
