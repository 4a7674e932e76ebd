#pragma once

#include "server/auth/account_store.h"
#include "shared/mutators/mutation.h"
#include "shared/protocol/messages.h"
#include "shared/storage/row_store.h"

#include <array>

namespace strop::server {

/// What one device pushed at once.
struct PushJob
{
    Device device;
    std::vector<protocol::PushedMutation> mutations;
};

/// What a batch changed in one business, encoded once for each role and shared by every connection.
struct Commit
{
    BusinessId business;
    qint64 from = 0;                       ///< Newest version before,
    qint64 to = 0;                         ///< and after.
    std::array<QByteArray, 5> deltaByRole; ///< Encoded protocol::Delta, by Role.
    QByteArray epoch = {}; ///< Not empty: nothing changed, but a history of that name has begun.
};

struct BatchOutcome
{
    std::vector<Result<protocol::Ack>> answers; ///< One a job, in order.
    std::vector<std::shared_ptr<const Commit>> commits;
};

/// The one place where writes get their order. A batch of pushes is one database transaction with a write set
/// for each mutation (group commit): the disk is waited for once. Each accepted mutation gets the next
/// version of its business. A rejected one is settled too, with a durable reason, so nothing blocks the queue
/// behind it.
///
/// Exactly once: a device's mutation ids count up without gaps. Lower ones are answered again from the log
/// without effect; a gap is OutOfOrder; a hash that does not continue the device's chain is IdentityConflict:
/// a copied or restored folder. A number that is new, with a uuid that is known, is answered from the log as
/// well, whichever device pushed it first: devices take new identities. Plain and synchronous; used on the
/// thread of its database.
class Authority
{
public:
    Authority(storage::Database &database, const Clock &clock)
        : m_database(database)
        , m_clock(clock)
    {}

    /// An error means that nothing of the whole batch was committed, and that nothing may be acknowledged.
    [[nodiscard]] Result<BatchOutcome> apply(const std::vector<PushJob> &jobs);

    /// Applies one write of the server's own inside the caller's transaction. The error is the rejection;
    /// after a storage failure the caller must roll back.
    Result<void> applyInternally(const mutators::Actor &actor, const mutators::Mutation &mutation);

    /// What applyInternally changed since the last call.
    [[nodiscard]] Result<std::vector<std::shared_ptr<const Commit>>> takeCommits();

    /// The caller's transaction was rolled back.
    void forgetUncommitted() { m_pending.clear(); }

    [[nodiscard]] Result<qint64> head(BusinessId business);

    /// The newest settled mutation of a device.
    [[nodiscard]] Result<qint64> lastMutationId(DeviceId device);

    /// How far a device's outbox is settled.
    struct Progress
    {
        qint64 lastId = 0;
        QByteArray hash; ///< Of that mutation's chain.
    };
    [[nodiscard]] Result<Progress> progressOf(DeviceId device);

private:
    struct Pending
    {
        qint64 from = 0;
        qint64 to = 0;
        qint64 durable = 0;
        storage::RowStore::Changes changes;
    };

    Result<protocol::Ack> applyPush(const PushJob &job);
    Result<void> checkChain(const PushJob &job, Progress progress);
    Result<protocol::Settled> settledBefore(const PushJob &job, const protocol::PushedMutation &pushed);
    Result<protocol::Settled> settle(const PushJob &job, const protocol::PushedMutation &pushed);
    Result<std::optional<protocol::Settled>> repeat(const PushJob &job,
                                                    const protocol::PushedMutation &pushed, const Uuid &uuid);
    Result<void> applyVersioned(const mutators::Actor &actor, const mutators::Mutation &mutation,
                                Pending &pending);
    Result<Pending *> pendingOf(BusinessId business);
    Result<std::shared_ptr<const Commit>> encodeCommit(BusinessId business, const Pending &pending);

    storage::Database &m_database;
    const Clock &m_clock;
    std::map<BusinessId, Pending> m_pending; ///< What the open transaction has changed so far.
};

} // namespace strop::server
