#pragma once

#include "shared/base/clock.h"
#include "shared/mutators/mutation.h"
#include "shared/protocol/messages.h"
#include "shared/storage/row_store.h"
#include "shared/sync/live_query.h"
#include "shared/sync/outbox.h"

#include <QLockFile>
#include <QSet>

namespace strop::sync {

/// A device's copy of its business: the rows that the server confirmed, with the device's own waiting writes
/// replayed on top. Plain and synchronous, used on one thread (net::ReplicaHost gives it one). No sockets:
/// sync::Session feeds it.
///
/// `<folder>/confirmed.db` can be thrown away and fetched again; `<folder>/outbox.db` is precious (see
/// Outbox). The optimistic state is an open transaction on confirmed.db:
///
///     BEGIN; replay the outbox; …stay open…        a new write: SAVEPOINT, apply, append to the outbox,
///     RELEASE server rows: ROLLBACK; BEGIN; rows and cursor; COMMIT; BEGIN; replay what still waits
///
/// Over a failing disk, even under a SELECT, SQLite may end a transaction by itself. The optimistic one is
/// then begun again before the next write: a savepoint outside of it would commit what is only optimistic.
///
/// A write-ahead-log checkpoint inside the open transaction would be SQLITE_LOCKED. SQLite takes it by itself
/// at the COMMIT that makes the log a thousand pages long, and not after every delta, which would wait for
/// the disk twice before a row is seen. Every SELECT is finished before the ROLLBACK, or it would go on
/// reading rows that are gone.
class Replica
{
public:
    /// NotFound for a folder that cannot be created, DatabaseTooNew, StorageReadOnly, …; Unavailable when
    /// another process uses the folder.
    [[nodiscard]] static Result<std::unique_ptr<Replica>>
    open(const QString &folder, const mutators::Actor &actor, const Clock &clock);
    ~Replica();

    // Writing

    /// Applies a write and queues it. When this returns an id, the write is on the disk and will reach the
    /// server; when it returns an error, nothing has changed.
    Result<qint64> mutate(const mutators::Mutation &mutation);

    [[nodiscard]] Outbox &outbox() { return *m_outbox; }
    Result<void> dismissRejection(qint64 id);

    // Reading

    /// Registers a live query and runs it. It ends when the last owner lets go of it.
    Result<void> watch(const std::shared_ptr<LiveQueryBase> &query);

    /// Reads once, optimistic state included. For tools and tests; screens use live queries.
    [[nodiscard]] storage::Database &database() { return *m_confirmed; }
    [[nodiscard]] storage::RowStore &rows() { return m_rows; }

    // Syncing (called by Session)

    [[nodiscard]] qint64 cursor() const { return m_cursor; }
    [[nodiscard]] const QByteArray &epoch() const { return m_epoch; }

    /// Whether a catch-up has ever ended: until then rows are missing, and what looks free may be taken.
    [[nodiscard]] bool isComplete() const { return m_complete; }

    /// Takes confirmed rows. False when they begin above the cursor: something is missing, pull. Rows of
    /// versions up to the cursor are known and skipped. InvalidArgument for malformed rows, with nothing
    /// applied.
    Result<bool> applyBatch(const protocol::RowBatch &batch);

    /// A catch-up has ended: everything that the server had is here.
    Result<void> noteCaughtUp();

    /// Takes the server's word on queued writes.
    Result<void> settle(const protocol::Ack &ack);

    /// The server's history is another one than ours: forgets all confirmed rows. The outbox stays.
    Result<void> startOver(const QByteArray &epoch);

    /// Called after every change of what waits, of the rejections or of the cursor.
    void setListener(std::function<void()> listener) { m_listener = std::move(listener); }

private:
    Replica(std::unique_ptr<QLockFile> lock, std::unique_ptr<storage::Database> confirmed,
            std::unique_ptr<Outbox> outbox, const mutators::Actor &actor, const Clock &clock);

    Result<void> loadMeta();

    /// On success a savepoint is left open: release it or roll back to it.
    Result<void> applyOptimistically(const mutators::Mutation &mutation);
    Result<void> openOptimistic();
    void reopenOptimistic();
    void abandonOptimistic();

    /// Rolls the optimistic state back, runs `confirm` in a committed transaction, forgets the writes whose
    /// effects are now confirmed, and replays the rest.
    Result<void> rebase(const std::function<Result<void>()> &confirm);
    void dropCovered();
    Result<void> saveMeta(qint64 cursor, const QByteArray &epoch, bool complete);
    void collectTouched();
    void publish();

    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<storage::Database> m_confirmed;
    std::unique_ptr<Outbox> m_outbox;
    mutators::Actor m_actor;
    const Clock &m_clock;
    storage::RowStore m_rows;
    qint64 m_cursor = 0;
    QByteArray m_epoch;
    bool m_complete = false;
    bool m_open = false;        ///< The optimistic transaction is there, whole.
    QSet<QString> m_touched;    ///< Tables changed since the live queries were last refreshed.
    QSet<QString> m_optimistic; ///< Tables that hold replayed writes.
    std::vector<std::weak_ptr<LiveQueryBase>> m_queries;
    std::function<void()> m_listener;
};

} // namespace strop::sync
