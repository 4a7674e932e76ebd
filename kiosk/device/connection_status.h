#pragma once

#include "shared/net/replica_host.h"

#include <QtQml/qqmlregistration.h>

namespace strop::kiosk {

/// The quiet line of a kiosk that is offline, and the loud one of a kiosk that needs a person. Lives on the
/// UI thread.
class ConnectionStatus final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the application.")

    /// Connected, also while it still catches up.
    Q_PROPERTY(bool online READ isOnline NOTIFY changed)

    /// For the staff: why this kiosk no longer syncs; empty while it does.
    Q_PROPERTY(QString problem READ problem NOTIFY changed)

public:
    /// `host` outlives it.
    explicit ConnectionStatus(net::ReplicaHost &host);

    [[nodiscard]] bool isOnline() const;
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void changed();

private:
    net::ReplicaHost &m_host;
};

} // namespace strop::kiosk
