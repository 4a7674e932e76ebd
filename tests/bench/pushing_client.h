#pragma once

#include "tests/bench/filled_server.h"
#include "tests/bench/report.h"

#include <QTimer>
#include <QWebSocket>

namespace strop::bench {

/// A device that says only what it must to push: it proves who it is, catches up without keeping a row, and
/// pushes what it was given, one push at a time. Lives on one thread with an event loop.
class PushingClient
{
public:
    using Mutations = std::vector<protocol::PushedMutation>;

    PushingClient(EnrolledDevice device, const QUrl &server);

    [[nodiscard]] bool isLive() const { return m_live; }

    /// Of how many writes the server has said that they are settled.
    [[nodiscard]] qint64 settled() const { return m_settled; }
    [[nodiscard]] qint64 rejected() const { return m_rejected; }

    /// Why the connection ended; empty while it stands.
    [[nodiscard]] const QString &problem() const { return m_problem; }

    /// Pushes them and calls `settled` with how long that took, on the client's thread.
    void push(Mutations mutations, std::function<void(Nanoseconds)> settled);

private:
    void receive(const QByteArray &bytes);
    void handle(const protocol::Challenge &challenge);
    void handle(const protocol::Welcome &welcome);
    void handle(const protocol::Snapshot &snapshot);
    void handle(const protocol::Behind &behind);
    void handle(const protocol::Ack &ack);
    void handle(const protocol::ErrorMessage &message) { m_problem = message.error.message; }
    template <typename Other>
    void handle(const Other &)
    {}
    void send(const protocol::Message &message);

    EnrolledDevice m_device;
    QWebSocket m_socket;
    QTimer m_heartbeat;
    bool m_live = false;
    qint64 m_settled = 0;
    qint64 m_rejected = 0;
    QString m_problem;
    Stopwatch::time_point m_pushed;
    std::function<void(Nanoseconds)> m_acked;
};

} // namespace strop::bench
