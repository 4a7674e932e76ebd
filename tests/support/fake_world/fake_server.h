#pragma once

#include "server/authority/group_size.h"
#include "server/authority/recovery_desk.h"
#include "server/authority/write_queue.h"
#include "server/hub/device_session.h"
#include "tests/support/fake_world/connection.h"
#include "tests/support/fake_world/virtual_clock.h"
#include "tests/unit/expect.h"

#include <list>

namespace strop::test {

/// The real store, authority and sessions of a server over a real folder, on virtual time: a thread's hop is
/// an event. Pushes that come while the disk is busy are committed together, by the queue of StoreThread.
class FakeServer
{
public:
    struct Settings
    {
        server::DeviceSession::Settings session;
        Millis readTime{1};                              ///< Until a reader's answer is there.
        Millis writeTime{3};                             ///< How long the disk is busy with one commit.
        size_t groupLimit = server::GroupSize::smallest; ///< Mutations in one commit.
        quint64 seed = 4711;                             ///< Of its random numbers.
    };

    /// `time` outlives the server.
    FakeServer(EventQueue &time, const QString &folder, Instant wall, const Settings &settings);
    ~FakeServer();

    void start() { must(tryStart()); }
    [[nodiscard]] Result<void> tryStart();

    /// Goes away in order: writes what was pushed, tells every device.
    void stop();

    /// SIGKILL: whatever was not on the disk, or not yet sent, is gone.
    void kill();

    /// Nobody hears from it any more.
    void cutConnections();

    /// Is killed when its next commit is on the disk and before anybody hears of it.
    void killAfterNextCommit() { m_killAfterCommit = true; }
    void spare() { m_killAfterCommit = false; } ///< Takes that back.

    [[nodiscard]] bool isRunning() const { return m_store != nullptr; }
    [[nodiscard]] bool isBusy() const { return !m_writes.empty() || (m_desk && m_desk->isOpen()); }

    /// Throws while the server is down.
    [[nodiscard]] server::Store &store();
    [[nodiscard]] storage::Database &database();

    /// What the server's own tools wrote goes to the devices, as StoreThread::publish does.
    void publish(const std::vector<std::shared_ptr<const server::Commit>> &commits);

    /// A device connects; false when nobody listens.
    [[nodiscard]] bool accept(const std::shared_ptr<Connection> &connection);

    [[nodiscard]] VirtualClock &clock() { return m_clock; }
    [[nodiscard]] const QString &folder() const { return m_folder; }

    [[nodiscard]] size_t connections() const { return m_peers.size(); }

    /// How many batches of pushes were committed since the world began.
    [[nodiscard]] int commits() const { return m_commits; }

private:
    class Peer;
    class Backend;

    void later(Millis delay, std::function<void()> event);
    void tick();
    void dropRevoked();
    void forget(Peer *peer);
    void workSoon();
    void work();
    void commit(server::WriteQueue::Group group);
    void disappear();

    EventQueue &m_time;
    QString m_folder;
    Settings m_settings;
    VirtualClock m_clock;
    SeededRandom m_random;
    std::unique_ptr<server::Store> m_store;
    std::unique_ptr<server::RecoveryDesk> m_desk;
    std::unique_ptr<storage::Database> m_reader;
    std::unique_ptr<Backend> m_backend;
    std::list<std::unique_ptr<Peer>> m_peers;
    server::WriteQueue m_writes;
    std::shared_ptr<int> m_run; ///< Events of a run that has ended do nothing.
    bool m_killAfterCommit = false;
    int m_commits = 0;
};

} // namespace strop::test
