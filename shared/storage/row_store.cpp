#include "shared/storage/row_store.h"

namespace strop::storage {
namespace {

constexpr int fixedColumns = 4; // business_id, id, version, deleted

Row readRow(const TableDescriptor &table, const RowReader &reader)
{
    Row row{reader.uuid(1), reader.integer(2), reader.boolean(3), {}};
    row.values.reserve(table.columns().size());
    for (int i = 0; i < int(table.columns().size()); ++i)
        row.values.push_back(reader.value(i + fixedColumns));
    return row;
}

/// SQL texts of a table, built once: building them anew for each row cost more than running them.
struct TableSql
{
    QString select, selectOne, upsert;

    explicit TableSql(const TableDescriptor &table)
    {
        const QString columns = table.columnList();
        select = QStringLiteral("SELECT %1 FROM %2 WHERE business_id = ?").arg(columns, table.name());
        selectOne = select + QStringLiteral(" AND id = ?");
        QStringList marks, updates;
        const QStringList names = columns.split(QStringLiteral(", "));
        for (int i = 0; i < names.size(); ++i) {
            marks += QStringLiteral("?");
            if (i >= 2)
                updates += QStringLiteral("%1 = excluded.%1").arg(names[i]);
        }
        upsert =
            QStringLiteral("INSERT INTO %1 (%2) VALUES (%3) ON CONFLICT (business_id, id) DO UPDATE SET %4")
                .arg(table.name(), columns, marks.join(u", "), updates.join(u", "));
    }
};

const TableSql &sqlOf(const TableDescriptor &table)
{
    thread_local std::map<const TableDescriptor *, TableSql> texts;
    return texts.try_emplace(&table, table).first->second;
}

} // namespace

Result<std::optional<Row>> RowStore::currentRow(const TableDescriptor &table, const Uuid &id)
{
    std::optional<Row> found;
    STROP_TRY(m_database.each(sqlOf(table).selectOne, {m_business.uuid.toBytes(), id.toBytes()},
                              [&](const RowReader &reader) -> Result<void> {
                                  found = readRow(table, reader);
                                  return {};
                              }));
    return found;
}

Result<std::optional<Row>> RowStore::getRow(const TableDescriptor &table, const Uuid &id)
{
    STROP_TRY_ASSIGN(std::optional<Row> row, currentRow(table, id));
    if (row && row->deleted)
        return std::nullopt;
    return row;
}

Result<void> RowStore::putRow(const TableDescriptor &table, const Uuid &id, Values values)
{
    Q_ASSERT(values.size() == table.columns().size());
    return writeRow(table, {id, m_version, false, std::move(values)});
}

Result<void> RowStore::removeRow(const TableDescriptor &table, const Uuid &id)
{
    STROP_TRY_ASSIGN(const std::optional<Row> row, getRow(table, id));
    if (!row)
        return {};
    return writeRow(table, {id, m_version, true, table.emptyValues()});
}

Result<std::vector<Row>> RowStore::rangeRows(const TableDescriptor &table, const IndexRange &range)
{
    const Index &index = table.index(range.index);
    Q_ASSERT(qsizetype(range.prefix.size()) < index.columns.size());
    QString sql = sqlOf(table).select;
    Values bindings{m_business.uuid.toBytes()};
    for (size_t i = 0; i < range.prefix.size(); ++i) {
        sql += QStringLiteral(" AND %1 = ?").arg(index.columns[qsizetype(i)]);
        bindings.push_back(range.prefix[i]);
    }
    const QString &ordered = index.columns[qsizetype(range.prefix.size())];
    sql += QStringLiteral(" AND %1 >= ? AND %1 < ?").arg(ordered);
    bindings.push_back(range.from);
    bindings.push_back(range.to);
    if (range.above) {
        Q_ASSERT(table.columnIndex(range.above->column) >= 0);
        sql += QStringLiteral(" AND %1 > ?").arg(range.above->column);
        bindings.push_back(range.above->bound);
    }
    sql += QStringLiteral(" AND deleted = 0 ORDER BY %1, id").arg(ordered);
    std::vector<Row> rows;
    STROP_TRY(m_database.each(sql, bindings, [&](const RowReader &reader) -> Result<void> {
        rows.push_back(readRow(table, reader));
        return {};
    }));
    return rows;
}

Result<void> RowStore::writeRow(const TableDescriptor &table, const Row &row)
{
    Values bindings{m_business.uuid.toBytes(), row.id.toBytes(), row.version, qint64(row.deleted)};
    bindings.insert(bindings.end(), row.values.begin(), row.values.end());
    STROP_TRY(m_database.run(sqlOf(table).upsert, bindings));
    m_changes[&table].insert(row.id);
    return {};
}

Result<std::vector<Row>> RowStore::rowsAbove(const TableDescriptor &table, qint64 version, qint64 limit)
{
    std::vector<Row> rows;
    STROP_TRY(m_database.each(
        sqlOf(table).select + QStringLiteral(" AND version > ? ORDER BY version, id LIMIT ?"),
        {m_business.uuid.toBytes(), version, limit}, [&](const RowReader &reader) -> Result<void> {
            rows.push_back(readRow(table, reader));
            return {};
        }));
    return rows;
}

Result<void> RowStore::eachRow(const TableDescriptor &table,
                               const std::function<Result<void>(const Row &)> &visit)
{
    return m_database.each(sqlOf(table).select + QStringLiteral(" ORDER BY id"), {m_business.uuid.toBytes()},
                           [&](const RowReader &reader) { return visit(readRow(table, reader)); });
}

Result<void> RowStore::clear()
{
    for (const TableDescriptor *table : allTables()) {
        STROP_TRY(m_database.run(QStringLiteral("DELETE FROM %1 WHERE business_id = ?").arg(table->name()),
                                 {m_business.uuid.toBytes()}));
    }
    return {};
}

} // namespace strop::storage
