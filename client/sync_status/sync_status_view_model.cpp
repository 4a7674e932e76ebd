#include "client/sync_status/sync_status_view_model.h"

#include "client/sync_status/sync_words.h"

namespace strop::client {

SyncStatusViewModel::SyncStatusViewModel(net::ReplicaHost &host)
    : m_host(host)
    , m_writes([](const PendingWrite &write) { return write.id; })
{
    connect(&host, &net::ReplicaHost::statusChanged, this, &SyncStatusViewModel::refresh);
    refresh();
}

void SyncStatusViewModel::refresh()
{
    std::vector<PendingWrite> writes;
    for (const sync::Rejection &one : m_host.status().rejections)
        writes.push_back(
            {one.id, mutatorText(one.mutation.name), clockText(one.createdAt), one.error.message});
    for (const sync::OutboxEntry &one : m_host.status().waiting)
        writes.push_back({one.id, mutatorText(one.mutation.name), clockText(one.createdAt), {}});
    m_writes.show(writes);
    Q_EMIT changed();
}

QString SyncStatusViewModel::text() const
{
    return syncText(m_host.status());
}

SyncStatusViewModel::Tone SyncStatusViewModel::tone() const
{
    const net::SyncStatus &status = m_host.status();
    if (status.problem || !status.rejections.empty())
        return Tone::Bad;
    if (status.offlineSince)
        return Tone::Warning;
    return status.waiting.empty() && status.state == sync::SessionState::Live ? Tone::Good : Tone::Neutral;
}

QString SyncStatusViewModel::explanation() const
{
    return syncExplanation(m_host.status());
}

} // namespace strop::client
