#include "shared/sync/replica.h"

#include "shared/base/log.h"
#include "shared/mutators/registry.h"
#include "shared/storage/migrations.h"

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

constexpr storage::Migration migrations[] = {{1, "synced tables and the cursor", createConfirmed}};

/// A damaged file is put aside, since all that was in it can be fetched again.
Result<std::unique_ptr<Database>> openConfirmed(const QString &path)
{
    const storage::DatabaseOptions options{path, storage::Durability::Normal};
    Result<std::unique_ptr<Database>> opened = storage::openMigrated(options, migrations);
    if (opened || opened.error().code != ErrorCode::StorageCorrupt)
        return opened;
    log::error("replica.damaged", opened.error(), {{"file", path}});
    for (const char *suffix : {"", "-wal", "-shm"}) {
        const QString part = path + QLatin1String(suffix);
        QFile::remove(part + QStringLiteral(".damaged"));
        QFile::rename(part, part + QStringLiteral(".damaged"));
    }
    return storage::openMigrated(options, migrations);
}

const QString savepointName = QStringLiteral("mutation");

} // namespace

Replica::Replica(std::unique_ptr<QLockFile> lock, std::unique_ptr<Database> confirmed,
                 std::unique_ptr<Outbox> outbox, const mutators::Actor &actor, const Clock &clock)
    : m_lock(std::move(lock))
    , m_confirmed(std::move(confirmed))
    , m_outbox(std::move(outbox))
    , m_actor(actor)
    , m_clock(clock)
    , m_rows(*m_confirmed, actor.business)
{}

Replica::~Replica() = default;

Result<std::unique_ptr<Replica>> Replica::open(const QString &folder, const mutators::Actor &actor,
                                               const Clock &clock)
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
    STROP_TRY_ASSIGN(auto outbox, Outbox::open(folder + QStringLiteral("/outbox.db")));
    STROP_TRY_ASSIGN(auto confirmed, openConfirmed(folder + QStringLiteral("/confirmed.db")));
    std::unique_ptr<Replica> replica(
        new Replica(std::move(lock), std::move(confirmed), std::move(outbox), actor, clock));
    STROP_TRY(replica->loadMeta());
    replica->dropCovered();
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

Result<void> Replica::applyOptimistically(const mutators::Mutation &mutation)
{
    Result<void> applied = m_confirmed->savepoint(savepointName);
    if (applied)
        applied = mutators::applyMutation(m_rows, m_actor, mutation);
    if (!applied && (isStorageFailure(applied.error().code) || !m_confirmed->rollbackTo(savepointName)))
        abandonOptimistic();
    return applied;
}

Result<qint64> Replica::mutate(const mutators::Mutation &mutation)
{
    if (!m_open)
        STROP_TRY(openOptimistic());
    if (const Result<void> applied = applyOptimistically(mutation); !applied) {
        if (!m_open)
            reopenOptimistic();
        return tl::unexpected(applied.error());
    }
    const Result<qint64> id = m_outbox->append(mutation, m_clock.now());
    const Result<void> ended =
        id ? m_confirmed->release(savepointName) : m_confirmed->rollbackTo(savepointName);
    if (!ended)
        reopenOptimistic(); // which shows what the queue holds
    if (!id)
        return id;
    collectTouched();
    publish();
    return id;
}

Result<void> Replica::openOptimistic()
{
    STROP_TRY(m_confirmed->begin());
    m_open = true;
    m_rows.setVersion(0);
    for (const OutboxEntry &entry : m_outbox->entries()) {
        Result<void> replayed = applyOptimistically(entry.mutation);
        // A write that does not go on top of the newest rows shows nothing here; the server will say what
        // becomes of it.
        if (!replayed && m_open)
            continue;
        if (replayed)
            replayed = m_confirmed->release(savepointName);
        if (!replayed) {
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
    if (const Result<void> opened = openOptimistic(); !opened)
        log::error("replica.replay_failed", opened.error()); // tried again at the next write or row
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
        dropCovered();
    const Result<void> replayed = openOptimistic();
    return confirmed ? replayed : confirmed;
}

void Replica::dropCovered()
{
    if (const Result<bool> dropped = m_outbox->dropCovered(m_cursor); !dropped)
        log::error("replica.outbox_not_trimmed", dropped.error());
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
                STROP_TRY(m_rows.writeRow(*rows.table, row));
            m_touched.insert(rows.table->name());
        }
        [[maybe_unused]] const auto written = m_rows.takeChanges();
        return saveMeta(batch.to, m_epoch, m_complete);
    }));
    publish();
    return true;
}

Result<void> Replica::settle(const protocol::Ack &ack)
{
    const size_t waiting = m_outbox->entries().size();
    STROP_TRY(m_outbox->settle(ack.settled, ack.version));
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
    STROP_TRY(m_outbox->unsettleAll());
    STROP_TRY(rebase([&]() -> Result<void> {
        STROP_TRY(m_rows.clear());
        [[maybe_unused]] const auto written = m_rows.takeChanges();
        for (const storage::TableDescriptor *table : storage::allTables())
            m_touched.insert(table->name());
        return saveMeta(0, epoch, false);
    }));
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
    if (const Result<void> refreshed = query->refresh(*m_confirmed); !refreshed) {
        reopenOptimistic();
        return refreshed;
    }
    m_queries.push_back(query);
    return {};
}

void Replica::collectTouched()
{
    for (const auto &[table, ids] : m_rows.takeChanges()) {
        m_touched.insert(table->name());
        m_optimistic.insert(table->name());
    }
}

void Replica::publish()
{
    const QSet<QString> touched = std::exchange(m_touched, {});
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
            log::error("replica.query_failed", refreshed.error());
            failed.unite({query->tables().begin(), query->tables().end()});
        }
    }
    if (!failed.isEmpty())
        reopenOptimistic();
    m_touched.unite(failed); // read again with the next change
    if (m_listener)
        m_listener();
}

} // namespace strop::sync
