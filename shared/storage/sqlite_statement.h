#pragma once

#include "shared/storage/value.h"

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace strop::storage {

/// One prepared statement of a SQLite connection (https://www.sqlite.org/c3ref/stmt.html). Used on the thread
/// of its connection, which outlives it. Methods answer SQLite's result codes; Database gives them words.
class SqliteStatement
{
public:
    SqliteStatement() = default;

    /// Compiles the SQL. SQLITE_OK, or why not.
    int prepare(sqlite3 *connection, const QString &sql);

    /// Sets every parameter; those left over are null. Byte strings are not copied: they must outlive the
    /// steps.
    int bind(const Values &bindings);

    /// SQLITE_ROW, SQLITE_DONE, or what went wrong.
    int step();

    /// Lets go of its rows, so that it may run again; an open cursor would survive a ROLLBACK with stale
    /// rows.
    void reset();

    [[nodiscard]] bool isReadOnly() const;

    // The row that the last step gave
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const;
    [[nodiscard]] Value value(int column) const;

private:
    struct Finalise
    {
        void operator()(sqlite3_stmt *statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalise> m_statement;
};

} // namespace strop::storage
