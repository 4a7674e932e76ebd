#include "server/hub/hub.h"

#include "server/eventloop/epoll_dispatcher.h"
#include "server/http/listening_socket.h"

#include <future>

namespace strop::server {
namespace {

/// How soon a device that strop-admin revoked in the database is cut off.
constexpr Millis revocationCheck{5000};

} // namespace

Hub::~Hub()
{
    drain();
}

Result<void> Hub::start(StoreThread &store, ReaderPool &readers, const Clock &clock,
                        const RouteInstaller &installRoutes)
{
    STROP_TRY_ASSIGN(const std::vector<int> sockets,
                     makeListeningSockets(m_settings.address, m_settings.port, m_settings.threads));
    STROP_TRY_ASSIGN(m_port, localPort(sockets.front()));
    const HubContext context{store,         readers,    clock, m_settings.session, m_settings.maxConnections,
                             m_connections, m_strangers};
    for (const int socket : sockets)
        startThread(context, socket, installRoutes);
    watchRevocations(readers);
    return {};
}

void Hub::startThread(const HubContext &context, int socket, const RouteInstaller &installRoutes)
{
    auto thread = std::make_unique<Thread>();
    EpollDispatcher::installOn(thread->thread);
    auto *starter = new QObject;
    starter->moveToThread(&thread->thread);
    thread->thread.start();
    std::promise<void> started;
    QMetaObject::invokeMethod(
        starter,
        [&, one = thread.get(), starter] {
            one->worker = new HubWorker(context, socket, installRoutes);
            one->mailbox = one->worker->mailbox();
            delete starter;
            started.set_value();
        },
        Qt::QueuedConnection);
    started.get_future().wait();
    const QMutexLocker lock(&m_threadsMutex);
    m_threads.push_back(std::move(thread));
}

void Hub::watchRevocations(ReaderPool &readers)
{
    m_revocations = std::make_unique<QTimer>();
    QObject::connect(m_revocations.get(), &QTimer::timeout, [this, &readers] {
        std::vector<std::pair<HubWorker *, std::shared_ptr<Mailbox>>> workers;
        for (const auto &thread : m_threads)
            workers.emplace_back(thread->worker, thread->mailbox);
        readers.run([workers = std::move(workers)](storage::Database &database) {
            QSet<DeviceId> revoked;
            const Result<void> read = database.each(QStringLiteral("SELECT id FROM device WHERE revoked = 1"),
                                                    {}, [&](const storage::RowReader &row) -> Result<void> {
                                                        revoked.insert(row.id<DeviceId>(0));
                                                        return {};
                                                    });
            if (!read || revoked.isEmpty())
                return;
            for (const auto &[worker, mailbox] : workers)
                mailbox->post([one = worker, revoked] { one->drop(revoked); });
        });
    });
    m_revocations->start(revocationCheck);
}

void Hub::publish(const std::shared_ptr<const Commit> &commit)
{
    const QMutexLocker lock(&m_threadsMutex);
    for (const auto &thread : m_threads)
        thread->mailbox->post([worker = thread->worker, commit] { worker->publish(*commit); });
}

void Hub::drain()
{
    m_revocations.reset();
    for (const auto &thread : m_threads) {
        thread->mailbox->post([one = thread.get(), timeout = m_settings.drain] {
            one->worker->drain(timeout, [one] {
                one->worker->deleteLater();
                one->thread.quit();
            });
        });
    }
    for (const auto &thread : m_threads)
        thread->thread.wait();
    // The threads stay in the list: the store may still publish the last of its queue, which closed mailboxes
    // drop.
}

} // namespace strop::server
