#include "shared/net/replica_host.h"

#include "shared/base/log.h"

namespace strop::net {

/// Lives on the replica's thread. Replica and connection are there once open() succeeded.
struct ReplicaHost::Inside : QObject
{
    std::unique_ptr<sync::Replica> replica;
    std::unique_ptr<SyncConnection> connection;
    bool statusPosted = false;
};

namespace {

tl::unexpected<Error> notOpen()
{
    return fail(ErrorCode::Unavailable,
                QStringLiteral("This device's data could not be opened. Nothing was changed."));
}

} // namespace

ReplicaHost::ReplicaHost(const QString &folder, const sync::DeviceIdentity &identity, const Clock &clock,
                         Random &random)
    : m_folder(folder)
    , m_identity(identity)
    , m_clock(clock)
    , m_random(random)
    , m_mailbox(std::make_shared<Mailbox>(*this))
    , m_inside(new Inside)
{
    m_status.offlineSince = clock.now();
    m_thread.setObjectName(QStringLiteral("replica"));
    m_inside->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_inside, &QObject::deleteLater);
}

ReplicaHost::~ReplicaHost()
{
    m_mailbox->close();
    if (m_thread.isRunning()) {
        post([](Inside &inside) {
            inside.connection.reset();
            inside.replica.reset();
        });
        m_thread.quit();
        m_thread.wait();
    } else {
        delete m_inside;
    }
}

void ReplicaHost::start()
{
    m_thread.start();
    m_started = true;
    post([this](Inside &inside) { open(inside); });
    for (std::function<void(Inside &)> &task : std::exchange(m_early, {}))
        post(std::move(task));
}

void ReplicaHost::open(Inside &inside)
{
    const mutators::Actor actor{m_identity.enrolment.business, m_identity.enrolment.device,
                                m_identity.enrolment.role, m_identity.enrolment.shop};
    Result<std::unique_ptr<sync::Replica>> replica = sync::Replica::open(m_folder, actor, m_clock, m_random);
    if (!replica) {
        log::error("replica.not_opened", replica.error());
        m_mailbox->post([this, error = replica.error()] { Q_EMIT failed(error); });
        return;
    }
    inside.replica = std::move(*replica);
    inside.connection = std::make_unique<SyncConnection>(*inside.replica, m_identity, m_clock, m_random);
    // Many changes at once are told once, at the end of this turn of the thread's event loop.
    const auto tell = [this, &inside] {
        if (std::exchange(inside.statusPosted, true))
            return;
        QMetaObject::invokeMethod(
            &inside,
            [this, &inside] {
                inside.statusPosted = false;
                if (!inside.replica)
                    return;
                m_mailbox->post([this, status = statusOf(inside)] {
                    m_status = status;
                    Q_EMIT statusChanged();
                });
            },
            Qt::QueuedConnection);
    };
    inside.replica->setListener(tell);
    connect(inside.connection.get(), &SyncConnection::changed, &inside, tell);
    connect(inside.connection.get(), &SyncConnection::identified, &inside,
            [this](const sync::DeviceIdentity &identity) {
                m_mailbox->post([this, identity] {
                    m_identity = identity;
                    Q_EMIT statusChanged();
                });
            });
    tell();
    m_mailbox->post([this] { Q_EMIT opened(); });
    inside.connection->start();
}

SyncStatus ReplicaHost::statusOf(const Inside &inside)
{
    SyncStatus status;
    status.state = inside.connection->session().state();
    status.offlineSince = inside.connection->offlineSince();
    status.problem = inside.connection->problem();
    status.complete = inside.replica->isComplete();
    const sync::Outbox &outbox = inside.replica->outbox();
    for (const sync::OutboxEntry &entry : outbox.entries()) {
        if (!entry.settledVersion)
            status.waiting.push_back(entry);
    }
    status.rejections = outbox.rejections();
    return status;
}

void ReplicaHost::post(std::function<void(Inside &)> task)
{
    if (!m_started) {
        m_early.push_back(std::move(task));
        return;
    }
    QMetaObject::invokeMethod(
        m_inside, [inside = m_inside, task = std::move(task)] { task(*inside); }, Qt::QueuedConnection);
}

void ReplicaHost::mutate(const mutators::Mutation &mutation, std::function<void(Result<qint64>)> done)
{
    post([mailbox = m_mailbox, mutation, done = std::move(done)](Inside &inside) {
        const Result<qint64> id =
            inside.replica ? inside.replica->mutate(mutation) : Result<qint64>(notOpen());
        if (id)
            inside.connection->session().push();
        mailbox->post([done, id] { done(id); });
    });
}

void ReplicaHost::request(const QString &method, const QCborMap &arguments, sync::Session::Answer done)
{
    post([mailbox = m_mailbox, method, arguments, done = std::move(done)](Inside &inside) {
        const auto answer = [mailbox, done](const Result<QCborMap> &result) {
            mailbox->post([done, result] { done(result); });
        };
        if (!inside.connection)
            return answer(notOpen());
        inside.connection->session().request(method, arguments, answer);
    });
}

void ReplicaHost::dismissRejection(qint64 id)
{
    post([id](Inside &inside) {
        if (!inside.replica)
            return;
        if (const Result<void> dismissed = inside.replica->dismissRejection(id); !dismissed)
            log::error("replica.dismiss_failed", dismissed.error());
    });
}

void ReplicaHost::connectNow()
{
    post([](Inside &inside) {
        if (inside.connection)
            inside.connection->connectNow();
    });
}

void ReplicaHost::watchQuery(const std::shared_ptr<sync::LiveQueryBase> &query)
{
    post([weak = std::weak_ptr(query)](Inside &inside) {
        const std::shared_ptr<sync::LiveQueryBase> wanted = weak.lock();
        if (!wanted || !inside.replica)
            return;
        if (const Result<void> watched = inside.replica->watch(wanted); !watched)
            log::error("replica.query_failed", watched.error());
    });
}

} // namespace strop::net
