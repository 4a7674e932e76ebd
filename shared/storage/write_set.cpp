#include "shared/storage/write_set.h"

#include <algorithm>

namespace strop::storage {
namespace {

/// An IndexRange over the cells of a row, by the positions of its columns.
class RangeMatcher
{
public:
    RangeMatcher(const TableDescriptor &table, const IndexRange &range)
        : m_range(range)
    {
        const Index &index = table.index(range.index);
        for (size_t i = 0; i < range.prefix.size(); ++i)
            m_prefix.push_back(size_t(table.columnIndex(index.columns[qsizetype(i)])));
        m_ordered = size_t(table.columnIndex(index.columns[qsizetype(range.prefix.size())]));
        m_above = range.above ? size_t(table.columnIndex(range.above->column)) : 0;
    }

    [[nodiscard]] bool matches(const Values &values) const
    {
        for (size_t i = 0; i < m_prefix.size(); ++i) {
            if (values[m_prefix[i]] != m_range.prefix[i])
                return false;
        }
        const qint64 place = orderedOf(values);
        return place >= m_range.from && place < m_range.to &&
               (!m_range.above || std::get<qint64>(values[m_above]) > m_range.above->bound);
    }

    [[nodiscard]] bool isBefore(const Row &a, const Row &b) const
    {
        return std::pair(orderedOf(a.values), a.id) < std::pair(orderedOf(b.values), b.id);
    }

private:
    [[nodiscard]] qint64 orderedOf(const Values &values) const { return std::get<qint64>(values[m_ordered]); }

    const IndexRange &m_range;
    std::vector<size_t> m_prefix;
    size_t m_ordered;
    size_t m_above;
};

} // namespace

Result<std::optional<Row>> WriteSet::getRow(const TableDescriptor &table, const Uuid &id)
{
    if (const auto held = m_held.find(&table); held != m_held.end()) {
        if (const auto row = held->second.find(id); row != held->second.end())
            return row->second ? std::optional(Row{id, 0, false, *row->second}) : std::nullopt;
    }
    return m_rows.getRow(table, id);
}

Result<void> WriteSet::putRow(const TableDescriptor &table, const Uuid &id, Values values)
{
    m_held[&table].insert_or_assign(id, std::move(values));
    return {};
}

Result<void> WriteSet::removeRow(const TableDescriptor &table, const Uuid &id)
{
    STROP_TRY_ASSIGN(const std::optional<Row> present, getRow(table, id));
    if (present)
        m_held[&table].insert_or_assign(id, std::nullopt);
    return {};
}

Result<std::vector<Row>> WriteSet::rangeRows(const TableDescriptor &table, const IndexRange &range)
{
    STROP_TRY_ASSIGN(std::vector<Row> rows, m_rows.rangeRows(table, range));
    const auto held = m_held.find(&table);
    if (held == m_held.end())
        return rows;
    const RangeMatcher matcher(table, range);
    std::erase_if(rows, [&](const Row &row) { return held->second.contains(row.id); });
    for (const auto &[id, values] : held->second) {
        if (values && matcher.matches(*values))
            rows.push_back({id, 0, false, *values});
    }
    std::sort(rows.begin(), rows.end(), [&](const Row &a, const Row &b) { return matcher.isBefore(a, b); });
    return rows;
}

Result<void> WriteSet::flush()
{
    for (auto &[table, held] : std::exchange(m_held, {})) {
        for (auto &[id, values] : held) {
            if (values)
                STROP_TRY(m_rows.putRow(*table, id, std::move(*values)));
            else
                STROP_TRY(m_rows.removeRow(*table, id));
        }
    }
    return {};
}

} // namespace strop::storage
