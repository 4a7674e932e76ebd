#pragma once

#include "shared/sync/keyed_diff.h"

#include <QAbstractListModel>

namespace strop::sync {

/// A list model fed by a live query. Subclasses name the roles; the diffs become insert, remove, move and
/// change signals, so that delegates keep their state. Lives on the UI thread.
template <typename Row>
class LiveListModel : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }

    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }

    void apply(const Diff<Row> &diff)
    {
        for (const Step<Row> &step : diff)
            std::visit([this](const auto &one) { take(one); }, step);
    }

    void clear()
    {
        beginResetModel();
        m_rows.clear();
        endResetModel();
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

    std::vector<Row> m_rows;
};

} // namespace strop::sync
