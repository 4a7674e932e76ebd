#pragma once

#include "shared/storage/database.h"

#include <QStringList>

namespace strop::server {

/// Looks for everything that may not be in a server's database: damaged pages, rows that do not decode,
/// versions above their business's newest, a barber with two customers at once, gaps in a device's settled
/// writes, a business whose secret key is gone. Each finding is a sentence; none means that the database is
/// sound. Reads every row.
[[nodiscard]] Result<QStringList> findDefects(storage::Database &database);

} // namespace strop::server
