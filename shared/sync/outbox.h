#pragma once

#include "shared/base/clock.h"
#include "shared/mutators/mutation.h"
#include "shared/protocol/messages.h"
#include "shared/sync/outbox_file.h"

#include <deque>
#include <functional>
#include <vector>

namespace strop::sync {

/// A write on its way. Stays here until its effects have come back as confirmed rows.
struct OutboxEntry
{
    qint64 id = 0; ///< 1, 2, 3, … per device
    QByteArray hash;
    mutators::Mutation mutation;
    Instant createdAt;
    std::optional<qint64>
        settledVersion; ///< Set once acknowledged: its effects are in versions up to this one.
    qint64 acknowledgedVersion =
        0; ///< Of one that is offered again: under which a server had settled it that lost it.
};

/// A write that the server refused, or that a damaged file has lost, kept until somebody has dealt with it.
struct Rejection
{
    qint64 id = 0;
    mutators::Mutation mutation;
    Error error;
    Instant createdAt;
};

/// The name of the mutation in a Rejection that tells of lost writes (see Outbox); no mutator has it.
inline constexpr QLatin1String lostWrites("outbox.lost");

/// The only precious file of a device: outbox.db, the queue of its writes. An entry is on the disk
/// (synchronous=FULL) before append() returns. Each carries hash = BLAKE2b(previous hash, id, mutation), so
/// that the server notices a copied or restored folder.
///
/// An entry *waits* until the server has settled it, is *in transit* until its effects are among the
/// confirmed rows, and then *retained* until a backup of the server has it: a server that is restored from an
/// older one gets it again. entries() are those of the first two kinds, mirrored in memory; the retained ones
/// are on the disk only, at most `maxRetained` of them and none older than `retainedFor`.
///
/// A damaged file is put aside, and what it still proves is taken over (outbox_salvage.h).
class Outbox
{
public:
    static constexpr qsizetype maxRetained = 20'000;
    static constexpr Millis retainedFor = std::chrono::days(30);

    [[nodiscard]] static Result<std::unique_ptr<Outbox>> open(const QString &path);

    // Whose it is

    /// None while nobody has bound it: a new file, or one of protocol 1.
    [[nodiscard]] std::optional<OutboxOwner> owner() const;

    /// Makes it the queue of that owner. One of another device of the same business and role is taken over:
    /// its entries are numbered from 1 again in a chain of the new device, under the uuids that they have,
    /// and all are offered to the server. In one transaction.
    Result<void> bind(const OutboxOwner &owner);

    // Writing

    /// Queues a write and answers its id. On an error nothing is queued.
    Result<qint64> append(const mutators::Mutation &mutation, Instant now);

    /// In order of id: what waits and what is in transit.
    [[nodiscard]] const std::vector<OutboxEntry> &entries() const { return m_entries; }

    /// Nothing waits, nothing is in transit, and nothing retained has yet to be offered.
    [[nodiscard]] bool isIdle() const { return m_entries.empty() && m_toOffer == 0; }

    [[nodiscard]] qsizetype retainedCount() const { return qsizetype(m_retained.size()); }

    [[nodiscard]] const std::vector<Rejection> &rejections() const { return m_rejections; }
    Result<void> dismissRejection(qint64 id);

    /// Keeps another form of a refused write in its place; no effect for an unknown id.
    Result<void> replaceRejected(qint64 id, const mutators::Mutation &mutation);

    // Syncing

    /// What the server said of some entries. Unknown ids are ignored: an ack may come twice.
    Result<void> settle(const std::vector<protocol::Settled> &settled, qint64 version);

    /// Entries in transit whose effects a replica at this cursor holds become retained. Answers whether there
    /// were any. In memory: a replica says it again when it opens.
    bool retain(qint64 cursor);

    /// The confirmed rows are forgotten; what was retained stays so, although the cursor is low again.
    Result<void> keepRetained();

    /// Drops what is retained and durable on the server.
    Result<void> dropDurable(qint64 version);

    /// Drops what is retained for too long.
    Result<void> dropOld(Instant now);

    /// Drops those retained ones that must not stay on this disk, durable or not.
    Result<void> forgetRetained(const std::function<bool(const mutators::Mutation &)> &which);

    /// The server's record of this device ends at that number: what it had settled above waits again.
    /// Answers whether there was any.
    Result<bool> offerAgainAbove(qint64 lastMutationId);

    /// Whether this queue goes on where the server's record ends: it proves to hold every number above, in
    /// the server's chain.
    [[nodiscard]] Result<bool> continuesFrom(qint64 lastMutationId, const QByteArray &hash);

    /// Entries above an id that are not settled, for the wire: at most protocol::maxPushed and about
    /// `maxBytes`.
    [[nodiscard]] Result<std::vector<protocol::PushedMutation>> unsettledAfter(qint64 id, qsizetype maxBytes);

    /// The file turned out to be damaged (StorageCorrupt from anything here): puts it aside, and writes what
    /// it proves and what is in memory to a new one. Nothing that waits is lost. On an error everything is
    /// refused from then on.
    Result<void> mend();

    [[nodiscard]] storage::Database &database() { return *m_database; }

private:
    struct Retained
    {
        qint64 id = 0;
        std::optional<qint64> version; ///< None: to be offered to the server.
    };
    /// What one settled entry becomes once the transaction stands.
    struct Verdict
    {
        qint64 id = 0;
        std::optional<Rejection> rejection;
    };

    explicit Outbox(std::unique_ptr<storage::Database> database)
        : m_database(std::move(database))
    {}
    Result<void> load();
    Result<void> reload();
    Result<void> takeOver(const OutboxOwner &owner);
    Result<void> renumber(const std::vector<StoredEntry> &entries, const OutboxOwner &owner);
    [[nodiscard]] std::vector<OutboxEntry>::iterator findEntry(qint64 id);
    [[nodiscard]] std::deque<Retained>::iterator findRetained(qint64 id);
    Result<std::optional<Verdict>> settleOne(const protocol::Settled &settled, qint64 version);
    Result<Rejection> reject(qint64 id, const Error &error);
    void take(const std::vector<Verdict> &verdicts, qint64 version);
    Result<void> dropUpTo(size_t count);

    std::unique_ptr<storage::Database> m_database;
    OutboxChain m_chain;
    std::vector<OutboxEntry> m_entries;
    std::deque<Retained> m_retained; ///< Lower ids than those of m_entries.
    qsizetype m_toOffer = 0;         ///< Of m_retained.
    std::vector<Rejection> m_rejections;
};

} // namespace strop::sync
