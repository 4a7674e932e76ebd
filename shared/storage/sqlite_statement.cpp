#include "shared/storage/sqlite_statement.h"

#include <sqlite3.h>

namespace strop::storage {
namespace {

/// SQLite takes a null pointer for NULL; the empty text and the empty byte string are not null here.
constexpr char nothing[] = "";

int bindOne(sqlite3_stmt *statement, int index, const Value &value)
{
    if (const qint64 *number = std::get_if<qint64>(&value))
        return sqlite3_bind_int64(statement, index, *number);
    if (const QString *text = std::get_if<QString>(&value)) {
        const QByteArray utf8 = text->toUtf8();
        return sqlite3_bind_text64(statement, index, utf8.constData(), sqlite3_uint64(utf8.size()),
                                   SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    if (const QByteArray *bytes = std::get_if<QByteArray>(&value))
        return sqlite3_bind_blob64(statement, index, bytes->isEmpty() ? nothing : bytes->constData(),
                                   sqlite3_uint64(bytes->size()), SQLITE_STATIC);
    return sqlite3_bind_null(statement, index);
}

} // namespace

void SqliteStatement::Finalise::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

int SqliteStatement::prepare(sqlite3 *connection, const QString &sql)
{
    const QByteArray utf8 = sql.toUtf8();
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v3(connection, utf8.constData(), int(utf8.size()) + 1,
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    m_statement.reset(statement);
    return code;
}

int SqliteStatement::bind(const Values &bindings)
{
    for (int i = 0; i < sqlite3_bind_parameter_count(m_statement.get()); ++i) {
        const int code =
            bindOne(m_statement.get(), i + 1, size_t(i) < bindings.size() ? bindings[size_t(i)] : Value());
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

int SqliteStatement::step()
{
    return sqlite3_step(m_statement.get());
}

void SqliteStatement::reset()
{
    sqlite3_reset(m_statement.get()); // answers once more what the last step did
}

bool SqliteStatement::isReadOnly() const
{
    return sqlite3_stmt_readonly(m_statement.get()) != 0;
}

bool SqliteStatement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

qint64 SqliteStatement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

QString SqliteStatement::text(int column) const
{
    const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(m_statement.get(), column));
    return QString::fromUtf8(text, sqlite3_column_bytes(m_statement.get(), column));
}

QByteArray SqliteStatement::bytes(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement.get(), column));
    return {bytes, sqlite3_column_bytes(m_statement.get(), column)};
}

Value SqliteStatement::value(int column) const
{
    switch (sqlite3_column_type(m_statement.get(), column)) {
    case SQLITE_NULL:
        return {};
    case SQLITE_INTEGER:
        return integer(column);
    case SQLITE_BLOB:
        return bytes(column);
    default:
        return text(column);
    }
}

} // namespace strop::storage
