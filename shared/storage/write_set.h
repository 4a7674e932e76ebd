#pragma once

#include "shared/storage/row_store.h"

namespace strop::storage {

/// What one mutator writes, held back until it has succeeded. The mutator reads through it and sees its own
/// writes; the rows below change at flush(), or not at all. So a refused mutator needs no savepoint, for
/// which SQLite would copy every page that the mutator touches. (The write set of optimistic concurrency
/// control: Kung & Robinson, "On Optimistic Methods for Concurrency Control", 1981, §2.) Does not own the
/// rows.
class WriteSet final : public Transaction
{
public:
    explicit WriteSet(RowStore &rows)
        : m_rows(rows)
    {}

    [[nodiscard]] Result<std::optional<Row>> getRow(const TableDescriptor &table, const Uuid &id) override;
    [[nodiscard]] Result<void> putRow(const TableDescriptor &table, const Uuid &id, Values values) override;
    [[nodiscard]] Result<void> removeRow(const TableDescriptor &table, const Uuid &id) override;
    [[nodiscard]] Result<std::vector<Row>> rangeRows(const TableDescriptor &table,
                                                     const IndexRange &range) override;

    /// Writes everything to the rows below. After an error some of it may be there: the caller rolls back.
    [[nodiscard]] Result<void> flush();

private:
    using Held = std::map<Uuid, std::optional<Values>>; ///< None: removed.

    std::map<const TableDescriptor *, Held> m_held;
    RowStore &m_rows;
};

} // namespace strop::storage
