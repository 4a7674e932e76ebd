#pragma once

#include "shared/protocol/messages.h"
#include "shared/storage/database.h"

namespace strop::server {

/// The rows of a business above a cursor as one role sees them: one chunk of a catch-up. The chunk ends at a
/// version that is complete in it, so the device can go on from there after any interruption. Reads one
/// unchanging view; used on the thread of the database.
[[nodiscard]] Result<protocol::Snapshot> readSnapshot(storage::Database &database, BusinessId business,
                                                      Role role, qint64 cursor, qint64 rowsPerTable = 500);

} // namespace strop::server
