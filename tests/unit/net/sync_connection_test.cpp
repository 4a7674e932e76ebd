#include "shared/net/sync_connection.h"

#include "shared/protocol/codec.h"
#include "tests/unit/eventually.h"
#include "tests/unit/expect.h"
#include "tests/unit/synced_store.h"
#include "tests/unit/virtual_clock.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QWebSocketServer>

using namespace strop;
using namespace strop::net;
using namespace strop::test;

namespace {

/// No wait before the next attempt.
class NoJitter final : public Random
{
public:
    [[nodiscard]] quint64 next() override { return 0; }
};

/// A device whose server is a peer that the test plays.
class Connection : public testing::Test
{
protected:
    void connectTo(quint16 port)
    {
        const sync::DeviceIdentity identity{crypto::SigningKey::generate(),
                                            {idOf<DeviceId>(7), idOf<BusinessId>(1), Role::Owner, {}},
                                            QUrl(u"http://127.0.0.1:%1"_qs.arg(port))};
        m_replica = must(sync::Replica::open(
            m_folder.path(), {identity.enrolment.business, identity.enrolment.device, Role::Owner}, m_clock,
            m_random));
        m_connection = std::make_unique<SyncConnection>(*m_replica, identity, m_clock, m_random);
        QObject::connect(m_connection.get(), &SyncConnection::changed, [this] { ++m_changes; });
        m_connection->start();
    }

    QTemporaryDir m_folder;
    VirtualClock m_clock;
    NoJitter m_random;
    std::unique_ptr<sync::Replica> m_replica;
    std::unique_ptr<SyncConnection> m_connection;
    int m_changes = 0;
};

/// Speaks WebSocket, and says what the test wants.
class PlayedServer
{
public:
    PlayedServer()
    {
        QObject::connect(&m_server, &QWebSocketServer::newConnection, &m_server, [this] {
            ++connections;
            m_socket.reset(m_server.nextPendingConnection());
            QObject::connect(m_socket.get(), &QWebSocket::binaryMessageReceived, &m_server,
                             [this](const QByteArray &) { ++received; });
        });
        m_server.listen(QHostAddress::LocalHost);
    }

    void say(const protocol::Message &message) { m_socket->sendBinaryMessage(protocol::encode(message)); }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }

    int connections = 0;
    int received = 0;

private:
    QWebSocketServer m_server{QString(), QWebSocketServer::NonSecureMode};
    std::unique_ptr<QWebSocket> m_socket;
};

} // namespace

TEST_F(Connection, ToAPeerThatTakesTcpButSaysNothingIsGivenUpAndTriedAgain)
{
    QTcpServer silent;
    ASSERT_TRUE(silent.listen(QHostAddress::LocalHost));
    std::vector<std::unique_ptr<QTcpSocket>> peers;
    QObject::connect(&silent, &QTcpServer::newConnection,
                     [&] { peers.emplace_back(silent.nextPendingConnection()); });
    connectTo(silent.serverPort());
    ASSERT_TRUE(eventually([&] { return peers.size() == 1; }));
    m_clock.pass(Millis(8001));
    EXPECT_TRUE(eventually([&] { return peers.size() == 2; }));
    EXPECT_FALSE(m_connection->problem());
}

TEST_F(Connection, ToAServerThatFallsSilentIsGivenUpAndTriedAgain)
{
    PlayedServer server;
    connectTo(server.port());
    ASSERT_TRUE(
        eventually([&] { return m_connection->session().state() == sync::SessionState::Authenticating; }));
    m_clock.pass(Millis(8000));
    EXPECT_TRUE(eventually([&] { return server.connections == 2; }));
    EXPECT_FALSE(m_connection->problem());
}

TEST_F(Connection, IsNotTriedAgainOnceTheServerRefusedTheDevice)
{
    for (const ErrorCode code : {ErrorCode::Unauthenticated, ErrorCode::UpdateNeeded}) {
        PlayedServer server;
        m_connection.reset();
        m_replica.reset();
        connectTo(server.port());
        ASSERT_TRUE(eventually([&] { return server.connections == 1; }));
        server.say(protocol::ErrorMessage{{code, u"Ask the owner."_qs, {}}});
        ASSERT_TRUE(eventually([&] { return m_connection->problem().has_value(); }));
        EXPECT_EQ(m_connection->problem()->code, code);
        // A device types no password, so it says in words of its own what that answer means to it.
        EXPECT_TRUE(m_connection->problem()->message.contains(
            code == ErrorCode::Unauthenticated ? u"Pair it again"_qs : u"Ask the owner."_qs));
        ASSERT_TRUE(
            eventually([&] { return m_connection->session().state() == sync::SessionState::Offline; }));
        m_connection->connectNow();
        const int changes = m_changes;
        EXPECT_FALSE(eventually([&] { return server.connections > 1 || m_changes > changes; }, 1200))
            << "and nothing more is reported";
    }
}

TEST_F(Connection, IsTriedAgainAfterAnyOtherError)
{
    PlayedServer server;
    connectTo(server.port());
    ASSERT_TRUE(eventually([&] { return server.connections == 1; }));
    server.say(protocol::ErrorMessage{{ErrorCode::StorageFull, u"The disk is full."_qs, {}}});
    EXPECT_TRUE(eventually([&] { return server.connections == 2; }));
    EXPECT_FALSE(m_connection->problem());
}

TEST_F(Connection, IsOnlineOnceEverythingIsHereAndOfflineSinceItWasLost)
{
    PlayedServer server;
    connectTo(server.port());
    EXPECT_EQ(m_connection->offlineSince(), m_clock.now());
    ASSERT_TRUE(eventually([&] { return server.connections == 1; }));
    server.say(protocol::Challenge{QByteArray(protocol::nonceBytes, 'n')});
    ASSERT_TRUE(eventually([&] { return server.received == 1; }));
    server.say(protocol::Welcome{idOf<BusinessId>(1), Role::Owner, "epoch", 0, 0, 4000});
    server.say(protocol::Snapshot{{0, 0, {}}, true});
    ASSERT_TRUE(eventually([&] { return m_connection->session().state() == sync::SessionState::Live; }));
    EXPECT_FALSE(m_connection->offlineSince());

    m_clock.pass(Millis(4000));
    EXPECT_TRUE(eventually([&] { return server.received == 3; })) << "a ping after the pull";
    m_clock.pass(Millis(4000));
    ASSERT_TRUE(eventually([&] { return m_connection->session().state() != sync::SessionState::Live; }));
    EXPECT_EQ(m_connection->offlineSince(), m_clock.now());
}
