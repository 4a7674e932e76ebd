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
/// `<folder>/confirmed.db` can be thrown away and fetched again: where any read or write finds it damaged,
/// that happens at once, and the operation is refused with Unavailable. `<folder>/outbox.db` is precious (see
/// Outbox). The optimistic state is an open transaction on confirmed.db:
///
///     BEGIN; replay the outbox; …stay open…
///     a new write: run the mutator over a write set; append to the outbox; flush the write set
///     server rows: ROLLBACK; BEGIN; rows and cursor; COMMIT; BEGIN; replay what still waits
///
/// Over a failing disk, even under a SELECT, SQLite may end a transaction by itself. The optimistic one is
/// then begun again before the next write: outside of it, what is only optimistic would be committed.
///
/// A write-ahead-log checkpoint inside the open transaction would be SQLITE_LOCKED. SQLite takes it by itself
/// at the COMMIT that makes the log a thousand pages long, and not after every delta, which would wait for
/// the disk twice before a row is seen. Every SELECT is finished before the ROLLBACK, or it would go on
/// reading rows that are gone.
class Replica
{
public:
    /// NotFound for a folder that cannot be created, DatabaseTooNew, StorageReadOnly, …; Unavailable when
    /// another process uses the folder. `clock` and `random` outlive the replica. What another device of the
    /// same business and role has left in the folder is taken over (Outbox::bind); what one of another
    /// business or role has left is set aside (setReplicaAside).
    [[nodiscard]] static Result<std::unique_ptr<Replica>>
    open(const QString &folder, const mutators::Actor &actor, const Clock &clock, Random &random);
    ~Replica();

    // Writing

    /// Applies a write and queues it, under a fresh UUIDv7 if it has no uuid yet. When this returns an id,
    /// the write is on the disk and will reach the server; when it returns an error, nothing has changed. A
    /// kiosk's disk takes no customer in plain text: NotPermitted (requireSealed).
    Result<qint64> mutate(const mutators::Mutation &mutation);

    [[nodiscard]] Outbox &outbox() { return *m_outbox; }
    Result<void> dismissRejection(qint64 id);

    // Reading

    /// Registers a live query and runs it. It ends when the last owner lets go of it.
    Result<void> watch(const std::shared_ptr<LiveQueryBase> &query);

    /// Reads once, optimistic state included. For tools and tests; screens use live queries.
    [[nodiscard]] storage::Database &database() { return *m_confirmed; }
    [[nodiscard]] storage::RowStore &rows() { return *m_rows; }

    [[nodiscard]] const QString &folder() const { return m_folder; }

    /// How often confirmed.db was found damaged, and begun afresh, since the replica was opened. What reads
    /// rows without it must be told by the server again.
    [[nodiscard]] int rebuilds() const { return m_rebuilds; }

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

    /// The server's history is another one than ours, or has let go of what we would need: forgets all
    /// confirmed rows. The outbox stays.
    Result<void> startOver(const QByteArray &epoch);

    /// What the server's record of this device says: offers again what it has lost. False when the queue does
    /// not go on where the record ends: the device needs a new identity.
    Result<bool> resume(qint64 lastMutationId, const QByteArray &chainHash);

    /// The server's backups hold these versions: what was retained for their sake goes.
    Result<void> noteDurable(qint64 version);

    /// The device is another one to the server from now on, in the same business and role.
    Result<void> adopt(const mutators::Actor &actor);

    /// Called after every change of what waits, of the rejections or of the cursor.
    void setListener(std::function<void()> listener) { m_listener = std::move(listener); }

private:
    Replica(const QString &folder, std::unique_ptr<QLockFile> lock,
            std::unique_ptr<storage::Database> confirmed, std::unique_ptr<Outbox> outbox,
            const mutators::Actor &actor, const Clock &clock, Random &random);

    Result<void> loadMeta();

    Result<void> replay(const mutators::Mutation &mutation);
    Result<void> openOptimistic();
    void reopenOptimistic();
    void abandonOptimistic();

    /// Rolls the optimistic state back, runs `confirm` in a committed transaction, retains the writes whose
    /// effects are now confirmed, and replays the rest.
    Result<void> rebase(const std::function<Result<void>()> &confirm);
    void retainCovered();
    void scrub(); ///< See scrubPlainText. Outside of a transaction.

    /// Passes an outcome of confirmed.db on, and begins the file afresh if it says that it is damaged.
    Result<void> mended(Result<void> outcome);
    void rebuild(const Error &found);
    Result<void> saveMeta(qint64 cursor, const QByteArray &epoch, bool complete);
    void collectTouched();
    void publish();

    /// Runs the live queries over these tables again. Answers the tables of those that failed, and the last
    /// reason.
    QSet<QString> refresh(const QSet<QString> &touched, Error &problem);

    QString m_folder;
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<storage::Database> m_confirmed;
    std::unique_ptr<Outbox> m_outbox;
    mutators::Actor m_actor;
    const Clock &m_clock;
    Random &m_random;
    std::optional<storage::RowStore> m_rows; ///< Over m_confirmed; always there.
    int m_rebuilds = 0;
    qint64 m_cursor = 0;
    QByteArray m_epoch;
    bool m_complete = false;
    bool m_scrubbed = false;    ///< A kiosk's folder holds no plain text of an older version.
    bool m_open = false;        ///< The optimistic transaction is there, whole.
    QSet<QString> m_touched;    ///< Tables changed since the live queries were last refreshed.
    QSet<QString> m_optimistic; ///< Tables that hold replayed writes.
    std::vector<std::weak_ptr<LiveQueryBase>> m_queries;
    std::function<void()> m_listener;
};

} // namespace strop::sync
