#pragma once

#include "shared/base/ids.h"
#include "shared/base/role.h"
#include "shared/storage/database.h"

#include <QStringList>

namespace strop::test {

/// Compares every row that a device holds, tombstones included, with what the server's database shows to the
/// device's role, cell by cell. Answers each difference in words; none means that the two agree. Both
/// databases must show confirmed rows only: a closed replica's confirmed.db, or one whose outbox is empty.
[[nodiscard]] Result<QStringList> differences(storage::Database &server, storage::Database &device,
                                              BusinessId business, Role role);

} // namespace strop::test
