#pragma once

#include "shared/storage/database.h"

#include <QLockFile>

namespace strop::server {

/// `<dataDir>/strop.db`, the server's one database file.
[[nodiscard]] QString serverDatabasePath(const QString &dataDir);

/// Opens the server's database and brings its schema up to date. Creates the
/// folder if need be. WAL with one writer; readers open it again with `readOnly`. DatabaseTooNew,
/// StorageReadOnly and so on as storage says.
[[nodiscard]] Result<std::unique_ptr<storage::Database>> openServerDatabase(const QString &dataDir,
                                                                            bool readOnly = false);

/// What a server that runs holds on its data folder; strop-admin works beside it, but for a restore.
/// Unavailable when another one has it.
[[nodiscard]] Result<std::unique_ptr<QLockFile>> lockServerFolder(const QString &dataDir);

/// The random name of this file's history, made with the file and anew after each restore. Each business has
/// one of its own, which begins as this one (business_head.h).
[[nodiscard]] Result<QByteArray> serverEpoch(storage::Database &database);

} // namespace strop::server
