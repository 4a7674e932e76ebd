#pragma once

#include "shared/net/shop_catalogue.h"
#include "shared/sync/live_list_model.h"

#include <QHostAddress>
#include <QSet>
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

/// Pairs and removes devices. Needs the server; says so when it is out of reach, and reads the list anew when
/// it is back. Lives on the UI thread.
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

    /// Which kiosk the last code let in; empty when none did.
    Q_PROPERTY(QString news READ news NOTIFY changed)
    Q_PROPERTY(QAbstractItemModel *devices READ devices CONSTANT)

    /// What to type on a kiosk, and what else does on a kiosk of this very computer.
    Q_PROPERTY(QString serverAddress READ serverAddress NOTIFY changed)
    Q_PROPERTY(QString addressHint READ addressHint NOTIFY changed)

public:
    using OwnAddresses = std::function<QList<QHostAddress>()>;

    /// All outlive it. `ownAddresses` tells those of this computer, which come and go with its networks.
    DevicesViewModel(net::ReplicaHost &host, const net::ShopCatalogue &catalogue, const Clock &clock,
                     const QString &serverAddress, OwnAddresses ownAddresses = addressesOfThisComputer);

    [[nodiscard]] QString code() const { return m_code; }
    [[nodiscard]] QString timeLeft() const;
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] QString news() const { return m_news; }
    [[nodiscard]] QAbstractItemModel *devices() { return &m_devices; }
    [[nodiscard]] QString serverAddress() const;
    [[nodiscard]] QString addressHint() const;

    /// Reads the list anew.
    Q_INVOKABLE void refresh();

    /// A fresh code for a kiosk of this shop.
    Q_INVOKABLE void pairKiosk();
    Q_INVOKABLE void revoke(const QString &id);

Q_SIGNALS:
    void changed();

private:
    static QList<QHostAddress> addressesOfThisComputer();

    void takeStatus();
    void askForCode();
    void forgetCode();
    void takeDevices(const QCborMap &answer);
    void greet(const QString &id, const QString &name);
    void setProblem(const QString &problem);

    net::ReplicaHost &m_host;
    const net::ShopCatalogue &m_catalogue;
    const Clock &m_clock;
    QUrl m_server;
    OwnAddresses m_ownAddresses;
    bool m_live = false; ///< As of the last statusChanged.
    QString m_code;
    QSet<QString> m_before; ///< The devices that were in before the code was made.
    QString m_news;
    Instant m_expires;
    QString m_problem;
    bool m_busy = false;
    QTimer m_second; ///< Runs while a code is shown, as m_poll does.
    QTimer m_poll;
    sync::LiveListModel<DeviceLine, std::function<QString(const DeviceLine &)>> m_devices;
};

} // namespace strop::client
