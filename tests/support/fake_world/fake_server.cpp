#include "tests/support/fake_world/fake_server.h"

#include "server/authority/schema.h"
#include "server/authority/store.h"
#include "server/hub/device_requests.h"
#include "server/hub/server_backend.h"
#include "tests/support/fake_world/folder_image.h"

namespace strop::test {

using server::BatchOutcome;
using server::Commit;
using server::Device;
using server::DeviceSession;

namespace {

constexpr Millis tickInterval{1000};

/// How often the hub looks for devices that were revoked, in ticks.
constexpr int revocationTicks = 5;

} // namespace

/// The server's end of a connection, as SocketPeer is of a WebSocket.
class FakeServer::Peer final : public server::Peer
{
public:
    Peer(std::shared_ptr<Connection> connection, Backend &backend, const Clock &clock,
         const DeviceSession::Settings &settings);

    void send(const QByteArray &message) override { m_connection->send(End::Server, message); }
    void close(const Error &) override { m_connection->close(End::Server); }
    [[nodiscard]] qint64 unsentBytes() const override { return m_connection->bytesUnderWay(End::Server); }
    [[nodiscard]] QString name() const override { return QStringLiteral("fake:1"); }

    [[nodiscard]] DeviceSession &session() { return *m_session; }
    [[nodiscard]] Connection &connection() { return *m_connection; }

private:
    std::shared_ptr<Connection> m_connection;
    std::shared_ptr<DeviceSession> m_session;
};

/// As ServerBackend, with an event for each hop between threads.
class FakeServer::Backend final : public server::Backend
{
public:
    explicit Backend(FakeServer &server)
        : m_server(server)
    {}

    void find(DeviceId device, Answer<Standing> answer) override
    {
        read<Standing>(std::move(answer), [this, device](storage::Database &database) {
            return server::readStanding(database, m_server.m_clock, device);
        });
    }

    void reportAhead(const Device &device, const QByteArray &epoch, qint64 cursor,
                     Answer<Standing> answer) override
    {
        m_server.workSoon();
        m_server.m_writes.run(
            device.id, [this, device, epoch, cursor, answer = std::move(answer)](server::Store &store) {
                const auto commits = store.noteAhead(device.business, epoch, cursor);
                if (!commits)
                    return reply(answer, Result<Standing>(tl::unexpected(commits.error())));
                m_server.publish(*commits);
                reply(answer, server::readStanding(store.database(), m_server.m_clock, device.id));
            });
    }

    void push(const Device &device, std::vector<protocol::PushedMutation> mutations,
              Answer<protocol::Ack> answer) override
    {
        m_server.workSoon();
        server::PushJob job{device, std::move(mutations)};
        if (m_server.m_store->isRecovering(device.business)) {
            // The answer may come twice: the desk answers what it gathers once more in the end.
            m_server.m_writes.run(device.id, [this, job, answer](server::Store &) {
                m_server.m_desk->take(
                    {job, [this, answer](Result<protocol::Ack> ack) { reply(answer, std::move(ack)); }},
                    [this](const std::shared_ptr<const Commit> &commit) { m_server.publish({commit}); });
            });
            return;
        }
        const server::WriteQueue::Cut cut = server::WriteQueue::cutOf(job);
        if (const Result<void> queued = m_server.m_writes.push(std::move(job), answer, cut); !queued)
            reply(answer, Result<protocol::Ack>(tl::unexpected(queued.error())));
    }

    void pull(const Device &device, qint64 cursor, Answer<Chunk> answer) override
    {
        read<Chunk>(std::move(answer), [device, cursor](storage::Database &database) {
            return server::readChunk(database, device, cursor);
        });
    }

    void request(const Device &device, const protocol::Request &request, Answer<QCborMap> answer) override
    {
        m_server.workSoon();
        m_server.m_writes.run(device.id,
                              [this, device, request, answer = std::move(answer)](server::Store &store) {
                                  reply(answer, server::answerRequest(store, device, request));
                              });
    }

    template <typename T>
    void reply(const Answer<T> &answer, Result<T> result)
    {
        m_server.later(Millis(0), [answer, result = std::move(result)] { answer(result); });
    }

private:
    template <typename T>
    void read(Answer<T> answer, std::function<Result<T>(storage::Database &)> question)
    {
        m_server.later(m_server.m_settings.readTime,
                       [this, answer = std::move(answer), question = std::move(question)] {
                           reply(answer, question(*m_server.m_reader));
                       });
    }

    FakeServer &m_server;
};

FakeServer::Peer::Peer(std::shared_ptr<Connection> connection, Backend &backend, const Clock &clock,
                       const DeviceSession::Settings &settings)
    : m_connection(std::move(connection))
    , m_session(std::make_shared<DeviceSession>(*this, backend, clock, settings))
{}

FakeServer::FakeServer(EventQueue &time, const QString &folder, Instant wall, const Settings &settings)
    : m_time(time)
    , m_folder(folder)
    , m_settings(settings)
    , m_clock(time, wall)
    , m_random(settings.seed)
{}

FakeServer::~FakeServer() = default;

Result<void> FakeServer::tryStart()
{
    STROP_TRY_ASSIGN(auto store, server::Store::open(m_folder, m_clock, m_random));
    STROP_TRY_ASSIGN(m_reader, server::openServerDatabase(m_folder, true));
    m_store = std::move(store);
    m_desk = std::make_unique<server::RecoveryDesk>(*m_store, m_clock);
    m_backend = std::make_unique<Backend>(*this);
    m_run = std::make_shared<int>(0);
    later(tickInterval, [this] { tick(); });
    return {};
}

void FakeServer::cutConnections()
{
    for (const auto &peer : m_peers)
        peer->connection().cut();
}

void FakeServer::stop()
{
    work();
    m_time.pass(Millis(0)); // the answers go out
    for (const auto &peer : m_peers)
        peer->close({ErrorCode::Unavailable, QStringLiteral("The server is stopping."), {}});
    disappear();
}

void FakeServer::kill()
{
    const FolderImage left(m_folder);
    cutConnections();
    disappear();
    left.restore(m_folder);
}

void FakeServer::disappear()
{
    m_run.reset();
    m_writes = {};
    for (const auto &peer : m_peers)
        peer->connection().listen(End::Server, {});
    m_peers.clear();
    m_backend.reset();
    m_reader.reset();
    m_desk.reset();
    m_store.reset();
}

server::Store &FakeServer::store()
{
    if (!m_store)
        throw std::logic_error("the server is down");
    return *m_store;
}

storage::Database &FakeServer::database()
{
    return store().database();
}

bool FakeServer::accept(const std::shared_ptr<Connection> &connection)
{
    if (!isRunning())
        return false;
    Peer *peer =
        m_peers.emplace_back(std::make_unique<Peer>(connection, *m_backend, m_clock, m_settings.session))
            .get();
    connection->listen(End::Server, {[peer](const QByteArray &message) { peer->session().receive(message); },
                                     [this, peer] { forget(peer); }});
    peer->session().start();
    return true;
}

void FakeServer::forget(Peer *peer)
{
    m_peers.remove_if([peer](const auto &owned) { return owned.get() == peer; });
}

void FakeServer::later(Millis delay, std::function<void()> event)
{
    m_time.post(delay, [run = std::weak_ptr(m_run), event = std::move(event)] {
        if (run.lock())
            event();
    });
}

void FakeServer::tick()
{
    for (const auto &peer : m_peers)
        peer->session().tick();
    if (++*m_run % revocationTicks == 0)
        dropRevoked();
    m_store->mark();
    m_desk->settleDue([this](const std::shared_ptr<const Commit> &commit) { publish({commit}); });
    later(tickInterval, [this] { tick(); });
}

void FakeServer::dropRevoked()
{
    for (const auto &peer : m_peers) {
        if (peer->session().device() && !m_store->device(peer->session().device()->id))
            peer->session().breach(server::refusedCredentials());
    }
}

void FakeServer::publish(const std::vector<std::shared_ptr<const Commit>> &commits)
{
    for (const auto &one : commits) {
        later(Millis(0), [this, one] {
            for (const auto &peer : m_peers) {
                if (peer->session().device() && peer->session().device()->business == one->business)
                    peer->session().deliver(*one);
            }
        });
    }
}

void FakeServer::workSoon()
{
    if (m_writes.empty())
        later(m_settings.writeTime, [this] { work(); });
}

void FakeServer::work()
{
    while (!m_writes.empty()) {
        server::WriteQueue::Work next = m_writes.next(m_settings.groupLimit);
        if (const auto *task = std::get_if<server::WriteQueue::Task>(&next))
            (*task)(*m_store);
        else
            commit(std::move(std::get<server::WriteQueue::Group>(next)));
    }
}

void FakeServer::commit(server::WriteQueue::Group group)
{
    if (group.jobs.empty())
        return;
    const Result<BatchOutcome> outcome = m_store->push(group.jobs);
    if (outcome)
        ++m_commits;
    if (outcome && std::exchange(m_killAfterCommit, false))
        return later(Millis(0), [this] { kill(); });
    if (outcome)
        publish(outcome->commits);
    for (server::WriteQueue::Due &due : m_writes.settle(std::move(group), outcome))
        m_backend->reply(due.answer, std::move(due.result));
}

} // namespace strop::test
