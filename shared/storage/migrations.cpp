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

/// Says of an index of so many columns that its leading ones say next to nothing, and all of them together
/// all: the number of rows, then how many of them share the first column, the first two, … the last.
Result<void> addStatistics(Database &database, const TableDescriptor &table, const QString &index,
                           int columns)
{
    const QString rows = QStringLiteral("1000000 ");
    return database
        .run(QStringLiteral("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)"),
             {table.name(), index.arg(table.name()), rows.repeated(columns) + u'1'})
        .map([](qint64) {});
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
    // SQLite takes what a program wrote to the log and was killed before it could sync for committed. Whoever
    // builds on it, an answer to somebody for one, may have nothing of its own to write, and so to sync.
    if (options.durability == Durability::Full)
        STROP_TRY(database->checkpoint());
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

Result<void> updateSyncedTables(Database &database)
{
    for (const TableDescriptor *table : allTables()) {
        QSet<QString> present;
        STROP_TRY(database.each(QStringLiteral("SELECT name FROM pragma_table_info(?)"), {table->name()},
                                [&](const RowReader &row) -> Result<void> {
                                    present.insert(row.text(0));
                                    return {};
                                }));
        const QStringList statements = present.isEmpty()
                                           ? table->ddl(database.bytesType())
                                           : table->missingColumns(present, database.bytesType());
        for (const QString &statement : statements)
            STROP_TRY(database.run(statement));
    }
    return {};
}

Result<void> planForOneBusiness(Database &database)
{
    // Makes sqlite_stat1. Its content is made up and not measured, so that plans do not change as the file
    // grows.
    STROP_TRY(database.run(QStringLiteral("ANALYZE")));
    for (const TableDescriptor *table : allTables()) {
        STROP_TRY(addStatistics(database, *table, QStringLiteral("sqlite_autoindex_%1_1"), 2));
        STROP_TRY(addStatistics(database, *table, QStringLiteral("%1_version"), 2));
        for (const Index &index : table->indexes())
            STROP_TRY(addStatistics(database, *table, QStringLiteral("%1_") + index.name,
                                    int(index.columns.size()) + 1));
    }
    // Has the planner read it now; later it does so when it opens the file.
    return database.run(QStringLiteral("ANALYZE sqlite_schema")).map([](qint64) {});
}

} // namespace strop::storage
