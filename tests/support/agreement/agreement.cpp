#include "tests/support/agreement/agreement.h"

#include "shared/storage/row_store.h"

#include <QJsonDocument>
#include <map>

namespace strop::test {

using storage::Database;
using storage::Row;
using storage::TableDescriptor;

namespace {

using RowsById = std::map<Uuid, Row>;

Result<RowsById> rowsOf(Database &database, BusinessId business, const TableDescriptor &table)
{
    RowsById rows;
    STROP_TRY(storage::RowStore(database, business).eachRow(table, [&](const Row &row) -> Result<void> {
        rows.emplace(row.id, row);
        return {};
    }));
    return rows;
}

/// As the role sees them. A deleted row's values do not travel, so they do not count.
RowsById projected(const RowsById &rows, const TableDescriptor &table, Role role)
{
    RowsById seen;
    for (const auto &[id, row] : rows) {
        std::optional<Row> shown = storage::project(table, row, role);
        if (!shown)
            continue;
        if (shown->deleted)
            shown->values = table.emptyValues();
        seen.emplace(id, std::move(*shown));
    }
    return seen;
}

QString words(const TableDescriptor &table, const Row &row)
{
    return QString::fromUtf8(QJsonDocument(storage::rowToJson(table, row)).toJson(QJsonDocument::Compact));
}

void compare(const TableDescriptor &table, const RowsById &wanted, const RowsById &held, QStringList &found)
{
    for (const auto &[id, row] : wanted) {
        const auto here = held.find(id);
        if (here == held.end())
            found << QStringLiteral("%1: the device lacks %2").arg(table.name(), words(table, row));
        else if (!(here->second == row))
            found << QStringLiteral("%1: the device holds %2, the server shows %3")
                         .arg(table.name(), words(table, here->second), words(table, row));
    }
    for (const auto &[id, row] : held) {
        if (!wanted.contains(id))
            found << QStringLiteral("%1: the server does not show %2").arg(table.name(), words(table, row));
    }
}

} // namespace

Result<QStringList> differences(Database &server, Database &device, BusinessId business, Role role)
{
    QStringList found;
    for (const TableDescriptor *table : storage::allTables()) {
        STROP_TRY_ASSIGN(const RowsById all, rowsOf(server, business, *table));
        STROP_TRY_ASSIGN(const RowsById held, rowsOf(device, business, *table));
        compare(*table, projected(all, *table, role), projected(held, *table, role), found);
    }
    return found;
}

} // namespace strop::test
