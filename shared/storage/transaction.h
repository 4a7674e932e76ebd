#pragma once

#include "shared/storage/row.h"
#include "shared/storage/tables.h"

namespace strop::storage {

/// A stretch of one declared index: rows whose leading index columns equal `prefix` and whose next column
/// lies in [from, to). Bound both ends: an open range over a year of appointments is a defect.
struct IndexRange
{
    QString index;
    Values prefix;
    qint64 from = 0;
    qint64 to = 0;

    /// Only rows whose value in some column is above a bound. The database leaves the others out, which is
    /// many times cheaper than handing them over.
    struct Above
    {
        QString column;
        qint64 bound = 0;
    };
    std::optional<Above> above = {};
};

/// All that a mutator may touch: live rows of its own business, by id or along a declared index. No SQL, no
/// clock, no other business. Synchronous; used on one thread.
class Transaction
{
public:
    virtual ~Transaction() = default;

    /// None when the row does not exist or is deleted.
    [[nodiscard]] virtual Result<std::optional<Row>> getRow(const TableDescriptor &table, const Uuid &id) = 0;

    /// Inserts or replaces.
    [[nodiscard]] virtual Result<void> putRow(const TableDescriptor &table, const Uuid &id,
                                              Values values) = 0;

    /// Leaves a tombstone. No effect on a row that does not exist.
    [[nodiscard]] virtual Result<void> removeRow(const TableDescriptor &table, const Uuid &id) = 0;

    /// In order of the index column after the prefix, then of id.
    [[nodiscard]] virtual Result<std::vector<Row>> rangeRows(const TableDescriptor &table,
                                                             const IndexRange &range) = 0;

    template <typename T>
    [[nodiscard]] Result<std::optional<T>> get(const decltype(T::id) &id)
    {
        STROP_TRY_ASSIGN(const std::optional<Row> row, getRow(tableOf<T>(), id.uuid));
        if (!row)
            return std::nullopt;
        return tableOf<T>().decode(row->id, row->values);
    }

    template <typename T>
    [[nodiscard]] Result<void> put(const T &entity)
    {
        return putRow(tableOf<T>(), entity.id.uuid, tableOf<T>().encode(entity));
    }

    template <typename T>
    [[nodiscard]] Result<std::vector<T>> range(const IndexRange &stretch)
    {
        STROP_TRY_ASSIGN(const std::vector<Row> rows, rangeRows(tableOf<T>(), stretch));
        std::vector<T> entities;
        entities.reserve(rows.size());
        for (const Row &row : rows) {
            STROP_TRY_ASSIGN(T entity, tableOf<T>().decode(row.id, row.values));
            entities.push_back(std::move(entity));
        }
        return entities;
    }
};

} // namespace strop::storage
