#include "shared/storage/table.h"

#include <algorithm>

namespace strop::storage {
namespace {

QString sqlType(ColumnType type, const QString &bytes)
{
    switch (type) {
    case ColumnType::Integer:
    case ColumnType::Boolean:
    case ColumnType::Instant:
        return QStringLiteral("BIGINT");
    case ColumnType::Text:
        return QStringLiteral("TEXT");
    case ColumnType::Uuid:
    case ColumnType::Bytes:
        return bytes;
    }
    Q_UNREACHABLE();
}

/// "NOT NULL DEFAULT …": emptyValue() in SQL.
QString emptyClause(ColumnType type)
{
    switch (type) {
    case ColumnType::Integer:
    case ColumnType::Boolean:
    case ColumnType::Instant:
        return QStringLiteral("NOT NULL DEFAULT 0");
    case ColumnType::Text:
        return QStringLiteral("NOT NULL DEFAULT ''");
    case ColumnType::Uuid:
        return QStringLiteral("NOT NULL DEFAULT x'%1'").arg(QString(2 * Uuid::size, u'0'));
    case ColumnType::Bytes:
        return QStringLiteral("NOT NULL DEFAULT x''");
    }
    Q_UNREACHABLE();
}

} // namespace

std::vector<int> TableDescriptor::columnsVisibleTo(Role role) const
{
    std::vector<int> visible;
    for (size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i].visibleTo.contains(role))
            visible.push_back(int(i));
    }
    return visible;
}

int TableDescriptor::columnIndex(QStringView name) const
{
    const auto found =
        std::find_if(m_columns.begin(), m_columns.end(), [&](const Column &c) { return c.name == name; });
    return found == m_columns.end() ? -1 : int(found - m_columns.begin());
}

const Index &TableDescriptor::index(QStringView name) const
{
    const auto found =
        std::find_if(m_indexes.begin(), m_indexes.end(), [&](const Index &i) { return i.name == name; });
    Q_ASSERT(found != m_indexes.end());
    return *found;
}

Values TableDescriptor::emptyValues() const
{
    Values values;
    values.reserve(m_columns.size());
    for (const Column &column : m_columns)
        values.push_back(emptyValue(column.type, column.nullable));
    return values;
}

QStringList TableDescriptor::ddl(const QString &bytes) const
{
    QStringList columns{QStringLiteral("business_id %1 NOT NULL").arg(bytes),
                        QStringLiteral("id %1 NOT NULL").arg(bytes),
                        QStringLiteral("version BIGINT NOT NULL"), QStringLiteral("deleted BIGINT NOT NULL")};
    for (const Column &column : m_columns) {
        const QString constraint = column.nullable ? QString() : QStringLiteral(" NOT NULL");
        columns += column.name + u' ' + sqlType(column.type, bytes) + constraint;
    }
    columns += QStringLiteral("PRIMARY KEY (business_id, id)");

    QStringList statements{QStringLiteral("CREATE TABLE %1 (%2)").arg(m_name, columns.join(u", "))};
    const QString indexSql = QStringLiteral("CREATE INDEX %1_%2 ON %1 (business_id, %3)");
    statements += indexSql.arg(m_name, QStringLiteral("version"), QStringLiteral("version"));
    for (const Index &index : m_indexes)
        statements += indexSql.arg(m_name, index.name, index.columns.join(u", "));
    return statements;
}

QStringList TableDescriptor::missingColumns(const QSet<QString> &present, const QString &bytes) const
{
    QStringList statements;
    for (const Column &column : m_columns) {
        if (present.contains(column.name))
            continue;
        // A column that may not be null needs a default for the rows that are there.
        const QString empty = column.nullable ? QString() : u' ' + emptyClause(column.type);
        statements += QStringLiteral("ALTER TABLE %1 ADD COLUMN %2 %3%4")
                          .arg(m_name, column.name, sqlType(column.type, bytes), empty);
    }
    return statements;
}

QString TableDescriptor::columnList() const
{
    QStringList names{QStringLiteral("business_id"), QStringLiteral("id"), QStringLiteral("version"),
                      QStringLiteral("deleted")};
    for (const Column &column : m_columns)
        names += column.name;
    return names.join(u", ");
}

} // namespace strop::storage
