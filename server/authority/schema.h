#pragma once

#include "shared/storage/database.h"

namespace strop::server {

/// `<dataDir>/strop.db`, the server's one database file.
[[nodiscard]] QString serverDatabasePath(const QString &dataDir);

/// Opens the server's database and brings its schema up to date. Creates the
/// folder if need be. WAL with one writer; readers open it again with `readOnly`. DatabaseTooNew,
/// StorageReadOnly and so on as storage says.
[[nodiscard]] Result<std::unique_ptr<storage::Database>> openServerDatabase(const QString &dataDir,
                                                                            bool readOnly = false);

/// The random name of this history of versions, made with the file. A device that has seen another one starts
/// over.
[[nodiscard]] Result<QByteArray> serverEpoch(storage::Database &database);

} // namespace strop::server
