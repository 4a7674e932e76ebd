#pragma once

#include "shared/net/shop_catalogue.h"
#include "shared/sync/live_list_model.h"

#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace strop::client {

/// A device of the business.
struct DeviceLine
{
    Q_GADGET
    QML_VALUE_TYPE(deviceLine)
    Q_PROPERTY(QString id MEMBER id)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString role MEMBER role)
    Q_PROPERTY(QString since MEMBER since)
    Q_PROPERTY(bool self MEMBER self)
public:
    QString id;
    QString name;
    QString role; ///< In the user's language.
    QString since;
    bool self = false;

    friend bool operator==(const DeviceLine &, const DeviceLine &) = default;
};

/// Pairs and removes devices. Needs the server; says so when it is out of reach. Lives on the UI thread.
class DevicesViewModel final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the application.")

    /// The pairing code as people read it; empty when there is none.
    Q_PROPERTY(QString code READ code NOTIFY changed)
    Q_PROPERTY(QString timeLeft READ timeLeft NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(QAbstractItemModel *devices READ devices CONSTANT)
    Q_PROPERTY(QString serverAddress READ serverAddress CONSTANT)

public:
    /// All outlive it.
    DevicesViewModel(net::ReplicaHost &host, const net::ShopCatalogue &catalogue, const Clock &clock,
                     const QString &serverAddress);

    [[nodiscard]] QString code() const { return m_code; }
    [[nodiscard]] QString timeLeft() const;
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] QAbstractItemModel *devices() { return &m_devices; }
    [[nodiscard]] QString serverAddress() const { return m_serverAddress; }

    /// Reads the list anew.
    Q_INVOKABLE void refresh();

    /// A fresh code for a kiosk of this shop.
    Q_INVOKABLE void pairKiosk();
    Q_INVOKABLE void revoke(const QString &id);

Q_SIGNALS:
    void changed();

private:
    void takeDevices(const QCborMap &answer);
    void setProblem(const QString &problem);

    net::ReplicaHost &m_host;
    const net::ShopCatalogue &m_catalogue;
    const Clock &m_clock;
    QString m_serverAddress;
    QString m_code;
    Instant m_expires;
    QString m_problem;
    bool m_busy = false;
    QTimer m_second;
    sync::LiveListModel<DeviceLine, std::function<QString(const DeviceLine &)>> m_devices;
};

} // namespace strop::client
