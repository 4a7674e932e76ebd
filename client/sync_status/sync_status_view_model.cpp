#include "client/sync_status/sync_status_view_model.h"

#include "client/sync_status/sync_words.h"

namespace strop::client {
namespace {

/// Of more writes than anybody reads, the rest say only what they say themselves.
constexpr size_t mostFollowed = 50;

} // namespace

SyncStatusViewModel::SyncStatusViewModel(net::ReplicaHost &host, const net::ShopCatalogue &catalogue)
    : m_host(host)
    , m_catalogue(catalogue)
    , m_subjects(host, [this] { refresh(); })
    , m_writes([](const PendingWrite &write) { return write.id; })
{
    connect(&host, &net::ReplicaHost::statusChanged, this, [this] {
        followSubjects();
        refresh();
    });
    connect(&catalogue, &net::ShopCatalogue::changed, this, &SyncStatusViewModel::refresh);
    refresh();
}

void SyncStatusViewModel::followSubjects()
{
    std::vector<mutators::Mutation> listed;
    for (const sync::Rejection &one : m_host.status().rejections)
        listed.push_back(one.mutation);
    for (const sync::OutboxEntry &one : m_host.status().waiting)
        listed.push_back(one.mutation);
    listed.resize(std::min(listed.size(), mostFollowed));
    m_subjects.follow(listed);
}

void SyncStatusViewModel::refresh()
{
    std::vector<PendingWrite> writes;
    for (const sync::Rejection &one : m_host.status().rejections)
        writes.push_back(describe(one.id, one.mutation, one.createdAt, one.error.message));
    for (const sync::OutboxEntry &one : m_host.status().waiting)
        writes.push_back(describe(one.id, one.mutation, one.createdAt, {}));
    m_writes.show(writes);
    Q_EMIT changed();
}

PendingWrite SyncStatusViewModel::describe(qint64 id, const mutators::Mutation &write, Instant made,
                                           const QString &problem) const
{
    return {id, mutatorText(write.name), writeDetail(write, m_catalogue, m_subjects),
            m_catalogue.timeText(made), problem};
}

QString SyncStatusViewModel::text() const
{
    return syncText(m_host.status(), [this](Instant instant) { return m_catalogue.timeText(instant); });
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
