#include "tests/fuzz/fuzz_shop.h"
#include "tests/fuzz/targets.h"

#include <QCborArray>

namespace strop::fuzz {

using storage::Row;
using storage::TableRows;

namespace {

void keepAndRead(storage::RowStore &store, const TableRows &rows)
{
    for (const Row &row : rows.rows) {
        promise(store.writeRow(*rows.table, row).has_value(), "a row that was read can be kept");
        const auto kept = store.currentRow(*rows.table, row.id);
        promise(kept.has_value() && kept->has_value(), "a kept row is there");
        promise(row.deleted || (*kept)->values == row.values, "and is the same");
        if (const Result<void> read = readAsEntity(*rows.table, **kept); !read)
            promise(read.error().code == ErrorCode::InvalidArgument, "what is no entity is told so");
    }
}

} // namespace

void rows(const QByteArray &bytes)
{
    static FuzzShop shop;
    QCborParserError problem;
    const QCborValue batch = QCborValue::fromCbor(bytes, &problem);
    if (problem.error != QCborError::NoError)
        return;
    promise(shop.database().begin().has_value(), "a transaction begins");
    storage::RowStore store = shop.store();
    for (const QCborValue &encoded : batch.toArray()) {
        const Result<TableRows> decoded = storage::decodeRows(encoded.toArray());
        if (!decoded) {
            promise(decoded.error().code == ErrorCode::InvalidArgument, "malformed rows are told so");
            continue;
        }
        if (!decoded->table)
            continue;
        const Result<TableRows> again = storage::decodeRows(storage::encodeRows(*decoded, Role::Owner));
        promise(again.has_value() && again->rows == decoded->rows, "rows are written as they were read");
        keepAndRead(store, *decoded);
    }
    promise(shop.database().rollback().has_value(), "and is rolled back");
}

} // namespace strop::fuzz
