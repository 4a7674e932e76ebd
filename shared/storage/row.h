#pragma once

#include "shared/base/role.h"
#include "shared/base/uuid.h"
#include "shared/storage/table.h"

#include <QCborArray>
#include <QJsonObject>

namespace strop::storage {

/// One row of a synced table, untyped. `values` stand in the order of the table's columns.
struct Row
{
    Uuid id;
    qint64 version = 0; ///< Of the authoritative transaction that wrote it last; 0 while only optimistic.
    bool deleted = false;
    Values values;

    friend bool operator==(const Row &, const Row &) = default;
};

/// Rows of one table on their way over the wire.
struct TableRows
{
    const TableDescriptor *table = nullptr;
    std::vector<Row> rows;
};

/// The rows as one role may see them: [table, [column…], [[id, version, deleted, value…]…]]. Hidden columns
/// do not travel; a deleted row carries no values. Empty when the role sees nothing of this table.
[[nodiscard]] QCborArray encodeRows(const TableRows &rows, Role role);

/// Reads what encodeRows writes, from any role: columns that did not travel are empty, unknown columns are
/// dropped, and a table that this version does not know gives `table == nullptr`. InvalidArgument for
/// anything malformed.
[[nodiscard]] Result<TableRows> decodeRows(const QCborArray &encoded);

/// A row as a role sees it: hidden columns emptied. None when the role sees nothing of this table.
[[nodiscard]] std::optional<Row> project(const TableDescriptor &table, const Row &row, Role role);

/// A row for export: every column by name, in plain text types.
[[nodiscard]] QJsonObject rowToJson(const TableDescriptor &table, const Row &row);

} // namespace strop::storage
