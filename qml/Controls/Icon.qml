import QtQuick
import QtQuick.Controls.impl
import Strop.Theme

/// One of our icons, in a colour.
ColorImage {
    required property string name

    source: name === "" ? "" : "qrc:/qt/qml/Strop/Controls/icons/" + name + ".svg"
    color: Theme.ink
    sourceSize.width: Theme.icon
    sourceSize.height: Theme.icon
    width: Theme.icon
    height: Theme.icon
    fillMode: Image.PreserveAspectFit
}
