#pragma once

#include "shared/net/backoff.h"
#include "shared/sync/device_identity.h"
#include "shared/sync/session.h"

#include <QTimer>
#include <QWebSocket>

namespace strop::net {

/// Keeps a replica in sync with its server over a WebSocket: connects, runs the sync::Session, notices a dead
/// peer, and connects again after a full-jitter wait, for as long as it lives. It stops trying only after an
/// error that a person must deal with (problem()). Lives on the replica's thread.
class SyncConnection final : public QObject, private sync::Link
{
    Q_OBJECT
public:
    /// `replica`, `clock` and `random` outlive the connection.
    SyncConnection(sync::Replica &replica, const sync::DeviceIdentity &identity, const Clock &clock,
                   Random &random);
    ~SyncConnection() override;

    void start();

    /// Tries at once instead of waiting: somebody asked, or the network came back.
    void connectNow();

    [[nodiscard]] sync::Session &session() { return m_session; }

    /// Set when the server refused this device or one of the two must be updated; nothing is tried any more.
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }

    /// When the connection was lost; none while it stands, the start while it never stood.
    [[nodiscard]] std::optional<Instant> offlineSince() const { return m_offlineSince; }

Q_SIGNALS:
    void changed();

    /// The device has taken a new identity by itself (sync::Session), and goes on under it.
    void identified(const strop::sync::DeviceIdentity &identity);

private:
    void send(const QByteArray &message) override;
    void close(const Error &reason) override;
    void tick();
    void lost();
    void sessionChanged(sync::SessionState state);

    const Clock &m_clock;
    QUrl m_url;
    Backoff m_backoff;
    QWebSocket m_socket;
    sync::Session m_session;
    QTimer m_tick;
    QTimer m_reconnect;
    Millis m_attemptStarted{0};
    std::optional<Millis> m_liveSince; ///< On the monotonic clock, while the session is live.
    bool m_up = false;
    std::optional<Error> m_problem;
    std::optional<Instant> m_offlineSince;
};

} // namespace strop::net
