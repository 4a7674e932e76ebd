#pragma once

#include "shared/storage/database.h"
#include "shared/sync/keyed_diff.h"

#include <QStringList>

namespace strop::sync {

/// A read that stays true: run at once, and again whenever a table that it reads changes. SQL is free here,
/// since nothing written depends on it.
template <typename Row>
struct QuerySpec
{
    QString sql;
    storage::Values bindings;
    QStringList tables; ///< Every table that the SQL reads.
    std::function<Row(const storage::RowReader &)> read;
    std::function<Uuid(const Row &)> key;
};

/// A registered live query, without the type of its rows. Lives on the replica's thread.
class LiveQueryBase
{
public:
    virtual ~LiveQueryBase() = default;
    [[nodiscard]] virtual const QStringList &tables() const = 0;

    /// Runs the query and hands on the difference to what was handed on last.
    virtual Result<void> refresh(storage::Database &database) = 0;
};

template <typename Row>
class LiveQuery final : public LiveQueryBase
{
public:
    /// `deliver` is called on the replica's thread, first with the whole result and then only when something
    /// differs.
    LiveQuery(QuerySpec<Row> spec, std::function<void(Diff<Row>)> deliver)
        : m_spec(std::move(spec))
        , m_deliver(std::move(deliver))
    {}

    [[nodiscard]] const QStringList &tables() const override { return m_spec.tables; }

    Result<void> refresh(storage::Database &database) override
    {
        std::vector<Row> rows;
        STROP_TRY(
            database.each(m_spec.sql, m_spec.bindings, [&](const storage::RowReader &reader) -> Result<void> {
                rows.push_back(m_spec.read(reader));
                return {};
            }));
        Diff<Row> diff = diffByKey(m_rows, rows, m_spec.key);
        m_rows = std::move(rows);
        const bool first = !std::exchange(m_delivered, true);
        if (first || !diff.empty())
            m_deliver(std::move(diff));
        return {};
    }

private:
    QuerySpec<Row> m_spec;
    std::function<void(Diff<Row>)> m_deliver;
    std::vector<Row> m_rows;
    bool m_delivered = false;
};

} // namespace strop::sync
