#pragma once

#include "client/onboarding/starter_shop.h"
#include "shared/net/pairing_client.h"

#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace strop::client {

/// The first run: creates a business, or joins one by the owner's account or by a code. Lives on the UI
/// thread.
class OnboardingViewModel final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the application.")

    // What is typed. Whatever went wrong before says nothing of it any more.
    Q_PROPERTY(QString server MEMBER m_server NOTIFY edited)
    Q_PROPERTY(QString businessName MEMBER m_businessName NOTIFY edited)
    Q_PROPERTY(QString ownerName MEMBER m_ownerName NOTIFY edited)
    Q_PROPERTY(QString email MEMBER m_email NOTIFY edited)
    Q_PROPERTY(QString password MEMBER m_password NOTIFY edited)
    Q_PROPERTY(QString code MEMBER m_code NOTIFY edited)
    Q_PROPERTY(int zoneIndex READ zoneIndex WRITE setZoneIndex NOTIFY edited)
    Q_PROPERTY(int currencyIndex READ currencyIndex WRITE setCurrencyIndex NOTIFY edited)
    Q_PROPERTY(QStringList zones READ zones CONSTANT)
    Q_PROPERTY(QStringList currencies READ currencies CONSTANT)
    Q_PROPERTY(int minPasswordLength READ minPasswordLength CONSTANT)

    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)

    /// What went wrong last, and what to do; empty again once something is edited.
    Q_PROPERTY(QString problem READ problem NOTIFY changed)

    /// What each way still lacks; empty when it can be tried.
    Q_PROPERTY(QString missingToCreate READ missingToCreate NOTIFY changed)
    Q_PROPERTY(QString missingToLogIn READ missingToLogIn NOTIFY changed)
    Q_PROPERTY(QString missingToJoin READ missingToJoin NOTIFY changed)

public:
    /// `server` is the proposed address. `folder` gets the identity.
    OnboardingViewModel(const QString &folder, const QString &server, const Clock &clock, Random &random);

    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] QString missingToCreate() const;
    [[nodiscard]] QString missingToLogIn() const;
    [[nodiscard]] QString missingToJoin() const;
    [[nodiscard]] const QStringList &zones() const { return m_zones; }
    [[nodiscard]] const QStringList &currencies() const { return m_currencies; }
    [[nodiscard]] int zoneIndex() const { return m_zone; }
    [[nodiscard]] int currencyIndex() const { return m_currency; }
    void setZoneIndex(int index);
    void setCurrencyIndex(int index);
    [[nodiscard]] int minPasswordLength() const { return protocol::minPasswordLength; }

    Q_INVOKABLE void create();
    Q_INVOKABLE void logIn();
    Q_INVOKABLE void join();

Q_SIGNALS:
    void changed();
    void edited();

    /// The device is known to a server now. `writes` set a new business up.
    void paired(const strop::sync::DeviceIdentity &identity,
                const std::vector<strop::mutators::Mutation> &writes);

private:
    void pair(net::PairingRequest request, std::vector<mutators::Mutation> writes);
    void forgetPassword();

    QString m_folder;
    const Clock &m_clock;
    Random &m_random;
    net::PairingClient m_client;
    QString m_server;
    QString m_businessName;
    QString m_ownerName;
    QString m_email;
    QString m_password;
    QString m_code;
    const QStringList m_zones;
    const QStringList m_currencies;
    int m_zone;     ///< Index into m_zones.
    int m_currency; ///< Index into m_currencies.
    bool m_busy = false;
    QString m_problem;
};

} // namespace strop::client
