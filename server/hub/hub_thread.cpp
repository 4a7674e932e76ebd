#include "server/hub/hub_thread.h"

#include "server/http/listening_socket.h"
#include "shared/base/log.h"

namespace strop::server {
namespace {

constexpr Millis tickInterval{1000};

const QString syncPath = QStringLiteral("/v1/sync");

} // namespace

HubWorker::HubWorker(const HubContext &context, int listeningSocket, const RouteInstaller &installRoutes)
    : m_context(context)
    , m_mailbox(std::make_shared<Mailbox>(*this))
    , m_backend(context.store, context.readers, context.clock, m_mailbox)
    , m_guard(context.clock, context.strangers, {})
{
    listen(listeningSocket, installRoutes);
    connect(&m_tick, &QTimer::timeout, this, &HubWorker::tick);
    m_tick.start(tickInterval);
}

HubWorker::~HubWorker()
{
    m_mailbox->close();
    m_context.connections -= int(m_peers.size());
    for (const auto &[peer, owned] : m_peers)
        peer->disconnect(this);
}

std::vector<SocketPeer *> HubWorker::allPeers() const
{
    std::vector<SocketPeer *> all;
    all.reserve(m_peers.size());
    for (const auto &[peer, owned] : m_peers)
        all.push_back(peer);
    return all;
}

void HubWorker::tick()
{
    // forget() deletes later, so each stands until the loop is over.
    for (SocketPeer *peer : allPeers())
        peer->session().tick();
    m_guard.tick();
}

void HubWorker::listen(int listeningSocket, const RouteInstaller &installRoutes)
{
    auto *sockets = new GuardedTcpServer(m_guard); // QAbstractHttpServer::bind takes it over
    if (!sockets->setSocketDescriptor(listeningSocket))
        qFatal("a listening socket was refused: %s", qPrintable(sockets->errorString()));
    m_server.bind(sockets);
    installRoutes(m_server, m_mailbox);
    // Qt 6.4 upgrades a connection only where its path has a route, after the route's handler has left the
    // socket alone.
    m_server.route(syncPath, [](const QHttpServerRequest &request, QHttpServerResponder &&responder) {
        if (request.value(QByteArrayLiteral("upgrade")).isEmpty())
            responder.write(QByteArrayLiteral("This address speaks WebSocket.\n"),
                            QByteArrayLiteral("text/plain"),
                            QHttpServerResponder::StatusCode::UpgradeRequired);
    });
    connect(&m_server, &QHttpServer::newWebSocketConnection, this, &HubWorker::accept);
}

void HubWorker::accept()
{
    while (m_server.hasPendingWebSocketConnections()) {
        std::unique_ptr<QWebSocket> socket = m_server.nextPendingWebSocketConnection();
        if (m_drained || socket->requestUrl().path() != syncPath) {
            socket->abort();
            continue;
        }
        if (m_context.connections.fetch_add(1) >= m_context.maxConnections) {
            --m_context.connections;
            log::warning("hub.full", {{"connections", m_context.maxConnections}});
            socket->close(QWebSocketProtocol::CloseCode(1013),
                          QStringLiteral("unavailable")); // RFC 6455 registry: try again later
            continue;
        }
        const QHostAddress address = socket->peerAddress();
        const quint16 port = socket->peerPort();
        m_guard.noteUpgraded(address, port);
        auto peer =
            std::make_unique<SocketPeer>(std::move(socket), m_backend, m_context.clock, m_context.session);
        SocketPeer *raw = peer.get();
        m_peers.emplace(raw, std::move(peer));
        connect(raw, &SocketPeer::closed, this, [this, raw] { forget(raw); });
        raw->session().setWelcomedListener([this, raw, address, port](BusinessId business) {
            m_guard.noteIdentified(address, port);
            m_byBusiness[business.uuid.toBytes()].insert(raw);
        });
        raw->start();
    }
}

void HubWorker::forget(SocketPeer *peer)
{
    const auto found = m_peers.find(peer);
    if (found == m_peers.end())
        return;
    if (const auto &device = peer->session().device()) {
        const auto business = m_byBusiness.find(device->business.uuid.toBytes());
        if (business != m_byBusiness.end() && business->second.erase(peer) && business->second.empty())
            m_byBusiness.erase(business);
    }
    found->second.release()->deleteLater(); // it is the sender of the signal that led here
    m_peers.erase(found);
    --m_context.connections;
    if (m_drained && m_peers.empty())
        finishDrain();
}

void HubWorker::publish(const Commit &commit)
{
    const auto business = m_byBusiness.find(commit.business.uuid.toBytes());
    if (business == m_byBusiness.end())
        return;
    for (SocketPeer *peer : business->second)
        peer->session().deliver(commit);
}

void HubWorker::drop(const QSet<DeviceId> &revoked)
{
    for (SocketPeer *peer : allPeers()) {
        if (peer->session().device() && revoked.contains(peer->session().device()->id))
            peer->session().breach(refusedCredentials());
    }
}

void HubWorker::drain(Millis timeout, std::function<void()> done)
{
    m_drained = std::move(done);
    for (QTcpServer *sockets : m_server.servers())
        sockets->close();
    if (m_peers.empty())
        return finishDrain();
    QTimer::singleShot(timeout, this, &HubWorker::finishDrain);
    for (SocketPeer *peer : allPeers())
        peer->close({ErrorCode::Unavailable, QStringLiteral("The server is stopping."), {}});
}

void HubWorker::finishDrain()
{
    if (m_drained)
        std::exchange(m_drained, [] {})();
}

} // namespace strop::server
