#include "shared/storage/database.h"

#include <sqlite3.h>

namespace strop::storage {
namespace {

/// How long a statement waits for another connection's lock. Readers never wait in WAL mode; strop-admin and
/// the server, both writing, do.
constexpr int busyTimeoutMs = 5000;

} // namespace

tl::unexpected<Error> Database::failure(int code, const QString &sql) const
{
    const QString detail =
        QStringLiteral("%1 [%2] %3").arg(QString::fromUtf8(sqlite3_errmsg(m_connection))).arg(code).arg(sql);
    // The index of the write-ahead log could not grow, for want of room.
    const int primary = code == SQLITE_IOERR_SHMSIZE ? SQLITE_FULL : code & 0xFF;
    switch (primary) { // https://www.sqlite.org/rescode.html
    case SQLITE_FULL:
        return fail(
            ErrorCode::StorageFull,
            QStringLiteral("The disk is full, so nothing was saved. Free some space on it and try again."),
            detail);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return fail(
            ErrorCode::StorageReadOnly,
            QStringLiteral("%1 cannot be written, so nothing was saved. Give this user write permission to "
                           "the file and its folder.")
                .arg(m_path),
            detail);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return fail(ErrorCode::StorageCorrupt,
                    QStringLiteral("%1 is damaged. Restore it from a backup.").arg(m_path), detail);
    case SQLITE_IOERR:
        return fail(ErrorCode::StorageFailure,
                    QStringLiteral("The disk under %1 failed. Check it before going on.").arg(m_path),
                    detail);
    default:
        return fail(ErrorCode::StorageFailure, QStringLiteral("The database refused an operation."), detail);
    }
}

Database::Database(QString path)
    : m_path(std::move(path))
{}

Database::~Database()
{
    m_statements.clear();
    sqlite3_close_v2(m_connection);
}

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions &options)
{
    std::unique_ptr<Database> database(new Database(options.path));
    const int access = options.readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    // One thread a connection, so SQLite need not lock it; extended codes tell a full disk from a broken one.
    const int code = sqlite3_open_v2(options.path.toUtf8().constData(), &database->m_connection,
                                     access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK)
        return database->failure(code, QStringLiteral("open"));
    sqlite3_busy_timeout(database->m_connection, busyTimeoutMs);
    STROP_TRY(database->configure(options));
    return database;
}

Result<void> Database::configure(const DatabaseOptions &options)
{
    // journal_mode is set by the first migration (migrations.cpp): opening must not touch a newer program's
    // file.
    STROP_TRY(run(options.durability == Durability::Full ? QStringLiteral("PRAGMA synchronous = FULL")
                                                         : QStringLiteral("PRAGMA synchronous = NORMAL")));
    // Sorts and what a statement of many rows keeps to be undone: never a system call for each page.
    STROP_TRY(run(QStringLiteral("PRAGMA temp_store = MEMORY")));
    STROP_TRY(run(QStringLiteral("PRAGMA cache_size = -32000")));
    return {};
}

Result<Database::Statement> Database::take(const QString &sql, const Values &bindings)
{
    Statement statement = m_statements.take(sql);
    if (!statement) {
        statement = std::make_shared<SqliteStatement>();
        if (const int code = statement->prepare(m_connection, sql); code != SQLITE_OK)
            return failure(code, sql);
    }
    if (const int code = statement->bind(bindings); code != SQLITE_OK)
        return failure(code, sql);
    return statement;
}

void Database::giveBack(const QString &sql, Statement statement)
{
    statement->reset();
    m_statements.insert(sql, std::move(statement));
}

Result<qint64> Database::run(const QString &sql, const Values &bindings)
{
    STROP_TRY_ASSIGN(Statement statement, take(sql, bindings));
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW)
        code = statement->step();
    Result<qint64> changed = statement->isReadOnly() ? 0 : qint64(sqlite3_changes64(m_connection));
    if (code != SQLITE_DONE)
        changed = failure(code, sql);
    giveBack(sql, std::move(statement));
    return changed;
}

Result<void> Database::each(const QString &sql, const Values &bindings,
                            const std::function<Result<void>(const RowReader &)> &visit)
{
    STROP_TRY_ASSIGN(Statement statement, take(sql, bindings));
    Result<void> outcome;
    int code = statement->step();
    while (code == SQLITE_ROW && outcome) {
        outcome = visit(RowReader(*statement));
        if (outcome)
            code = statement->step();
    }
    if (outcome && code != SQLITE_DONE)
        outcome = failure(code, sql);
    giveBack(sql, std::move(statement));
    return outcome;
}

Result<std::optional<Value>> Database::cell(const QString &sql, const Values &bindings)
{
    std::optional<Value> value;
    STROP_TRY(each(sql, bindings, [&](const RowReader &row) -> Result<void> {
        if (!value)
            value = row.value(0);
        return {};
    }));
    return value;
}

Result<void> Database::begin()
{
    return run(QStringLiteral("BEGIN IMMEDIATE")).map([](qint64) {});
}

Result<void> Database::beginReading()
{
    return run(QStringLiteral("BEGIN")).map([](qint64) {});
}

Result<void> Database::commit()
{
    return run(QStringLiteral("COMMIT")).map([](qint64) {});
}

Result<void> Database::rollback()
{
    return run(QStringLiteral("ROLLBACK")).map([](qint64) {});
}

Result<void> Database::checkpoint()
{
    return cell(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")).map([](const std::optional<Value> &) {});
}

Result<int> Database::schemaVersion()
{
    STROP_TRY_ASSIGN(
        const auto known,
        cell(QStringLiteral("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'")));
    if (!known)
        return 0;
    int version = 0;
    STROP_TRY(each(QStringLiteral("SELECT version FROM schema_version"), {},
                   [&](const RowReader &row) -> Result<void> {
                       version = int(row.integer(0));
                       return {};
                   }));
    return version;
}

Result<void> Database::setSchemaVersion(int version)
{
    STROP_TRY(run(QStringLiteral("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")));
    STROP_TRY(run(QStringLiteral("DELETE FROM schema_version")));
    STROP_TRY(run(QStringLiteral("INSERT INTO schema_version VALUES (?)"), {qint64(version)}));
    return {};
}

Result<void> Database::verify()
{
    STROP_TRY_ASSIGN(std::optional<Value> answer, cell(QStringLiteral("PRAGMA quick_check")));
    if (answer && *answer == Value(QStringLiteral("ok")))
        return {};
    return fail(ErrorCode::StorageCorrupt,
                QStringLiteral("%1 is damaged. Restore it from a backup.").arg(m_path));
}

Result<void> Database::limitPages(int pages)
{
    return cell(QStringLiteral("PRAGMA max_page_count = %1").arg(pages))
        .map([](const std::optional<Value> &) {});
}

} // namespace strop::storage
