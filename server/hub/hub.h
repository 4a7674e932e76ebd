#pragma once

#include "server/hub/hub_thread.h"

namespace strop::server {

/// All connected devices: one HubWorker a thread, each on an epoll event loop, behind one port. Made before
/// the store, whose commits it publishes; started after it.
class Hub
{
public:
    struct Settings
    {
        QHostAddress address;
        quint16 port = 0;
        int threads = 1;
        int maxConnections = 0;
        DeviceSession::Settings session;
        StrangerCount::Limits strangers;
        Millis drain{5000};
    };

    explicit Hub(const Settings &settings)
        : m_settings(settings)
        , m_strangers(settings.strangers)
    {}
    ~Hub();

    /// Listens. AlreadyExists when the port is taken. `store`, `readers` and `clock` outlive the hub.
    Result<void> start(StoreThread &store, ReaderPool &readers, const Clock &clock,
                       const RouteInstaller &installRoutes);

    /// Hands a commit to every thread. From any thread.
    void publish(const std::shared_ptr<const Commit> &commit);

    /// Lets every connection end and stops the threads; blocks for at most the drain time and a little.
    void drain();

    /// The port that was bound.
    [[nodiscard]] quint16 port() const { return m_port; }

    /// Of devices, at this moment. From any thread.
    [[nodiscard]] int connections() const { return m_connections; }

private:
    struct Thread
    {
        QThread thread;
        HubWorker *worker = nullptr;
        std::shared_ptr<Mailbox> mailbox;
    };

    void startThread(const HubContext &context, int socket, const RouteInstaller &installRoutes);
    void watchRevocations(ReaderPool &readers);

    Settings m_settings;
    quint16 m_port = 0;
    std::atomic<int> m_connections = 0;
    StrangerCount m_strangers;
    /// Devices connect, and the store publishes, while later threads are still being started.
    QMutex m_threadsMutex;
    std::vector<std::unique_ptr<Thread>> m_threads; ///< Grows in start(), never shrinks.
    std::unique_ptr<QTimer> m_revocations;
};

} // namespace strop::server
