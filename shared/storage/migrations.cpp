#include "shared/storage/migrations.h"

#include "shared/storage/tables.h"

namespace strop::storage {
namespace {

Result<void> applyOne(Database &database, const Migration &migration)
{
    return inTransaction(database, [&]() -> Result<void> {
        STROP_TRY(migration.apply(database));
        return database.setSchemaVersion(migration.number);
    });
}

} // namespace

Result<std::unique_ptr<Database>> openMigrated(const DatabaseOptions &options,
                                               std::span<const Migration> migrations)
{
    STROP_TRY_ASSIGN(std::unique_ptr<Database> database, Database::open(options));
    STROP_TRY_ASSIGN(const int version, database->schemaVersion());
    const int newest = migrations.back().number;
    if (version > newest)
        return fail(
            ErrorCode::DatabaseTooNew,
            QStringLiteral(
                "%1 was written by a newer version of Strop. Install the newest version and start again; "
                "the file has not been touched.")
                .arg(options.path),
            QStringLiteral("schema %1, this program knows %2").arg(version).arg(newest));
    if (options.readOnly)
        return database;
    STROP_TRY(database->cell(QStringLiteral("PRAGMA journal_mode = WAL")));
    for (const Migration &migration : migrations) {
        if (migration.number > version)
            STROP_TRY(applyOne(*database, migration));
    }
    return database;
}

Result<void> createSyncedTables(Database &database)
{
    for (const TableDescriptor *table : allTables()) {
        for (const QString &statement : table->ddl(database.bytesType()))
            STROP_TRY(database.run(statement));
    }
    return {};
}

} // namespace strop::storage
