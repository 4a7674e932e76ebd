#pragma once

#include "shared/base/clock.h"
#include "shared/mutators/mutation.h"
#include "shared/protocol/messages.h"
#include "shared/storage/database.h"

#include <vector>

namespace strop::sync {

/// A write on its way. Stays until its effects have come back as confirmed rows.
struct OutboxEntry
{
    qint64 id = 0; ///< 1, 2, 3, … per device
    QByteArray hash;
    mutators::Mutation mutation;
    Instant createdAt;
    std::optional<qint64>
        settledVersion; ///< Set once acknowledged: its effects are in versions up to this one.
};

/// A write that the server refused, kept until somebody has dealt with it.
struct Rejection
{
    qint64 id = 0;
    mutators::Mutation mutation;
    Error error;
    Instant createdAt;
};

/// The only precious file of a device: outbox.db, the queue of its writes. An entry is on the disk
/// (synchronous=FULL) before append() returns. Each carries hash = BLAKE2b(previous hash, id, mutation), so
/// that the server notices a copied or restored folder. The queue is mirrored in memory; it is read from the
/// disk once.
class Outbox
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Outbox>> open(const QString &path);

    /// Queues a write and answers its id. On an error nothing is queued.
    Result<qint64> append(const mutators::Mutation &mutation, Instant now);

    /// What the server said of some entries. Unknown ids are ignored: an ack may come twice.
    Result<void> settle(const std::vector<protocol::Settled> &settled, qint64 version);

    /// What the server said is void: its history is another one now. Every entry waits again.
    Result<void> unsettleAll();

    /// Forgets the settled entries whose effects a replica at this cursor holds. Answers whether there were
    /// any. On an error the file still has them; they leave it with the next ones.
    Result<bool> dropCovered(qint64 cursor);

    /// In order of id.
    [[nodiscard]] const std::vector<OutboxEntry> &entries() const { return m_entries; }
    [[nodiscard]] const std::vector<Rejection> &rejections() const { return m_rejections; }
    Result<void> dismissRejection(qint64 id);

    /// Entries above an id that are not settled, for the wire: at most protocol::maxPushed and about
    /// `maxBytes`.
    [[nodiscard]] std::vector<protocol::PushedMutation> unsettledAfter(qint64 id, qsizetype maxBytes) const;

    [[nodiscard]] storage::Database &database() { return *m_database; }

private:
    explicit Outbox(std::unique_ptr<storage::Database> database)
        : m_database(std::move(database))
    {}
    Result<void> load();
    Result<void> reject(const OutboxEntry &entry, const Error &error);

    std::unique_ptr<storage::Database> m_database;
    std::vector<OutboxEntry> m_entries;
    std::vector<Rejection> m_rejections;
    qint64 m_lastId = 0;
    QByteArray m_lastHash;
};

} // namespace strop::sync
