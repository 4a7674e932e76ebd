#pragma once

#include "shared/sync/replica.h"
#include "tests/bench/busy_shop.h"

namespace strop::bench {

/// What a device of the owner of a busy shop holds after its first sync.
struct FilledReplica
{
    std::shared_ptr<SeededRandom> random = std::make_shared<SeededRandom>(5); ///< Outlives the replica.
    std::unique_ptr<sync::Replica> replica;
    qint64 rows = 0;        ///< How many it was sent,
    double fillSeconds = 0; ///< and how long it took to take them.
};

/// Opens a new folder's replica and sends it the whole shop in big batches, as the owner's device gets them.
[[nodiscard]] Result<FilledReplica> fillReplica(const QString &folder, const mutators::Actor &owner,
                                                const BusyShop &shop, const Clock &clock);

/// Rows as the server sends them to an owner.
[[nodiscard]] protocol::RowBatch batchOf(qint64 from, qint64 to,
                                         const std::vector<storage::TableRows> &tables);

/// Queues writes without waiting for the disk at each: for filling an outbox that is then measured.
Result<void> queueQuickly(sync::Replica &replica, const std::vector<mutators::Mutation> &writes);

/// Some owner's device.
[[nodiscard]] mutators::Actor anyOwner(const Clock &clock, Random &random);

} // namespace strop::bench
