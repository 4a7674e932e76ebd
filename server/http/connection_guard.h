#pragma once

#include "server/http/stranger_count.h"
#include "shared/base/clock.h"

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace strop::server {

/// Stands between a listening socket and QHttpServer, which (in Qt 6.4) waits for ever for a request and
/// buffers a body of any size. Until a connection is a device's, it counts as a stranger's; until it is a
/// WebSocket, it may send so many bytes in so much time before each answer of the server. What breaks that is
/// aborted without an answer. Bytes are those that the kernel has received, so it watches a QSslSocket as
/// well, its handshake included. Lives on the thread of its sockets and outlives them or not.
class ConnectionGuard final : public QObject
{
    Q_OBJECT
public:
    struct Limits
    {
        qint64 requestBytes = limits::requestBytes;
        Millis requestTime = limits::requestTime;
    };

    /// `clock` and `strangers` outlive it.
    ConnectionGuard(const Clock &clock, StrangerCount &strangers, const Limits &limits)
        : m_clock(clock)
        , m_strangers(strangers)
        , m_limits(limits)
    {}
    ~ConnectionGuard() override;

    /// Watches a connection that was just accepted, before anybody else listens to it. False when there are
    /// too many strangers: then the socket is to be thrown away.
    [[nodiscard]] bool admit(QTcpSocket &socket);

    /// The whole request is there, and its answer takes the server a while: no fault of the peer.
    static void noteAnswerUnderWay(QTcpSocket &socket);

    /// The connection from that peer is a WebSocket now, whose session has bounds of its own.
    void noteUpgraded(const QHostAddress &peer, quint16 port);

    /// It is a device's and no stranger's any more.
    void noteIdentified(const QHostAddress &peer, quint16 port);

    /// Aborts who took too long, and forgets who has gone. Call it about once a second.
    void tick();

private:
    using Peer = std::pair<QHostAddress, quint16>;
    struct Connection
    {
        QPointer<QTcpSocket>
            socket;          ///< A QWebSocket that ends cuts every signal of its socket, destroyed() too.
        quint64 number = 0;  ///< Of those that were ever admitted.
        Millis since{0};     ///< The connection, or the last answer.
        qint64 received = 0; ///< Bytes of it before that.
        bool upgraded = false;
    };

    void take(const Peer &peer);
    void noteAnswered(const Peer &peer);
    void forget(const Peer &peer);

    const Clock &m_clock;
    StrangerCount &m_strangers;
    Limits m_limits;
    QHash<Peer, Connection> m_connections; ///< Of strangers.
    quint64 m_admitted = 0;
};

/// A QTcpServer whose connections are admitted by a guard, which outlives it.
class GuardedTcpServer final : public QTcpServer
{
    Q_OBJECT
public:
    explicit GuardedTcpServer(ConnectionGuard &guard)
        : m_guard(guard)
    {}

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    ConnectionGuard &m_guard;
};

} // namespace strop::server
