#pragma once

#include "server/http/connection_guard.h"
#include "server/hub/server_backend.h"
#include "server/hub/socket_peer.h"

#include <QHttpServer>
#include <QThread>
#include <QTimer>
#include <atomic>
#include <unordered_map>
#include <unordered_set>

namespace strop::server {

/// Registers HTTP routes on a server; called once on each hub thread. The mailbox leads to that thread and is
/// closed before the server goes.
using RouteInstaller = std::function<void(QHttpServer &, const std::shared_ptr<Mailbox> &)>;

/// What the hub threads share.
struct HubContext
{
    StoreThread &store;
    ReaderPool &readers;
    const Clock &clock;
    DeviceSession::Settings session;
    int maxConnections = 0;
    std::atomic<int> &connections; ///< Of all hub threads.
    StrangerCount &strangers;
};

/// The connections of one thread: an HTTP server on a listening socket of its own, and the WebSockets that
/// were upgraded on it. A connection never leaves its thread. Lives on the hub thread; publish() and drop()
/// are posted to it.
class HubWorker final : public QObject
{
    Q_OBJECT
public:
    /// Takes the ownership of the socket.
    HubWorker(const HubContext &context, int listeningSocket, const RouteInstaller &installRoutes);
    ~HubWorker() override;

    /// Sends a commit to every live device of its business.
    void publish(const Commit &commit);

    /// Ends the sessions of devices that were revoked.
    void drop(const QSet<DeviceId> &revoked);

    /// Stops accepting, tells every device that the server goes away, and calls `done` when the last is gone
    /// or `timeout` is over.
    void drain(Millis timeout, std::function<void()> done);

    [[nodiscard]] const std::shared_ptr<Mailbox> &mailbox() const { return m_mailbox; }

private:
    /// The connections as they are now: what is done to one may end it and change m_peers.
    [[nodiscard]] std::vector<SocketPeer *> allPeers() const;

    void tick();
    void listen(int listeningSocket, const RouteInstaller &installRoutes);
    void accept();
    void forget(SocketPeer *peer);
    void finishDrain();

    HubContext m_context;
    std::shared_ptr<Mailbox> m_mailbox;
    ServerBackend m_backend;
    ConnectionGuard m_guard;
    QHttpServer m_server;
    std::unordered_map<SocketPeer *, std::unique_ptr<SocketPeer>> m_peers;
    std::unordered_map<QByteArray, std::unordered_set<SocketPeer *>> m_byBusiness;
    QTimer m_tick;
    std::function<void()> m_drained;
};

} // namespace strop::server
