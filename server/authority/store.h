#pragma once

#include "server/authority/authority.h"

namespace strop::server {

/// Everything that writes to the server's database, over its one writing connection: pushes, accounts,
/// devices, codes. Plain and synchronous; StoreThread gives it a thread, strop-admin and tests use it as it
/// is.
class Store
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Store>> open(const QString &dataDir, const Clock &clock,
                                                             Random &random);

    struct Created
    {
        BusinessId business;
        std::optional<protocol::Enrolment> enrolment; ///< Of the owner's first device.
        std::vector<std::shared_ptr<const Commit>> commits;
    };

    /// A new business with its owner's account and first device, if there is one yet: all or nothing.
    [[nodiscard]] Result<Created> createBusiness(const QString &name, const QString &email,
                                                 const QByteArray &passwordHash,
                                                 const std::optional<protocol::DeviceCard> &card);

    [[nodiscard]] Result<std::optional<Account>> accountOf(const QString &email)
    {
        return m_accounts.accountOf(email);
    }

    [[nodiscard]] Result<protocol::Enrolment> enrolOwner(const Account &account,
                                                         const protocol::DeviceCard &card);
    [[nodiscard]] Result<protocol::Enrolment> enrolByCode(const QString &code,
                                                          const protocol::DeviceCard &card);
    [[nodiscard]] Result<PairingCode> makePairingCode(const Invitation &invitation);

    [[nodiscard]] Result<Device> device(DeviceId id) { return m_accounts.device(id); }
    [[nodiscard]] Result<std::vector<Device>> devices() { return m_accounts.devices(); }
    Result<void> revoke(DeviceId id) { return m_accounts.revoke(id); }

    [[nodiscard]] Result<BatchOutcome> push(const std::vector<PushJob> &jobs)
    {
        return m_authority.apply(jobs);
    }

    /// Writes of the server's own as the owner of a business, all or nothing: seeding and import.
    Result<std::vector<std::shared_ptr<const Commit>>>
    applyAsOwner(BusinessId business, const std::vector<mutators::Mutation> &mutations);

    [[nodiscard]] Result<qint64> head(BusinessId business) { return m_authority.head(business); }
    [[nodiscard]] Result<qint64> lastMutationId(DeviceId device)
    {
        return m_authority.lastMutationId(device);
    }
    [[nodiscard]] const QByteArray &epoch() const { return m_epoch; }
    [[nodiscard]] storage::Database &database() { return *m_database; }

private:
    Store(std::unique_ptr<storage::Database> database, const Clock &clock, Random &random, QByteArray epoch);
    Result<void> transact(const std::function<Result<void>()> &change);

    std::unique_ptr<storage::Database> m_database;
    const Clock &m_clock;
    Random &m_random;
    AccountStore m_accounts;
    Authority m_authority;
    QByteArray m_epoch;
};

} // namespace strop::server
