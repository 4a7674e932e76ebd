#include "server/http/connection_guard.h"

#include "server/http/peer_key.h"
#include "shared/base/log.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace strop::server {
namespace {

constexpr const char *answerUnderWay = "stropAnswerUnderWay";

/// Every byte that the peer has sent on that connection, read or not.
qint64 bytesReceived(const QTcpSocket &socket)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(int(socket.socketDescriptor()), IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return 0; // it is closed
    return qint64(info.tcpi_bytes_received);
}

void refuse(QTcpSocket &socket, const char *why)
{
    log::warning("http.refused", {{"peer", peerKey(socket.peerAddress())}, {"why", QLatin1String(why)}});
    socket.abort();
}

} // namespace

ConnectionGuard::~ConnectionGuard()
{
    for (const Peer &peer : m_connections.keys())
        forget(peer);
}

bool ConnectionGuard::admit(QTcpSocket &socket)
{
    const Peer peer{socket.peerAddress(), socket.peerPort()};
    if (m_connections.contains(peer))
        forget(peer); // it has gone, and its socket has not been deleted yet
    if (!m_strangers.enter(peer.first))
        return false;
    const quint64 number = ++m_admitted;
    m_connections.insert(peer, {&socket, number, m_clock.monotonic(), 0, false});
    // A peer that sends faster than this thread looks is stopped by TCP. Twice, for the body is read out of
    // the buffer by then or not, as QHttpServer likes.
    socket.setReadBufferSize(2 * m_limits.requestBytes);
    connect(&socket, &QTcpSocket::readyRead, this, [this, peer] { take(peer); });
    connect(&socket, &QTcpSocket::bytesWritten, this, [this, peer] { noteAnswered(peer); });
    connect(&socket, &QObject::destroyed, this, [this, peer, number] {
        if (m_connections.value(peer).number != number)
            return;
        m_connections.remove(peer);
        m_strangers.leave(peer.first);
    });
    return true;
}

void ConnectionGuard::take(const Peer &peer)
{
    const auto found = m_connections.constFind(peer);
    if (found == m_connections.constEnd() || !found->socket || found->upgraded ||
        bytesReceived(*found->socket) - found->received <= m_limits.requestBytes)
        return;
    // Others listen to the same signal: they are through before the socket goes.
    QMetaObject::invokeMethod(
        found->socket, [socket = found->socket.get()] { refuse(*socket, "too_large"); },
        Qt::QueuedConnection);
}

void ConnectionGuard::noteAnswered(const Peer &peer)
{
    const auto found = m_connections.find(peer);
    if (found == m_connections.end() || !found->socket || found->upgraded)
        return;
    found->since = m_clock.monotonic();
    found->received = bytesReceived(*found->socket);
    found->socket->setProperty(answerUnderWay, false);
}

void ConnectionGuard::noteAnswerUnderWay(QTcpSocket &socket)
{
    socket.setProperty(answerUnderWay, true);
}

void ConnectionGuard::noteUpgraded(const QHostAddress &peer, quint16 port)
{
    const auto found = m_connections.find({peer, port});
    if (found == m_connections.end() || !found->socket)
        return;
    found->upgraded = true;
    found->socket->setReadBufferSize(0); // QWebSocket waits until a whole frame is in the buffer
}

void ConnectionGuard::noteIdentified(const QHostAddress &peer, quint16 port)
{
    if (m_connections.contains({peer, port}))
        forget({peer, port});
}

void ConnectionGuard::tick()
{
    std::vector<QTcpSocket *> late;
    for (const Peer &peer : m_connections.keys()) {
        const Connection &one = m_connections[peer];
        if (!one.socket)
            forget(peer);
        else if (!one.upgraded && m_clock.monotonic() - one.since >= m_limits.requestTime &&
                 !one.socket->property(answerUnderWay).toBool())
            late.push_back(one.socket);
    }
    for (QTcpSocket *socket : late)
        refuse(*socket, "too_slow");
}

void ConnectionGuard::forget(const Peer &peer)
{
    const Connection gone = m_connections.take(peer);
    if (gone.socket)
        gone.socket->disconnect(this);
    m_strangers.leave(peer.first);
}

void GuardedTcpServer::incomingConnection(qintptr descriptor)
{
    auto *socket = new QTcpSocket(this);
    if (socket->setSocketDescriptor(descriptor) && m_guard.admit(*socket))
        return addPendingConnection(socket);
    log::warning("http.too_many_strangers", {{"peer", peerKey(socket->peerAddress())}});
    socket->abort();
    delete socket;
}

} // namespace strop::server
