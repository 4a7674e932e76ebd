#include "client/sync_status/sync_status_view_model.h"

#include <QCoreApplication>
#include <QLocale>

namespace strop::client {
namespace {

using sync::SessionState;

QString timeText(Instant instant)
{
    return QLocale().toString(toUtcDateTime(instant).toLocalTime().time(), QLocale::ShortFormat);
}

struct Wording
{
    const char *mutator;
    const char *what;
};

/// What each mutator is called in the user's words.
constexpr Wording wordings[] = {
    {"appointment.book", QT_TRANSLATE_NOOP("Sync", "Book an appointment")},
    {"appointment.move", QT_TRANSLATE_NOOP("Sync", "Move an appointment")},
    {"appointment.cancel", QT_TRANSLATE_NOOP("Sync", "Cancel an appointment")},
    {"appointment.setStatus", QT_TRANSLATE_NOOP("Sync", "Change an appointment's status")},
    {"customer.put", QT_TRANSLATE_NOOP("Sync", "Save a customer")},
    {"shop.put", QT_TRANSLATE_NOOP("Sync", "Save the shop")},
    {"staff.put", QT_TRANSLATE_NOOP("Sync", "Save a barber")},
    {"service.put", QT_TRANSLATE_NOOP("Sync", "Save a service")},
    {"hours.put", QT_TRANSLATE_NOOP("Sync", "Save opening hours")},
};

QString wordingOf(const QString &mutator)
{
    for (const Wording &one : wordings) {
        if (mutator == QLatin1String(one.mutator))
            return QCoreApplication::translate("Sync", one.what);
    }
    return mutator;
}

} // namespace

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
        writes.push_back({one.id, wordingOf(one.mutation.name), timeText(one.createdAt), one.error.message});
    for (const sync::OutboxEntry &one : m_host.status().waiting)
        writes.push_back({one.id, wordingOf(one.mutation.name), timeText(one.createdAt), {}});
    m_writes.show(writes);
    Q_EMIT changed();
}

QString SyncStatusViewModel::text() const
{
    const net::SyncStatus &status = m_host.status();
    if (status.problem)
        return tr("Needs you");
    if (!status.rejections.empty())
        return tr("Needs you: %n conflict(s)", nullptr, int(status.rejections.size()));
    if (status.offlineSince && status.state != SessionState::CatchingUp)
        return tr("Offline since %1, all changes kept").arg(timeText(*status.offlineSince));
    if (!status.waiting.empty())
        return tr("%n waiting to sync", nullptr, int(status.waiting.size()));
    return status.state == SessionState::Live ? tr("Up to date") : tr("Catching up");
}

SyncStatusViewModel::Tone SyncStatusViewModel::tone() const
{
    const net::SyncStatus &status = m_host.status();
    if (status.problem || !status.rejections.empty())
        return Tone::Bad;
    if (status.offlineSince)
        return Tone::Warning;
    return status.waiting.empty() && status.state == SessionState::Live ? Tone::Good : Tone::Neutral;
}

QString SyncStatusViewModel::explanation() const
{
    const net::SyncStatus &status = m_host.status();
    if (status.problem)
        return status.problem->message;
    if (!status.rejections.empty())
        return tr("The server could not accept these changes. Everything else is in order.");
    if (status.offlineSince)
        return tr("Go on working. Every change is kept on this device and sent when the connection is back.");
    if (!status.waiting.empty())
        return tr("These changes are on their way to the server.");
    return tr("Everything on this device is on the server, and the other way round.");
}

} // namespace strop::client
