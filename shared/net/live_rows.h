#pragma once

#include "shared/net/replica_host.h"

namespace strop::net {

/// The rows of one live query, kept current on the UI thread.
template <typename Row>
class LiveRows
{
public:
    /// Calls `changed` on the UI thread after the first rows and after every change.
    LiveRows(ReplicaHost &host, std::function<void()> changed)
        : m_host(host)
        , m_changed(std::move(changed))
    {}

    /// Watches another query from now on; until its first rows are here, loaded() is false.
    void watch(sync::QuerySpec<Row> spec)
    {
        m_subscription.cancel();
        m_rows.clear();
        m_loaded = false;
        m_subscription = m_host.watch<Row>(std::move(spec), [this](const sync::Diff<Row> &diff) {
            sync::applyDiff(m_rows, diff);
            m_loaded = true;
            m_changed();
        });
    }

    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    [[nodiscard]] bool loaded() const { return m_loaded; }

private:
    ReplicaHost &m_host;
    std::function<void()> m_changed;
    std::vector<Row> m_rows;
    bool m_loaded = false;
    Subscription m_subscription; ///< Last: ends before what it changes.
};

} // namespace strop::net
