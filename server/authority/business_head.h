#pragma once

#include "shared/base/ids.h"
#include "shared/storage/database.h"

#include <vector>

/// The table business_head: where each business's history stands.
namespace strop::server {

struct BusinessHead
{
    qint64 version = 0; ///< The newest.
    qint64 durable = 0; ///< Versions up to this one are in a backup.
    qint64 oldest = 0;  ///< A device with a lower cursor starts over: tombstones up to this one are gone.
    QByteArray epoch;   ///< The random name of this history. A device that has seen another one starts over.
};

/// All zero for a business that has not written yet.
[[nodiscard]] Result<BusinessHead> readHead(storage::Database &database, BusinessId business);

[[nodiscard]] Result<std::vector<BusinessId>> allBusinesses(storage::Database &database);

/// Those whose devices have not yet had the time to offer again what a restored server lost.
[[nodiscard]] Result<std::vector<BusinessId>> recoveringBusinesses(storage::Database &database);

/// Gives the business's history a new name: devices forget their rows, and offer again what the server has
/// lost. Answers the name. In the caller's transaction.
[[nodiscard]] Result<QByteArray> beginEpoch(storage::Database &database, BusinessId business);

/// One more transaction that changed anything. In it.
[[nodiscard]] Result<void> countCommit(storage::Database &database);

[[nodiscard]] Result<qint64> commitCount(storage::Database &database);

} // namespace strop::server
