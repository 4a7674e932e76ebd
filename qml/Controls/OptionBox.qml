pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Strop.Theme

/// A labelled choice among a few or many: a combo box. The model's rows have `text` and `detail`, or are plain texts.
ColumnLayout {
    id: option

    required property string label
    property alias model: box.model
    property alias currentIndex: box.currentIndex
    property alias box: box
    signal activated(int index)

    /// What a row of the model reads.
    function rowText(row: var): string {
        return typeof row === "string" ? row : (row && row.text !== undefined ? row.text : "");
    }
    function rowDetail(row: var): string {
        return row && typeof row !== "string" && row.detail !== undefined ? row.detail : "";
    }

    spacing: Theme.space4

    AppText {
        text: option.label
        size: AppText.Size.Caption
        muted: true
        Accessible.ignored: true
    }

    T.ComboBox {
        id: box

        Layout.fillWidth: true
        implicitHeight: Theme.target
        leftPadding: Theme.space12
        rightPadding: Theme.space12
        focusPolicy: Qt.StrongFocus
        textRole: ""
        Accessible.role: Accessible.ComboBox
        Accessible.name: option.label
        Accessible.description: option.rowText(currentRow)
        onActivated: index => option.activated(index)

        // Return opens it as the space bar does. The box itself closes at the key's release, so it opens there too.
        property bool opening: false
        Keys.onReturnPressed: opening = !popup.visible
        Keys.onReleased: event => {
            if (event.key !== Qt.Key_Return || !opening)
                return;
            opening = false;
            popup.open();
            event.accepted = true;
        }

        readonly property var currentRow: currentIndex >= 0 && currentIndex < count ? rowAt(currentIndex) : ""

        contentItem: AppText {
            text: option.rowText(box.currentRow)
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            verticalAlignment: Text.AlignVCenter
            Accessible.ignored: true
        }

        /// A row whether the model is a list of texts or an item model with the role modelData.
        function rowAt(index: int): var {
            if (Array.isArray(model) || model.data === undefined)
                return model[index];
            return model.data(model.index(index, 0), Qt.UserRole);
        }

        Connections {
            target: box.model && box.model.data !== undefined ? box.model : null
            ignoreUnknownSignals: true
            function onDataChanged() {
                box.currentIndexChanged();
            }
        }

        indicator: Icon {
            x: box.width - width - Theme.space12
            anchors.verticalCenter: parent.verticalCenter
            name: "chevron-down"
            color: Theme.muted
        }
        background: Rectangle {
            radius: Theme.radius
            color: Theme.surface
            border.width: Theme.hairline
            border.color: Theme.line

            FocusRing {
                control: box
            }
        }
        delegate: T.ItemDelegate {
            id: line
            required property var modelData
            required property int index
            width: ListView.view ? ListView.view.width : 0
            implicitHeight: Theme.target
            leftPadding: Theme.space12
            rightPadding: Theme.space12
            highlighted: box.highlightedIndex === index
            text: option.rowText(modelData)
            Accessible.name: text
            background: Rectangle {
                color: line.highlighted ? Theme.raised : Theme.surface
            }
            contentItem: RowLayout {
                AppText {
                    Layout.fillWidth: true
                    text: line.text
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }
                AppText {
                    text: option.rowDetail(line.modelData)
                    muted: true
                    wrapMode: Text.NoWrap
                }
            }
        }
        popup: T.Popup {
            y: box.height + Theme.space4
            width: box.width
            height: Math.min(contentItem.implicitHeight + 2 * Theme.hairline, Theme.target * 7)
            padding: Theme.hairline
            contentItem: ListView {
                implicitHeight: contentHeight
                clip: true
                model: box.popup.visible ? box.delegateModel : null
                currentIndex: box.highlightedIndex
            }
            background: Rectangle {
                radius: Theme.radius
                color: Theme.surface
                border.width: Theme.hairline
                border.color: Theme.line
            }
        }
    }
}
