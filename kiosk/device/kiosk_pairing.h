#pragma once

#include "shared/net/pairing_client.h"

#include <QtQml/qqmlregistration.h>

namespace strop::kiosk {

/// The first start of a kiosk: a person types the code that the desktop shows. Lives on the UI thread.
class KioskPairing final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the application.")

    Q_PROPERTY(QString server MEMBER m_server NOTIFY changed)
    Q_PROPERTY(QString code MEMBER m_code NOTIFY changed)
    Q_PROPERTY(bool complete READ isComplete NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)

public:
    /// `folder` gets the identity; `server` is the proposed address.
    KioskPairing(const QString &folder, const QString &server);

    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString problem() const { return m_problem; }

    Q_INVOKABLE void pair();

Q_SIGNALS:
    void changed();
    void paired(const strop::sync::DeviceIdentity &identity);

private:
    QString m_folder;
    QString m_server;
    QString m_code;
    QString m_problem;
    bool m_busy = false;
    net::PairingClient m_client;
};

} // namespace strop::kiosk
