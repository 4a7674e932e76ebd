#pragma once

#include "shared/storage/database.h"
#include "shared/storage/transaction.h"

#include <map>
#include <set>

namespace strop::storage {

/// Rows of one business in a database: the Transaction of mutators, plus what the sync machinery needs around
/// it. The caller begins and ends the SQL transaction. Does not own the database.
class RowStore final : public Transaction
{
public:
    RowStore(Database &database, BusinessId business)
        : m_database(database)
        , m_business(business)
    {}

    /// What putRow and removeRow stamp from now on. 0 on a replica: optimistic.
    void setVersion(qint64 version) { m_version = version; }

    [[nodiscard]] Result<std::optional<Row>> getRow(const TableDescriptor &table, const Uuid &id) override;
    [[nodiscard]] Result<void> putRow(const TableDescriptor &table, const Uuid &id, Values values) override;
    [[nodiscard]] Result<void> removeRow(const TableDescriptor &table, const Uuid &id) override;
    [[nodiscard]] Result<std::vector<Row>> rangeRows(const TableDescriptor &table,
                                                     const IndexRange &range) override;

    /// Writes a row exactly as given, version and tombstone included.
    [[nodiscard]] Result<void> writeRow(const TableDescriptor &table, const Row &row);

    /// Every row above a version, tombstones included, by version then id, at most `limit` (cut anywhere).
    [[nodiscard]] Result<std::vector<Row>> rowsAbove(const TableDescriptor &table, qint64 version,
                                                     qint64 limit);

    /// Every row, tombstones included, by id.
    Result<void> eachRow(const TableDescriptor &table, const std::function<Result<void>(const Row &)> &visit);

    /// Forgets every row of the business.
    [[nodiscard]] Result<void> clear();

    using Changes = std::map<const TableDescriptor *, std::set<Uuid>>;

    /// The rows written since the last takeChanges().
    [[nodiscard]] Changes takeChanges() { return std::exchange(m_changes, {}); }

    /// A row as it stands, deleted or not.
    [[nodiscard]] Result<std::optional<Row>> currentRow(const TableDescriptor &table, const Uuid &id);

private:
    Database &m_database;
    BusinessId m_business;
    qint64 m_version = 0;
    Changes m_changes;
};

} // namespace strop::storage
