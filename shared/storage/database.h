#pragma once

#include "shared/base/ids.h"
#include "shared/base/instant.h"
#include "shared/storage/sqlite_statement.h"

#include <QHash>
#include <functional>

namespace strop::storage {

/// The current row of a running query. Valid only inside the callback that received it.
class RowReader
{
public:
    explicit RowReader(const SqliteStatement &statement)
        : m_statement(statement)
    {}

    [[nodiscard]] Value value(int column) const { return m_statement.value(column); }
    [[nodiscard]] qint64 integer(int column) const { return m_statement.integer(column); }
    [[nodiscard]] bool boolean(int column) const { return integer(column) != 0; }
    [[nodiscard]] QString text(int column) const { return m_statement.text(column); }
    [[nodiscard]] QByteArray bytes(int column) const { return m_statement.bytes(column); }
    [[nodiscard]] Instant instant(int column) const { return instantFromMs(integer(column)); }
    [[nodiscard]] bool isNull(int column) const { return m_statement.isNull(column); }

    /// Nil for anything but 16 bytes.
    [[nodiscard]] Uuid uuid(int column) const { return Uuid::fromBytes(bytes(column)).value_or(Uuid()); }
    template <typename IdType>
    [[nodiscard]] IdType id(int column) const
    {
        return IdType{uuid(column)};
    }

private:
    const SqliteStatement &m_statement;
};

/// What a commit promises. Full: on the disk when commit() returns. Normal: consistent after a power cut, but
/// the last commits may be missing. Both in WAL mode (https://www.sqlite.org/pragma.html#pragma_synchronous).
enum class Durability { Full, Normal };

struct DatabaseOptions
{
    QString path; ///< ":memory:" for a private database in memory.
    Durability durability = Durability::Full;
    bool readOnly = false;
};

/// One connection to a SQLite file. Used only on the thread that opened it. Statements are prepared once and
/// kept. Failures carry StorageFull, StorageReadOnly, StorageCorrupt or StorageFailure with a sentence for
/// the user.
class Database
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const DatabaseOptions &options);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Runs a statement that gives no rows; answers how many rows it changed.
    Result<qint64> run(const QString &sql, const Values &bindings = {});

    /// Calls `visit` for each row, in order. An error that it returns ends the query and is passed on.
    Result<void> each(const QString &sql, const Values &bindings,
                      const std::function<Result<void>(const RowReader &)> &visit);

    /// The first cell of the first row; none without rows.
    Result<std::optional<Value>> cell(const QString &sql, const Values &bindings = {});

    Result<void> begin();
    Result<void> beginReading(); ///< One unchanging view for several SELECTs.
    Result<void> commit();
    Result<void> rollback();

    /// Moves the write-ahead log into the main file. Only outside a transaction.
    Result<void> checkpoint();

    /// The number of the last migration applied; 0 for a new file. See migrations.h.
    Result<int> schemaVersion();
    Result<void> setSchemaVersion(int version);

    /// PRAGMA quick_check: StorageCorrupt unless every page is sound.
    Result<void> verify();

    /// Asks the file for at most that many pages from now on; past it a write fails with StorageFull.
    Result<void> limitPages(int pages);

    /// How this driver declares a byte string.
    [[nodiscard]] QString bytesType() const { return QStringLiteral("BLOB"); }
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    using Statement = std::shared_ptr<SqliteStatement>;

    explicit Database(QString path);

    /// The statement with its bindings, about to run. Taken out of the cache: a visitor of its rows may run
    /// the same SQL, and then prepares its own.
    Result<Statement> take(const QString &sql, const Values &bindings);
    void giveBack(const QString &sql, Statement statement);

    Result<void> configure(const DatabaseOptions &options);
    [[nodiscard]] tl::unexpected<Error> failure(int code, const QString &sql) const;

    QString m_path;
    sqlite3 *m_connection = nullptr;
    QHash<QString, Statement> m_statements;
};

/// Runs `change` in one transaction: all of it is committed, or none. The first error is passed on.
template <typename Change>
Result<void> inTransaction(Database &database, const Change &change)
{
    STROP_TRY(database.begin());
    Result<void> done = change();
    if (done)
        done = database.commit();
    if (!done) {
        // A rollback that fails too leaves nothing committed either; the first error is the one to report.
        [[maybe_unused]] const Result<void> undone = database.rollback();
    }
    return done;
}

} // namespace strop::storage
