#include "server/authority/snapshot_reader.h"

#include "shared/storage/row_store.h"

namespace strop::server {

using storage::TableDescriptor;
using storage::TableRows;

namespace {

Result<qint64> headOf(storage::Database &database, BusinessId business)
{
    qint64 head = 0;
    STROP_TRY(database.each(QStringLiteral("SELECT version FROM business_head WHERE business_id = ?"),
                            {business.uuid.toBytes()}, [&](const storage::RowReader &row) -> Result<void> {
                                head = row.integer(0);
                                return {};
                            }));
    return head;
}

Result<protocol::Snapshot> readChunk(storage::Database &database, BusinessId business, Role role,
                                     qint64 cursor, qint64 limit)
{
    STROP_TRY_ASSIGN(const qint64 head, headOf(database, business));
    // As most devices find themselves that come back after a short absence, all at once after a restart.
    if (cursor >= head)
        return protocol::Snapshot{{cursor, cursor, {}}, true};
    storage::RowStore store(database, business);
    std::vector<TableRows> read;
    qint64 complete = head;
    for (const TableDescriptor *table : storage::allTables()) {
        if (!table->visibleTo(role))
            continue;
        STROP_TRY_ASSIGN(auto rows, store.rowsAbove(*table, cursor, limit));
        // A full page may have been cut inside its last version.
        if (qint64(rows.size()) == limit)
            complete = std::min(complete, rows.back().version - 1);
        read.push_back({table, std::move(rows)});
    }
    protocol::Snapshot snapshot{{cursor, complete, {}}, complete >= head};
    for (TableRows &table : read) {
        std::erase_if(table.rows, [complete](const storage::Row &row) { return row.version > complete; });
        if (!table.rows.empty())
            snapshot.batch.tables.push_back(storage::encodeRows(table, role));
    }
    return snapshot;
}

} // namespace

Result<protocol::Snapshot> readSnapshot(storage::Database &database, BusinessId business, Role role,
                                        qint64 cursor, qint64 rowsPerTable)
{
    STROP_TRY(database.beginReading());
    Result<protocol::Snapshot> snapshot = readChunk(database, business, role, cursor, rowsPerTable);
    // One version with more rows than a page: widen the page until it fits.
    while (snapshot && !snapshot->final && snapshot->batch.to <= cursor) {
        rowsPerTable *= 2;
        snapshot = readChunk(database, business, role, cursor, rowsPerTable);
    }
    STROP_TRY(database.commit());
    return snapshot;
}

} // namespace strop::server
