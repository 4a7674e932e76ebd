#pragma once

#include "server/authority/authority.h"
#include "server/authority/business_keys.h"
#include "server/authority/restore_mark.h"

#include <set>

namespace strop::server {

/// Everything that writes to the server's database, over its one writing connection: pushes, accounts,
/// devices, codes. Plain and synchronous; StoreThread gives it a thread, strop-admin and tests use it as it
/// is.
///
/// A database that is older than the one that the server wrote last (restored by strop-admin, or a file
/// copied over strop.db: see RestoreMark) is noticed when it is opened: every business begins a new epoch, so
/// that its devices bring back what is lost.
class Store
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Store>> open(const QString &dataDir, const Clock &clock,
                                                             Random &random);

    /// Says in strop.mark how far the database is.
    ~Store();

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
    Result<void> revoke(DeviceId id);

    /// A new identity for a device that proved its old one: same business, role and shop, under its own name.
    /// The same one for the same key, however often it is asked for. Unauthenticated for a device that was
    /// revoked, RateLimited.
    [[nodiscard]] Result<protocol::Enrolment> fork(DeviceId device, const QByteArray &publicKey);

    [[nodiscard]] Result<BatchOutcome> push(const std::vector<PushJob> &jobs);

    /// Writes of the server's own as the owner of a business, all or nothing: seeding and import.
    Result<std::vector<std::shared_ptr<const Commit>>>
    applyAsOwner(BusinessId business, const std::vector<mutators::Mutation> &mutations);

    [[nodiscard]] Result<qint64> head(BusinessId business) { return m_authority.head(business); }
    [[nodiscard]] Result<qint64> lastMutationId(DeviceId device)
    {
        return m_authority.lastMutationId(device);
    }
    /// A device of this epoch has rows above the newest version: this database is not the one that gave them
    /// out. If that is so, the business begins a new epoch, of which the commit tells. RateLimited when it
    /// has just done so.
    [[nodiscard]] Result<std::vector<std::shared_ptr<const Commit>>>
    noteAhead(BusinessId business, const QByteArray &epoch, qint64 cursor);

    /// Whether the business was restored and its devices have not had their time yet (RecoveryDesk).
    [[nodiscard]] bool isRecovering(BusinessId business) const { return m_recovering.contains(business); }
    [[nodiscard]] const std::set<BusinessId> &recovering() const { return m_recovering; }
    Result<void> endRecovery(BusinessId business);

    /// A backup holds the versions of this business up to that one.
    Result<void> noteDurable(BusinessId business, const QByteArray &epoch, qint64 version);

    /// Of every business (tombstones.h). Answers how many were removed.
    Result<qint64> purgeTombstones();

    /// Brings strop.mark up to date, unless that was done less than a second ago.
    void mark();
    [[nodiscard]] bool isMarked() const { return m_marked; }

    [[nodiscard]] const QByteArray &epoch() const { return m_epoch; }
    [[nodiscard]] storage::Database &database() { return *m_database; }

private:
    Store(const QString &dataDir, std::unique_ptr<storage::Database> database, const Clock &clock,
          Random &random, QByteArray epoch);
    Result<void> transact(const std::function<Result<void>()> &change);
    Result<bool> wasReplaced();
    Result<void> beginNewHistories();
    Result<void> loadRecovering();

    /// Gives every business that has no key one.
    Result<void> provideKeys();

    QString m_dataDir;
    std::unique_ptr<storage::Database> m_database;
    const Clock &m_clock;
    Random &m_random;
    AccountStore m_accounts;
    Authority m_authority;
    BusinessKeys m_keys;
    QByteArray m_epoch;
    std::set<BusinessId> m_recovering;
    std::map<BusinessId, Millis> m_epochBegun; ///< Because of a device that was ahead; monotonic.
    bool m_marked = false;                     ///< strop.mark is as new as the database.
    std::optional<Millis> m_markedAt;          ///< Monotonic.
};

} // namespace strop::server
