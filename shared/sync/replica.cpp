#include "shared/sync/replica.h"

#include "shared/base/log.h"
#include "shared/mutators/registry.h"
#include "shared/storage/migrations.h"
#include "shared/storage/write_set.h"
#include "shared/sync/device_identity.h"
#include "shared/sync/plain_text.h"
#include "shared/sync/sealed_customer.h"

#include <QDir>
#include <QFile>

namespace strop::sync {

using storage::Database;
using storage::RowReader;

namespace {

Result<void> createConfirmed(Database &database)
{
    STROP_TRY(storage::createSyncedTables(database));
    STROP_TRY(storage::planForOneBusiness(database));
    STROP_TRY(database.run(QStringLiteral(
        "CREATE TABLE replica (cursor INTEGER NOT NULL, epoch BLOB NOT NULL, complete INTEGER NOT NULL)")));
    STROP_TRY(database.run(QStringLiteral("INSERT INTO replica VALUES (0, x'', 0)")));
    return {};
}

/// The rows that are there lack what the new columns hold, and the server sends only what is above the
/// cursor: so everything is fetched once more, while what is there goes on being used.
Result<void> addColumns(Database &database)
{
    STROP_TRY(storage::updateSyncedTables(database));
    return database.run(QStringLiteral("UPDATE replica SET cursor = 0")).map([](qint64) {});
}

constexpr storage::Migration migrations[] = {{1, "synced tables and the cursor", createConfirmed},
                                             {2, "the key of the business", addColumns}};

QString confirmedPath(const QString &folder)
{
    return folder + QStringLiteral("/confirmed.db");
}

/// Puts a damaged file aside: all that was in it can be fetched again.
void putAside(const QString &path)
{
    for (const char *suffix : {"", "-wal", "-shm"}) {
        const QString part = path + QLatin1String(suffix);
        QFile::remove(part + QStringLiteral(".damaged"));
        QFile::rename(part, part + QStringLiteral(".damaged"));
    }
}

Result<std::unique_ptr<Database>> openConfirmed(const QString &path)
{
    const storage::DatabaseOptions options{path, storage::Durability::Normal};
    Result<std::unique_ptr<Database>> opened = storage::openMigrated(options, migrations);
    if (opened || opened.error().code != ErrorCode::StorageCorrupt)
        return opened;
    log::error("replica.damaged", opened.error(), {{"file", path}});
    putAside(path);
    return storage::openMigrated(options, migrations);
}

/// The queue of this folder, bound to the device. What a device of another business or role has left is none
/// of this one's.
Result<std::unique_ptr<Outbox>> openOutbox(const QString &folder, const mutators::Actor &actor,
                                           const Clock &clock)
{
    const QString path = folder + QStringLiteral("/outbox.db");
    const OutboxOwner owner{actor.device, actor.business, actor.role};
    STROP_TRY_ASSIGN(auto outbox, Outbox::open(path));
    const std::optional<OutboxOwner> before = outbox->owner();
    if (before && (before->business != owner.business || before->role != owner.role)) {
        outbox.reset();
        STROP_TRY(setReplicaAside(folder, clock.now()));
        STROP_TRY_ASSIGN(outbox, Outbox::open(path));
    }
    STROP_TRY(outbox->bind(owner));
    return outbox;
}

template <typename T>
bool isDamaged(const Result<T> &outcome)
{
    return !outcome && outcome.error().code == ErrorCode::StorageCorrupt;
}

} // namespace

Replica::Replica(const QString &folder, std::unique_ptr<QLockFile> lock, std::unique_ptr<Database> confirmed,
                 std::unique_ptr<Outbox> outbox, const mutators::Actor &actor, const Clock &clock,
                 Random &random)
    : m_folder(folder)
    , m_lock(std::move(lock))
    , m_confirmed(std::move(confirmed))
    , m_outbox(std::move(outbox))
    , m_actor(actor)
    , m_clock(clock)
    , m_random(random)
    , m_rows(std::in_place, *m_confirmed, actor.business)
{}

Replica::~Replica() = default;

Result<std::unique_ptr<Replica>> Replica::open(const QString &folder, const mutators::Actor &actor,
                                               const Clock &clock, Random &random)
{
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::StorageReadOnly,
                    QStringLiteral("The folder %1 cannot be created. Check its permissions.").arg(folder));
    auto lock = std::make_unique<QLockFile>(folder + QStringLiteral("/replica.lock"));
    lock->setStaleLockTime(0);
    if (!lock->tryLock(0)) {
        if (lock->error() == QLockFile::LockFailedError)
            return fail(ErrorCode::Unavailable,
                        QStringLiteral("Another Strop is using %1. Close it first.").arg(folder));
        return fail(
            ErrorCode::StorageReadOnly,
            QStringLiteral("%1 cannot be written. Check the folder's permissions and the space on its disk.")
                .arg(folder));
    }
    STROP_TRY_ASSIGN(auto outbox, openOutbox(folder, actor, clock));
    STROP_TRY_ASSIGN(auto confirmed, openConfirmed(confirmedPath(folder)));
    std::unique_ptr<Replica> replica(
        new Replica(folder, std::move(lock), std::move(confirmed), std::move(outbox), actor, clock, random));
    STROP_TRY(replica->loadMeta());
    replica->retainCovered();
    STROP_TRY(replica->m_outbox->dropOld(clock.now()));
    STROP_TRY(replica->openOptimistic());
    return replica;
}

Result<void> Replica::loadMeta()
{
    return m_confirmed->each(QStringLiteral("SELECT cursor, epoch, complete FROM replica"), {},
                             [&](const RowReader &row) -> Result<void> {
                                 m_cursor = row.integer(0);
                                 m_epoch = row.bytes(1);
                                 m_complete = row.boolean(2);
                                 return {};
                             });
}

Result<void> Replica::saveMeta(qint64 cursor, const QByteArray &epoch, bool complete)
{
    return m_confirmed
        ->run(QStringLiteral("UPDATE replica SET cursor = ?, epoch = ?, complete = ?"),
              {cursor, epoch, qint64(complete)})
        .map([](qint64) {});
}

Result<qint64> Replica::mutate(const mutators::Mutation &asked)
{
    if (m_actor.role == Role::Kiosk)
        STROP_TRY(requireSealed(asked));
    mutators::Mutation mutation = asked;
    if (mutation.uuid.isNil())
        mutation.uuid = Uuid::v7(m_clock.now(), m_random);
    if (!m_open)
        STROP_TRY(mended(openOptimistic()));
    storage::WriteSet writes(*m_rows);
    if (const Result<void> applied = mended(mutators::applyMutation(writes, m_actor, mutation)); !applied) {
        if (isStorageFailure(applied.error().code))
            reopenOptimistic();
        return tl::unexpected(applied.error());
    }
    Result<qint64> id = m_outbox->append(mutation, m_clock.now());
    if (isDamaged(id) && m_outbox->mend()) {
        m_outbox->retain(m_cursor);
        id = m_outbox->append(mutation, m_clock.now());
    }
    if (!id)
        return id;
    if (!writes.flush())
        reopenOptimistic(); // which shows what the queue holds
    collectTouched();
    publish();
    return id;
}

Result<void> Replica::replay(const mutators::Mutation &mutation)
{
    storage::WriteSet writes(*m_rows);
    const Result<void> applied = mutators::applyMutation(writes, m_actor, mutation);
    // A write that does not go on top of the newest rows shows nothing here; the server will say what becomes
    // of it.
    if (!applied && !isStorageFailure(applied.error().code))
        return {};
    return applied ? writes.flush() : applied;
}

Result<void> Replica::openOptimistic()
{
    STROP_TRY(m_confirmed->begin());
    m_open = true;
    m_rows->setVersion(0);
    for (const OutboxEntry &entry : m_outbox->entries()) {
        // What an older program queued in plain text must not get into a second file.
        if (m_actor.role == Role::Kiosk && !requireSealed(entry.mutation))
            continue;
        if (const Result<void> replayed = replay(entry.mutation); !replayed) {
            abandonOptimistic();
            return replayed;
        }
    }
    collectTouched();
    return {};
}

void Replica::reopenOptimistic()
{
    abandonOptimistic();
    if (const Result<void> opened = mended(openOptimistic()); !opened)
        log::error("replica.replay_failed", opened.error()); // tried again at the next write or row
}

Result<void> Replica::mended(Result<void> outcome)
{
    if (outcome || outcome.error().code != ErrorCode::StorageCorrupt)
        return outcome;
    rebuild(outcome.error());
    publish();
    return fail(
        ErrorCode::Unavailable,
        QStringLiteral("This device's copy of the book was damaged and is fetched again. Nothing that "
                       "was entered here is lost. Try again in a moment."),
        outcome.error().detail);
}

void Replica::rebuild(const Error &found)
{
    const QString path = confirmedPath(m_folder);
    log::error("replica.damaged", found, {{"file", path}});
    ++m_rebuilds;
    m_open = false;
    m_rows.reset();
    m_confirmed.reset();
    putAside(path);
    Result<std::unique_ptr<Database>> fresh = openConfirmed(path);
    if (!fresh) {
        // The disk takes nothing any more. In memory the device goes on until it is started again.
        log::error("replica.not_rebuilt", fresh.error());
        fresh = storage::openMigrated({QStringLiteral(":memory:")}, migrations);
    }
    Q_ASSERT(fresh);
    m_confirmed = std::move(*fresh);
    m_rows.emplace(*m_confirmed, m_actor.business);
    for (const storage::TableDescriptor *table : storage::allTables())
        m_touched.insert(table->name());
    Result<void> begun = loadMeta();
    if (begun)
        begun = openOptimistic();
    if (!begun)
        log::error("replica.replay_failed", begun.error());
}

void Replica::abandonOptimistic()
{
    m_open = false;
    // Fails when SQLite has ended the transaction already.
    [[maybe_unused]] const Result<void> undone = m_confirmed->rollback();
    m_touched.unite(std::exchange(m_optimistic, {}));
}

Result<void> Replica::rebase(const std::function<Result<void>()> &confirm)
{
    abandonOptimistic();
    Result<void> confirmed = storage::inTransaction(*m_confirmed, confirm);
    if (confirmed)
        confirmed = loadMeta();
    if (confirmed)
        retainCovered();
    const Result<void> replayed = openOptimistic();
    return mended(confirmed ? replayed : confirmed);
}

void Replica::retainCovered()
{
    m_outbox->retain(m_cursor);
    if (m_actor.role == Role::Kiosk && !m_scrubbed)
        scrub();
}

void Replica::scrub()
{
    const auto business = m_rows->get<domain::Business>(m_actor.business);
    const Result<bool> done =
        business ? scrubPlainText(*m_outbox, *m_confirmed, business->value_or(domain::Business()))
                 : tl::unexpected(business.error());
    if (!done)
        log::error("replica.not_scrubbed", done.error()); // tried again at the next rows
    m_scrubbed = done.value_or(false);
}

Result<bool> Replica::applyBatch(const protocol::RowBatch &batch)
{
    if (batch.to <= m_cursor)
        return true;
    if (batch.from > m_cursor)
        return false;
    std::vector<storage::TableRows> tables;
    for (const QCborArray &encoded : batch.tables) {
        STROP_TRY_ASSIGN(storage::TableRows rows, storage::decodeRows(encoded));
        if (rows.table)
            tables.push_back(std::move(rows));
    }
    STROP_TRY(rebase([&]() -> Result<void> {
        for (const storage::TableRows &rows : tables) {
            for (const storage::Row &row : rows.rows)
                STROP_TRY(m_rows->writeRow(*rows.table, row));
            m_touched.insert(rows.table->name());
        }
        [[maybe_unused]] const auto written = m_rows->takeChanges();
        return saveMeta(batch.to, m_epoch, m_complete);
    }));
    publish();
    return true;
}

Result<void> Replica::settle(const protocol::Ack &ack)
{
    const size_t waiting = m_outbox->entries().size();
    Result<void> settled = m_outbox->settle(ack.settled, ack.version);
    if (isDamaged(settled) && m_outbox->mend()) {
        m_outbox->retain(m_cursor);
        settled = m_outbox->settle(ack.settled, ack.version);
    }
    STROP_TRY(settled);
    // What was accepted stays replayed until its rows arrive; only what was refused, or has arrived already,
    // goes.
    const bool refused = m_outbox->entries().size() != waiting;
    if (refused || ack.version <= m_cursor)
        STROP_TRY(rebase([]() -> Result<void> { return {}; }));
    publish();
    return {};
}

Result<void> Replica::noteCaughtUp()
{
    if (m_complete)
        return {};
    STROP_TRY(rebase([&] { return saveMeta(m_cursor, m_epoch, true); }));
    publish();
    return {};
}

Result<void> Replica::startOver(const QByteArray &epoch)
{
    STROP_TRY(m_outbox->keepRetained());
    STROP_TRY(rebase([&]() -> Result<void> {
        STROP_TRY(m_rows->clear());
        [[maybe_unused]] const auto written = m_rows->takeChanges();
        for (const storage::TableDescriptor *table : storage::allTables())
            m_touched.insert(table->name());
        return saveMeta(0, epoch, false);
    }));
    publish();
    return {};
}

Result<bool> Replica::resume(qint64 lastMutationId, const QByteArray &chainHash)
{
    STROP_TRY_ASSIGN(const bool again, m_outbox->offerAgainAbove(lastMutationId));
    if (again) {
        STROP_TRY(rebase([]() -> Result<void> { return {}; }));
        publish();
    }
    return m_outbox->continuesFrom(lastMutationId, chainHash);
}

Result<void> Replica::noteDurable(qint64 version)
{
    return m_outbox->dropDurable(version);
}

Result<void> Replica::adopt(const mutators::Actor &actor)
{
    STROP_TRY(m_outbox->bind({actor.device, actor.business, actor.role}));
    m_actor = actor;
    STROP_TRY(rebase([]() -> Result<void> { return {}; }));
    publish();
    return {};
}

Result<void> Replica::dismissRejection(qint64 id)
{
    STROP_TRY(m_outbox->dismissRejection(id));
    publish();
    return {};
}

Result<void> Replica::watch(const std::shared_ptr<LiveQueryBase> &query)
{
    if (Result<void> refreshed = query->refresh(*m_confirmed); !refreshed) {
        if (refreshed.error().code != ErrorCode::StorageCorrupt) {
            reopenOptimistic();
            return refreshed;
        }
        rebuild(refreshed.error());
        publish();
        STROP_TRY(query->refresh(*m_confirmed));
    }
    m_queries.push_back(query);
    return {};
}

void Replica::collectTouched()
{
    for (const auto &[table, ids] : m_rows->takeChanges()) {
        m_touched.insert(table->name());
        m_optimistic.insert(table->name());
    }
}

void Replica::publish()
{
    Error problem;
    QSet<QString> failed = refresh(std::exchange(m_touched, {}), problem);
    if (!failed.isEmpty() && problem.code == ErrorCode::StorageCorrupt) {
        rebuild(problem);
        failed = refresh(std::exchange(m_touched, {}), problem);
    }
    if (!failed.isEmpty())
        reopenOptimistic();
    m_touched.unite(failed); // read again with the next change
    if (m_listener)
        m_listener();
}

QSet<QString> Replica::refresh(const QSet<QString> &touched, Error &problem)
{
    QSet<QString> failed;
    std::erase_if(m_queries, [](const auto &query) { return query.expired(); });
    for (const auto &weak : m_queries) {
        const std::shared_ptr<LiveQueryBase> query = weak.lock();
        if (!query)
            continue; // its last owner, on another thread, has just let go of it
        const bool affected = std::any_of(query->tables().begin(), query->tables().end(),
                                          [&](const QString &table) { return touched.contains(table); });
        if (!affected)
            continue;
        if (const Result<void> refreshed = query->refresh(*m_confirmed); !refreshed) {
            problem = refreshed.error();
            log::error("replica.query_failed", problem);
            failed.unite({query->tables().begin(), query->tables().end()});
        }
    }
    return failed;
}

} // namespace strop::sync
