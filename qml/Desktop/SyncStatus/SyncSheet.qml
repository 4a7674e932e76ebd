pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Strop.Client.SyncStatus
import Strop.Controls
import Strop.Theme

/// The writes that wait, and those that the server refused, with what to do.
Sheet {
    id: sheet

    required property SyncStatusViewModel syncStatus

    title: qsTr("Sync")

    AppText {
        objectName: "syncExplanation"
        Layout.fillWidth: true
        text: sheet.syncStatus.explanation
        muted: true
    }
    Button {
        objectName: "syncNow"
        text: qsTr("Try now")
        iconName: "sync"
        visible: sheet.syncStatus.tone === SyncStatusViewModel.Warning
        onClicked: sheet.syncStatus.connectNow()
    }
    Repeater {
        model: sheet.syncStatus.writes

        ColumnLayout {
            id: write
            required property pendingWrite modelData
            Layout.fillWidth: true
            spacing: Theme.space4

            Rectangle {
                Layout.fillWidth: true
                implicitHeight: Theme.hairline
                color: Theme.line
            }
            RowLayout {
                Layout.fillWidth: true

                AppText {
                    Layout.fillWidth: true
                    text: write.modelData.what
                    strong: true
                }
                AppText {
                    text: write.modelData.when
                    muted: true
                }
            }
            AppText {
                Layout.fillWidth: true
                visible: text !== ""
                text: write.modelData.detail
            }
            AppText {
                Layout.fillWidth: true
                visible: write.modelData.problem !== ""
                text: write.modelData.problem
                color: Theme.bad
            }
            Button {
                objectName: "dealtWith"
                visible: write.modelData.problem !== ""
                text: qsTr("I have dealt with it")
                onClicked: sheet.syncStatus.dismiss(write.modelData.id)
            }
        }
    }
}
