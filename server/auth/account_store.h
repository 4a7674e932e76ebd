#pragma once

#include "shared/base/clock.h"
#include "shared/protocol/pairing.h"
#include "shared/storage/database.h"

#include <vector>

namespace strop::server {

/// An owner who can log in.
struct Account
{
    AccountId id;
    BusinessId business;
    QString email;
    QByteArray passwordHash;
};

/// A device that was let in.
struct Device
{
    DeviceId id;
    BusinessId business;
    Role role = Role::Kiosk;
    std::optional<ShopId> shop;
    QString name;
    QByteArray publicKey;
    Instant enrolledAt;
    bool revoked = false;
};

struct PairingCode
{
    QString code; ///< As protocol::makePairingCode gives it.
    Instant expiresAt;
};

/// What a pairing code lets in.
struct Invitation
{
    BusinessId business;
    Role role = Role::Kiosk;
    std::optional<ShopId> shop;
};

/// Accounts, devices and pairing codes in the server's database (tables of authority/schema.h). Codes are
/// stored as digests. Used on the thread of the database; the caller holds the transaction. Never hashes a
/// password: that is slow.
class AccountStore
{
public:
    AccountStore(storage::Database &database, const Clock &clock, Random &random)
        : m_database(database)
        , m_clock(clock)
        , m_random(random)
    {}

    /// AlreadyExists when the e-mail address has an account.
    [[nodiscard]] Result<Account> createAccount(BusinessId business, const QString &email,
                                                const QByteArray &passwordHash);
    [[nodiscard]] Result<std::optional<Account>> accountOf(const QString &email);

    /// Unavailable when a business has as many devices as it may. Asked before one is let in from outside.
    [[nodiscard]] Result<void> requireRoomForDevice(BusinessId business);
    [[nodiscard]] Result<Device> enrol(const Invitation &invitation, const protocol::DeviceCard &card);

    /// Enrols a device once more under another key, in the same business, role and shop and under the same
    /// name; the same one again for the same key. RateLimited beyond a few an hour in one line of descent,
    /// Unauthenticated for an unknown or revoked device, InvalidArgument for what is no key.
    [[nodiscard]] Result<Device> fork(DeviceId former, const QByteArray &publicKey);

    /// Unauthenticated for an unknown or revoked device, the same for both.
    [[nodiscard]] Result<Device> device(DeviceId id);
    [[nodiscard]] Result<std::vector<Device>> devices();

    /// NotFound for an unknown device.
    Result<void> revoke(DeviceId id);

    /// RateLimited when too many codes of the business wait to be used.
    [[nodiscard]] Result<PairingCode> makePairingCode(const Invitation &invitation);

    /// Uses a code up. Unauthenticated for a wrong, used or expired one, the same for all.
    [[nodiscard]] Result<Invitation> redeem(const QString &code);

private:
    storage::Database &m_database;
    const Clock &m_clock;
    Random &m_random;
};

/// What every refused login, code or signature is answered: it never says what was wrong.
[[nodiscard]] Error refusedCredentials();

[[nodiscard]] protocol::Enrolment enrolmentOf(const Device &device);

} // namespace strop::server
