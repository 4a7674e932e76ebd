#include "shared/storage/row.h"

#include "shared/storage/tables.h"

namespace strop::storage {
namespace {

constexpr int fixedCells = 3; // id, version, deleted

tl::unexpected<Error> malformed(const QString &what)
{
    return fail(ErrorCode::InvalidArgument, QStringLiteral("A row batch is malformed: %1.").arg(what));
}

QCborArray encodeRow(const Row &row, const std::vector<int> &columns)
{
    QCborArray cells{row.id.toBytes(), row.version, row.deleted};
    if (!row.deleted) {
        for (int column : columns)
            cells.append(toCbor(row.values[size_t(column)]));
    }
    return cells;
}

/// The cells of a row, put in the order of this version's columns. `targets[i]` is the column of cell i, -1
/// if unknown.
Result<Row> decodeRow(const TableDescriptor &table, const std::vector<int> &targets, const QCborArray &cells)
{
    const std::optional<Uuid> id = Uuid::fromBytes(cells.at(0).toByteArray());
    if (!id || !cells.at(1).isInteger() || !cells.at(2).isBool())
        return malformed(QStringLiteral("a row does not begin with id, version, deleted"));
    Row row{*id, cells.at(1).toInteger(), cells.at(2).toBool(), table.emptyValues()};
    if (row.deleted)
        return row;
    if (cells.size() != qsizetype(targets.size()) + fixedCells)
        return malformed(QStringLiteral("a row has the wrong number of cells"));
    for (size_t i = 0; i < targets.size(); ++i) {
        if (targets[i] < 0)
            continue;
        STROP_TRY_ASSIGN(Value value, valueFromCbor(cells.at(qsizetype(i) + fixedCells)));
        const Column &column = table.columns()[size_t(targets[i])];
        if (!fits(value, column.type, column.nullable))
            return malformed(QStringLiteral("%1.%2 has the wrong type").arg(table.name(), column.name));
        row.values[size_t(targets[i])] = std::move(value);
    }
    return row;
}

} // namespace

QCborArray encodeRows(const TableRows &rows, Role role)
{
    if (!rows.table->visibleTo(role))
        return {};
    const std::vector<int> columns = rows.table->columnsVisibleTo(role);
    QCborArray names;
    for (int column : columns)
        names.append(rows.table->columns()[size_t(column)].name);
    QCborArray encoded;
    for (const Row &row : rows.rows)
        encoded.append(encodeRow(row, columns));
    return {rows.table->name(), names, encoded};
}

Result<TableRows> decodeRows(const QCborArray &encoded)
{
    if (encoded.size() != 3 || !encoded.at(0).isString() || !encoded.at(1).isArray() ||
        !encoded.at(2).isArray())
        return malformed(QStringLiteral("it is not [table, columns, rows]"));
    TableRows result;
    result.table = tableNamed(encoded.at(0).toString());
    if (!result.table)
        return result;
    std::vector<int> targets;
    for (const QCborValue &name : encoded.at(1).toArray())
        targets.push_back(result.table->columnIndex(name.toString()));
    for (const QCborValue &cells : encoded.at(2).toArray()) {
        STROP_TRY_ASSIGN(Row row, decodeRow(*result.table, targets, cells.toArray()));
        result.rows.push_back(std::move(row));
    }
    return result;
}

std::optional<Row> project(const TableDescriptor &table, const Row &row, Role role)
{
    if (!table.visibleTo(role))
        return std::nullopt;
    Row projected{row.id, row.version, row.deleted, table.emptyValues()};
    if (!row.deleted) {
        for (int column : table.columnsVisibleTo(role))
            projected.values[size_t(column)] = row.values[size_t(column)];
    }
    return projected;
}

QJsonObject rowToJson(const TableDescriptor &table, const Row &row)
{
    QJsonObject object{{QStringLiteral("id"), row.id.toString()}, {QStringLiteral("version"), row.version}};
    for (size_t i = 0; i < table.columns().size(); ++i)
        object.insert(table.columns()[i].name, toJson(row.values[i], table.columns()[i].type));
    return object;
}

} // namespace strop::storage
