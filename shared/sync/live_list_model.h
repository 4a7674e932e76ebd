#pragma once

#include "shared/sync/keyed_diff.h"

#include <QAbstractListModel>

namespace strop::sync {

/// A list of value types for QML: one role, `modelData`, the row itself (a gadget). What it shows is replaced
/// by keyed diffs, as insert, remove, move and change signals, so that delegates keep their state. Lives on
/// the UI thread.
template <typename Row, typename KeyOf>
class LiveListModel final : public QAbstractListModel
{
public:
    explicit LiveListModel(KeyOf keyOf, QObject *parent = nullptr)
        : QAbstractListModel(parent)
        , m_keyOf(std::move(keyOf))
    {}

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::UserRole)
            return {};
        return QVariant::fromValue(m_rows[size_t(index.row())]);
    }

    [[nodiscard]] QHash<int, QByteArray> roleNames() const override
    {
        return {{Qt::UserRole, QByteArrayLiteral("modelData")}};
    }

    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }

    /// Becomes `rows`. Their keys are unique.
    void show(const std::vector<Row> &rows)
    {
        for (const Step<Row> &step : diffByKey(m_rows, rows, m_keyOf))
            std::visit([this](const auto &one) { take(one); }, step);
    }

private:
    void take(const Inserted<Row> &step)
    {
        beginInsertRows({}, step.at, step.at);
        m_rows.insert(m_rows.begin() + step.at, step.row);
        endInsertRows();
    }
    void take(const Removed &step)
    {
        beginRemoveRows({}, step.at, step.at);
        m_rows.erase(m_rows.begin() + step.at);
        endRemoveRows();
    }
    void take(const Moved &step)
    {
        beginMoveRows({}, step.from, step.from, {}, step.to);
        std::rotate(m_rows.begin() + step.to, m_rows.begin() + step.from, m_rows.begin() + step.from + 1);
        endMoveRows();
    }
    void take(const Changed<Row> &step)
    {
        m_rows[size_t(step.at)] = step.row;
        Q_EMIT dataChanged(index(step.at), index(step.at));
    }

    KeyOf m_keyOf;
    std::vector<Row> m_rows;
};

} // namespace strop::sync
