#pragma once

#include "shared/base/ids.h"
#include "shared/base/instant.h"
#include "shared/storage/database.h"

namespace strop::server {

/// How long a deleted row is told to devices that were away. One whose cursor is older starts over.
inline constexpr Millis tombstoneLife = std::chrono::days(90);

/// Notes where a business's history stands today, and removes the tombstones that were there `tombstoneLife`
/// ago. Answers how many. To be called about once a day, in the caller's transaction. A wall clock that jumps
/// may remove some early, which costs a fetch and no row.
[[nodiscard]] Result<qint64> purgeTombstones(storage::Database &database, BusinessId business, Instant now);

} // namespace strop::server
