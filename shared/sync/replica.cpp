#include "shared/sync/replica.h"

#include "shared/base/log.h"
#include "shared/mutators/registry.h"
#include "shared/storage/migrations.h"

#include <QDir>

namespace strop::sync {

using storage::Database;
using storage::RowReader;

namespace {

Result<void> createConfirmed(Database &database)
{
    STROP_TRY(storage::createSyncedTables(database));
    STROP_TRY(database.run(QStringLiteral(
        "CREATE TABLE replica (cursor INTEGER NOT NULL, epoch BLOB NOT NULL, complete INTEGER NOT NULL)")));
    STROP_TRY(database.run(QStringLiteral("INSERT INTO replica VALUES (0, x'', 0)")));
    return {};
}

constexpr storage::Migration migrations[] = {{1, "synced tables and the cursor", createConfirmed}};

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
    STROP_TRY_ASSIGN(auto confirmed, storage::openMigrated({folder + QStringLiteral("/confirmed.db"),
                                                            storage::Durability::Normal, false, false},
                                                           migrations));
    std::unique_ptr<Replica> replica(
        new Replica(std::move(lock), std::move(confirmed), std::move(outbox), actor, clock));
    STROP_TRY(replica->loadMeta());
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
    const QString name = QStringLiteral("mutation");
    STROP_TRY(m_confirmed->savepoint(name));
    if (Result<void> applied = mutators::applyMutation(m_rows, m_actor, mutation); !applied) {
        STROP_TRY(m_confirmed->rollbackTo(name));
        return applied;
    }
    return {};
}

Result<qint64> Replica::mutate(const mutators::Mutation &mutation)
{
    STROP_TRY(applyOptimistically(mutation));
    const Result<qint64> id = m_outbox->append(mutation, m_clock.now());
    if (!id) {
        STROP_TRY(m_confirmed->rollbackTo(QStringLiteral("mutation")));
        return id;
    }
    STROP_TRY(m_confirmed->release(QStringLiteral("mutation")));
    collectTouched();
    publish();
    return id;
}

Result<void> Replica::openOptimistic()
{
    STROP_TRY(m_confirmed->begin());
    m_rows.setVersion(0);
    for (const OutboxEntry &entry : m_outbox->entries()) {
        // A write that does not go on top of the newest rows shows nothing here; the server will say what
        // becomes of it.
        if (applyOptimistically(entry.mutation))
            STROP_TRY(m_confirmed->release(QStringLiteral("mutation")));
    }
    collectTouched();
    return {};
}

Result<void> Replica::rebase(const std::function<Result<void>()> &confirm)
{
    STROP_TRY(m_confirmed->rollback());
    m_touched.unite(std::exchange(m_optimistic, {}));
    STROP_TRY(m_confirmed->begin());
    Result<void> confirmed = confirm();
    m_touched.unite(std::exchange(m_optimistic, {}));
    if (confirmed)
        confirmed = m_confirmed->commit();
    if (!confirmed)
        STROP_TRY(m_confirmed->rollback());
    if (const Result<void> moved = m_confirmed->checkpoint(); !moved)
        log::error("replica.checkpoint_failed", moved.error());
    STROP_TRY(openOptimistic());
    return confirmed;
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
        STROP_TRY(saveMeta(batch.to, m_epoch, m_complete));
        // Entries whose effects have just arrived leave with the cursor that covers them. Were the power to
        // fail between the two files, the entry would be replayed on top of its own effect, be refused here,
        // and be dropped at the next ack.
        return m_outbox->dropCovered(batch.to).map([](bool) {});
    }));
    m_cursor = batch.to;
    publish();
    return true;
}

Result<void> Replica::settle(const protocol::Ack &ack)
{
    STROP_TRY(m_outbox->settle(ack.settled, ack.version));
    STROP_TRY(m_outbox->dropCovered(m_cursor));
    STROP_TRY(rebase([]() -> Result<void> { return {}; }));
    publish();
    return {};
}

Result<void> Replica::noteCaughtUp()
{
    if (m_complete)
        return {};
    STROP_TRY(rebase([&] { return saveMeta(m_cursor, m_epoch, true); }));
    m_complete = true;
    publish();
    return {};
}

Result<void> Replica::startOver(const QByteArray &epoch)
{
    STROP_TRY(rebase([&]() -> Result<void> {
        STROP_TRY(m_rows.clear());
        [[maybe_unused]] const auto written = m_rows.takeChanges();
        for (const storage::TableDescriptor *table : storage::allTables())
            m_touched.insert(table->name());
        return saveMeta(0, epoch, false);
    }));
    m_cursor = 0;
    m_epoch = epoch;
    m_complete = false;
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
    STROP_TRY(query->refresh(*m_confirmed));
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
    std::erase_if(m_queries, [](const auto &query) { return query.expired(); });
    for (const auto &weak : m_queries) {
        const std::shared_ptr<LiveQueryBase> query = weak.lock();
        const bool affected = std::any_of(query->tables().begin(), query->tables().end(),
                                          [&](const QString &table) { return touched.contains(table); });
        if (!affected)
            continue;
        if (const Result<void> refreshed = query->refresh(*m_confirmed); !refreshed)
            log::error("replica.query_failed", refreshed.error());
    }
    if (m_listener)
        m_listener();
}

} // namespace strop::sync
