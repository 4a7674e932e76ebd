#include "shared/storage/database.h"

#include <QFileInfo>
#include <QSqlError>
#include <atomic>

namespace strop::storage {
namespace {

/// Primary result codes, https://www.sqlite.org/rescode.html. The driver reports extended ones: the low byte
/// is primary.
enum SqliteCode {
    PermissionDenied = 3,
    ReadOnly = 8,
    IoError = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    NotADatabase = 26
};

/// SQLITE_IOERR_SHMSIZE: the index of the write-ahead log could not grow, for want of room.
constexpr int noRoomForWalIndex = IoError | 19 << 8;

tl::unexpected<Error> failure(const QSqlError &error, const QString &path, const QString &sql)
{
    const QString detail = QStringLiteral("%1 [%2] %3").arg(error.text(), error.nativeErrorCode(), sql);
    const int code = error.nativeErrorCode().toInt();
    switch (code == noRoomForWalIndex ? Full : code & 0xFF) {
    case Full:
        return fail(
            ErrorCode::StorageFull,
            QStringLiteral("The disk is full, so nothing was saved. Free some space on it and try again."),
            detail);
    case ReadOnly:
    case PermissionDenied:
    case CannotOpen:
        return fail(
            ErrorCode::StorageReadOnly,
            QStringLiteral("%1 cannot be written, so nothing was saved. Give this user write permission to "
                           "the file and its folder.")
                .arg(path),
            detail);
    case Corrupt:
    case NotADatabase:
        return fail(ErrorCode::StorageCorrupt,
                    QStringLiteral("%1 is damaged. Restore it from a backup.").arg(path), detail);
    case IoError:
        return fail(ErrorCode::StorageFailure,
                    QStringLiteral("The disk under %1 failed. Check it before going on.").arg(path), detail);
    default:
        return fail(ErrorCode::StorageFailure, QStringLiteral("The database refused an operation."), detail);
    }
}

QString freshConnectionName()
{
    static std::atomic<quint64> counter{0};
    return QStringLiteral("strop-%1").arg(counter.fetch_add(1));
}

} // namespace

Database::Database(QString connection, QString path)
    : m_connection(std::move(connection))
    , m_path(std::move(path))
{}

Database::~Database()
{
    m_statements.clear();
    m_handle.close();
    m_handle = {};
    QSqlDatabase::removeDatabase(m_connection);
}

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions &options)
{
    std::unique_ptr<Database> database(new Database(freshConnectionName(), options.path));
    database->m_handle = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), database->m_connection);
    database->m_handle.setDatabaseName(options.path);
    database->m_handle.setConnectOptions(
        options.readOnly ? QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000")
                         : QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!database->m_handle.open())
        return failure(database->m_handle.lastError(), options.path, QStringLiteral("open"));
    STROP_TRY(database->configure(options));
    return database;
}

Result<void> Database::configure(const DatabaseOptions &options)
{
    // journal_mode is set by the first migration (migrations.cpp): opening must not touch a newer program's
    // file.
    STROP_TRY(run(options.durability == Durability::Full ? QStringLiteral("PRAGMA synchronous = FULL")
                                                         : QStringLiteral("PRAGMA synchronous = NORMAL")));
    // What a savepoint keeps of changed pages would go to a temporary file beyond 64 KiB, and stay there: a
    // system call for each page of each mutation.
    STROP_TRY(run(QStringLiteral("PRAGMA temp_store = MEMORY")));
    STROP_TRY(run(QStringLiteral("PRAGMA cache_size = -32000")));
    return {};
}

Result<QSqlQuery *> Database::prepared(const QString &sql, const Values &bindings)
{
    std::shared_ptr<QSqlQuery> &query = m_statements[sql];
    if (!query) {
        query = std::make_shared<QSqlQuery>(m_handle);
        query->setForwardOnly(true);
        if (!query->prepare(sql)) {
            const auto problem = failure(query->lastError(), m_path, sql);
            m_statements.remove(sql);
            return problem;
        }
    }
    for (size_t i = 0; i < bindings.size(); ++i)
        query->bindValue(int(i), toVariant(bindings[i]));
    if (!query->exec()) {
        const auto problem = failure(query->lastError(), m_path, sql);
        query->finish();
        return problem;
    }
    return query.get();
}

Result<qint64> Database::run(const QString &sql, const Values &bindings)
{
    STROP_TRY_ASSIGN(QSqlQuery * query, prepared(sql, bindings));
    const qint64 changed = query->numRowsAffected();
    query->finish();
    return changed;
}

Result<void> Database::each(const QString &sql, const Values &bindings,
                            const std::function<Result<void>(const RowReader &)> &visit)
{
    STROP_TRY_ASSIGN(QSqlQuery * query, prepared(sql, bindings));
    // A visitor may run the same statement again: it then finds the cache empty and prepares its own.
    const std::shared_ptr<QSqlQuery> running = m_statements.take(sql);
    Result<void> outcome;
    while (outcome && query->next())
        outcome = visit(RowReader(*query));
    if (outcome && query->lastError().isValid())
        outcome = failure(query->lastError(), m_path, sql);
    // An open cursor would survive a ROLLBACK with stale rows.
    query->finish();
    m_statements.insert(sql, running);
    return outcome;
}

Result<std::optional<Value>> Database::cell(const QString &sql, const Values &bindings)
{
    STROP_TRY_ASSIGN(QSqlQuery * query, prepared(sql, bindings));
    std::optional<Value> value;
    if (query->next())
        value = fromVariant(query->value(0));
    query->finish();
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

Result<void> Database::savepoint(const QString &name)
{
    return run(QStringLiteral("SAVEPOINT ") + name).map([](qint64) {});
}

Result<void> Database::release(const QString &name)
{
    return run(QStringLiteral("RELEASE ") + name).map([](qint64) {});
}

Result<void> Database::rollbackTo(const QString &name)
{
    STROP_TRY(run(QStringLiteral("ROLLBACK TO ") + name));
    return release(name);
}

Result<void> Database::checkpoint()
{
    return cell(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")).map([](const std::optional<Value> &) {});
}

Result<int> Database::schemaVersion()
{
    if (!m_handle.tables().contains(QStringLiteral("schema_version")))
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
