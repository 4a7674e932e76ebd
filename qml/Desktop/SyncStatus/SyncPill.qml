import Strop.Client.SyncStatus
import Strop.Controls
import Strop.Theme

/// Whether everything is on the server, in one glance.
Pill {
    required property SyncStatusViewModel syncStatus

    text: syncStatus.text
    tone: [Theme.good, Theme.muted, Theme.warn, Theme.bad][syncStatus.tone]
    iconName: ["check", "sync", "offline", "warning"][syncStatus.tone]
}
