#pragma once

#include "shared/storage/database.h"

#include <span>

namespace strop::storage {

/// One step of a file's schema. Numbers count from 1 without gaps; a released step never changes.
struct Migration
{
    int number;
    const char *what;
    Result<void> (*apply)(Database &database);
};

/// Opens a database and brings its schema to the last of `migrations`, each in a transaction of its own. A
/// file that a newer program wrote is refused with DatabaseTooNew before a byte of it is touched.
[[nodiscard]] Result<std::unique_ptr<Database>> openMigrated(const DatabaseOptions &options,
                                                             std::span<const Migration> migrations);

/// Creates every synced table (tables.h). The first step of both the replica's and the server's schema.
[[nodiscard]] Result<void> createSyncedTables(Database &database);

/// Brings a file that an older program wrote to the present descriptions: creates the synced tables that it
/// lacks and adds the columns that it lacks, empty. No effect on a file that has them all, so that a step can
/// be written with it however the file was made.
[[nodiscard]] Result<void> updateSyncedTables(Database &database);

/// For a file that holds one business only, after createSyncedTables: queries that do not name the business
/// use the indexes all the same, each of which begins with it
/// (https://www.sqlite.org/optoverview.html#skipscan). Without it SQLite reads the whole table for them.
[[nodiscard]] Result<void> planForOneBusiness(Database &database);

} // namespace strop::storage
