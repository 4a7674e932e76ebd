#include "server/authority/store.h"

#include "server/authority/business_head.h"
#include "server/authority/schema.h"
#include "server/authority/tombstones.h"
#include "shared/base/log.h"
#include "shared/crypto/digest.h"
#include "shared/mutators/arguments.h"

namespace strop::server {

namespace {

/// strop.mark may be so far behind the database.
constexpr Millis markInterval{1000};

/// A device that says it is ahead makes every device of its business fetch everything again: not twice in a
/// row.
constexpr Millis betweenEpochs = std::chrono::minutes(5);

} // namespace

Store::Store(const QString &dataDir, std::unique_ptr<storage::Database> database, const Clock &clock,
             Random &random, QByteArray epoch)
    : m_dataDir(dataDir)
    , m_database(std::move(database))
    , m_clock(clock)
    , m_random(random)
    , m_accounts(*m_database, clock, random)
    , m_authority(*m_database, clock)
    , m_keys(*m_database)
    , m_epoch(std::move(epoch))
{}

Store::~Store()
{
    m_markedAt.reset();
    mark();
}

Result<std::unique_ptr<Store>> Store::open(const QString &dataDir, const Clock &clock, Random &random)
{
    STROP_TRY_ASSIGN(auto database, openServerDatabase(dataDir));
    STROP_TRY_ASSIGN(QByteArray epoch, serverEpoch(*database));
    std::unique_ptr<Store> store(new Store(dataDir, std::move(database), clock, random, std::move(epoch)));
    STROP_TRY_ASSIGN(const bool replaced, store->wasReplaced());
    if (replaced)
        STROP_TRY(store->beginNewHistories());
    STROP_TRY(store->loadRecovering());
    STROP_TRY(store->provideKeys());
    store->mark();
    return store;
}

Result<bool> Store::wasReplaced()
{
    STROP_TRY_ASSIGN(const auto copied,
                     m_database->cell(QStringLiteral("SELECT 1 FROM server WHERE copied = 1")));
    STROP_TRY_ASSIGN(const qint64 commits, commitCount(*m_database));
    const std::optional<RestoreMark> mark = readMark(m_dataDir);
    return copied || (mark && (mark->epoch != m_epoch || mark->commits > commits));
}

Result<void> Store::beginNewHistories()
{
    const QByteArray epoch = crypto::randomBytes(m_epoch.size());
    STROP_TRY_ASSIGN(const std::vector<BusinessId> businesses, allBusinesses(*m_database));
    STROP_TRY(transact([&]() -> Result<void> {
        STROP_TRY(m_database->run(QStringLiteral("UPDATE server SET epoch = ?, copied = 0"), {epoch}));
        for (const BusinessId business : businesses)
            STROP_TRY(beginEpoch(*m_database, business));
        return {};
    }));
    m_epoch = epoch;
    m_marked = false; // the transaction has marked the old one
    m_markedAt.reset();
    log::warning("store.restored", {{"businesses", qint64(businesses.size())},
                                    {"message", "The database is older than the one that was written last: "
                                                "the devices bring back what it has lost."}});
    return {};
}

Result<void> Store::loadRecovering()
{
    STROP_TRY_ASSIGN(const std::vector<BusinessId> recovering, recoveringBusinesses(*m_database));
    m_recovering = {recovering.begin(), recovering.end()};
    return {};
}

void Store::mark()
{
    if (m_marked || (m_markedAt && m_clock.monotonic() - *m_markedAt < markInterval))
        return;
    m_markedAt = m_clock.monotonic();
    Result<qint64> commits = commitCount(*m_database);
    const Result<void> written =
        commits ? writeMark(m_dataDir, {m_epoch, *commits}) : Result<void>(tl::unexpected(commits.error()));
    if (!written)
        log::error("store.not_marked", written.error()); // an older mark is right too
    m_marked = written.has_value();
}

Result<void> Store::provideKeys()
{
    STROP_TRY_ASSIGN(const std::vector<BusinessId> keyless, m_keys.businessesWithout());
    if (keyless.empty())
        return {};
    STROP_TRY(transact([&]() -> Result<void> {
        for (const BusinessId business : keyless) {
            STROP_TRY_ASSIGN(const crypto::SealingKey key, m_keys.make(business));
            STROP_TRY(m_authority.applyInternally(
                {business, {}, Role::Owner},
                mutators::makeMutation(mutators::BusinessSetKey{business, key.bytes()})));
        }
        return {};
    }));
    // Nobody is connected yet: whoever comes pulls what is above its cursor.
    return m_authority.takeCommits().map([](const auto &) {});
}

Result<void> Store::transact(const std::function<Result<void>()> &change)
{
    Result<void> done = storage::inTransaction(*m_database, [&]() -> Result<void> {
        STROP_TRY(change());
        return countCommit(*m_database);
    });
    if (!done)
        m_authority.forgetUncommitted();
    m_marked = false;
    mark();
    return done;
}

Result<BatchOutcome> Store::push(const std::vector<PushJob> &jobs)
{
    Result<BatchOutcome> outcome = m_authority.apply(jobs);
    m_marked = false;
    mark();
    return outcome;
}

Result<void> Store::revoke(DeviceId id)
{
    return transact([&] { return m_accounts.revoke(id); });
}

Result<protocol::Enrolment> Store::fork(DeviceId device, const QByteArray &publicKey)
{
    protocol::Enrolment enrolment;
    STROP_TRY(transact([&]() -> Result<void> {
        STROP_TRY_ASSIGN(const Device fork, m_accounts.fork(device, publicKey));
        enrolment = enrolmentOf(fork);
        return {};
    }));
    log::warning("device.forked", {{"former", device.toString()}, {"device", enrolment.device.toString()}});
    return enrolment;
}

Result<std::vector<std::shared_ptr<const Commit>>> Store::noteAhead(BusinessId business,
                                                                    const QByteArray &epoch, qint64 cursor)
{
    std::vector<std::shared_ptr<const Commit>> commits;
    STROP_TRY_ASSIGN(const BusinessHead head, readHead(*m_database, business));
    if (head.epoch != epoch || cursor <= head.version)
        return commits; // it has begun one meanwhile
    const auto before = m_epochBegun.find(business);
    if (before != m_epochBegun.end() && m_clock.monotonic() - before->second < betweenEpochs)
        return fail(ErrorCode::RateLimited,
                    QStringLiteral("This server has just been restored. Try again in a few minutes."));
    auto commit = std::make_shared<Commit>();
    commit->business = business;
    commit->from = commit->to = head.version;
    STROP_TRY(transact([&]() -> Result<void> {
        STROP_TRY_ASSIGN(commit->epoch, beginEpoch(*m_database, business));
        return {};
    }));
    m_epochBegun[business] = m_clock.monotonic();
    m_recovering.insert(business);
    log::warning("store.device_ahead",
                 {{"business", business.toString()}, {"head", head.version}, {"cursor", cursor}});
    commits.push_back(std::move(commit));
    return commits;
}

Result<void> Store::endRecovery(BusinessId business)
{
    STROP_TRY(transact([&] {
        return m_database
            ->run(QStringLiteral("UPDATE business_head SET recovering = 0 WHERE business_id = ?"),
                  {business.uuid.toBytes()})
            .map([](qint64) {});
    }));
    m_recovering.erase(business);
    return {};
}

Result<qint64> Store::purgeTombstones()
{
    qint64 removed = 0;
    STROP_TRY(transact([&]() -> Result<void> {
        STROP_TRY_ASSIGN(const std::vector<BusinessId> businesses, allBusinesses(*m_database));
        for (const BusinessId business : businesses) {
            STROP_TRY_ASSIGN(const qint64 gone,
                             server::purgeTombstones(*m_database, business, m_clock.now()));
            removed += gone;
        }
        return {};
    }));
    if (removed > 0)
        log::info("store.tombstones_purged", {{"rows", removed}});
    return removed;
}

Result<void> Store::noteDurable(BusinessId business, const QByteArray &epoch, qint64 version)
{
    return transact([&] {
        return m_database
            ->run(QStringLiteral("UPDATE business_head SET durable = ? WHERE business_id = ? AND epoch = ? "
                                 "AND durable < ?"),
                  {version, business.uuid.toBytes(), epoch, version})
            .map([](qint64) {});
    });
}

Result<Store::Created> Store::createBusiness(const QString &name, const QString &email,
                                             const QByteArray &passwordHash,
                                             const std::optional<protocol::DeviceCard> &card)
{
    const auto business = newId<BusinessId>(m_clock, m_random);
    Created created{business, std::nullopt, {}};
    STROP_TRY(transact([&]() -> Result<void> {
        STROP_TRY(m_accounts.createAccount(business, email, passwordHash));
        if (card) {
            STROP_TRY_ASSIGN(const Device device,
                             m_accounts.enrol({business, Role::Owner, std::nullopt}, *card));
            created.enrolment = enrolmentOf(device);
        }
        STROP_TRY_ASSIGN(const crypto::SealingKey key, m_keys.make(business));
        return m_authority.applyInternally(
            {business, {}, Role::Owner},
            mutators::makeMutation(mutators::BusinessCreate{business, name, key.bytes()}));
    }));
    STROP_TRY_ASSIGN(created.commits, m_authority.takeCommits());
    return created;
}

Result<protocol::Enrolment> Store::enrolOwner(const Account &account, const protocol::DeviceCard &card)
{
    protocol::Enrolment enrolment;
    STROP_TRY(transact([&]() -> Result<void> {
        STROP_TRY(m_accounts.requireRoomForDevice(account.business));
        STROP_TRY_ASSIGN(const Device device,
                         m_accounts.enrol({account.business, Role::Owner, std::nullopt}, card));
        enrolment = enrolmentOf(device);
        return {};
    }));
    return enrolment;
}

Result<protocol::Enrolment> Store::enrolByCode(const QString &code, const protocol::DeviceCard &card)
{
    protocol::Enrolment enrolment;
    STROP_TRY(transact([&]() -> Result<void> {
        STROP_TRY_ASSIGN(const Invitation invitation, m_accounts.redeem(code));
        STROP_TRY(m_accounts.requireRoomForDevice(invitation.business));
        STROP_TRY_ASSIGN(const Device device, m_accounts.enrol(invitation, card));
        enrolment = enrolmentOf(device);
        return {};
    }));
    return enrolment;
}

Result<PairingCode> Store::makePairingCode(const Invitation &invitation)
{
    PairingCode made;
    STROP_TRY(transact([&]() -> Result<void> {
        STROP_TRY_ASSIGN(made, m_accounts.makePairingCode(invitation));
        return {};
    }));
    return made;
}

Result<std::vector<std::shared_ptr<const Commit>>>
Store::applyAsOwner(BusinessId business, const std::vector<mutators::Mutation> &mutations)
{
    STROP_TRY(transact([&]() -> Result<void> {
        for (const mutators::Mutation &mutation : mutations)
            STROP_TRY(m_authority.applyInternally({business, {}, Role::Owner}, mutation));
        return {};
    }));
    return m_authority.takeCommits();
}

} // namespace strop::server
