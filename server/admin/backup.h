#pragma once

#include "server/authority/store.h"

namespace strop::server {

/// What a backup file holds of one business.
struct BackedUp
{
    BusinessId business;
    qint64 version = 0;
};

/// Writes a consistent copy of the database to a file, which must not exist, beside a server that runs or
/// not. Once the copy is on the disk, its versions are durable: devices let go of what they retained for
/// their sake.
[[nodiscard]] Result<std::vector<BackedUp>> backUp(Store &store, const QString &file);

/// Puts a backup in the place of a data folder's database. The database that was there moves to
/// `<dataDir>/before-restore-<time>.db`. Each business begins a new epoch when the server starts. Unavailable
/// while a server runs on the folder; StorageCorrupt, with nothing changed, for a file that is not sound.
[[nodiscard]] Result<void> restoreBackup(const QString &dataDir, const QString &file, const Clock &clock);

} // namespace strop::server
