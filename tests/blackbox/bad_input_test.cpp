#include "tests/blackbox/raw_client.h"
#include "tests/blackbox/shell.h"
#include "tests/unit/http_client.h"

#include <QTcpSocket>

using namespace strop;
using namespace strop::test;
using testing::SizeIs;

namespace {

constexpr int policyViolation = 1008; // RFC 6455 §7.4.1
constexpr int messageTooBig = 1009;
constexpr int tryAgainLater = 1013; // IANA registry of close codes
constexpr qsizetype messageLimit = protocol::maxDeviceMessageBytes;

/// RFC 6455 §5.5.1, with the reason that the server gives.
QByteArray closeFrame(int code)
{
    const QByteArray reason("unavailable");
    return QByteArray("\x88") + char(2 + reason.size()) + char(code >> 8) + char(code & 0xff) + reason;
}

/// A running shop with one device connected, which nothing that others do may disturb.
class BadInput : public testing::Test
{
protected:
    void SetUp() override
    {
        m_shell.configure("max-message-bytes = 262144\nmax-connections = 3\nheartbeat-ms = 60000\n");
        m_shell.openShop();
        m_bystander = welcomed();
    }
    void TearDown() override
    {
        if (!HasFatalFailure())
            expectNothingElseIsDisturbed();
    }

    [[nodiscard]] std::unique_ptr<RawClient> welcomed()
    {
        auto client = std::make_unique<RawClient>(m_shell.server().url());
        EXPECT_TRUE(client->isChallenged());
        client->sayHello(m_shell.identityOf(u"desk"_qs));
        EXPECT_TRUE(client->gets<protocol::Welcome>());
        return client;
    }

    /// The client is told that it broke the protocol, and one line of the log tells who did.
    void expectRefused(RawClient &client, ErrorCode code)
    {
        ASSERT_TRUE(client.isClosed());
        EXPECT_EQ(client.closeCode(), policyViolation);
        const auto said = client.last<protocol::ErrorMessage>();
        ASSERT_TRUE(said);
        EXPECT_EQ(said->error.code, code);
        EXPECT_FALSE(said->error.message.isEmpty());
        const auto lines = m_shell.log(u"session.refused"_qs);
        ASSERT_THAT(lines, SizeIs(1));
        EXPECT_EQ(lines.front().value(u"peer"_qs).toString(), client.address());
        EXPECT_EQ(lines.front().value(u"code"_qs).toString(), QString(errorCodeName(code)));
    }

    /// All that a connection gets until the server ends it. By hand, because QWebSocket takes no close code
    /// above 1011.
    [[nodiscard]] QByteArray answerToAnUpgrade()
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, quint16(m_shell.server().url().port()));
        socket.write(
            "GET /v1/sync HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        EXPECT_TRUE(eventually([&] { return socket.state() == QAbstractSocket::UnconnectedState; }));
        return socket.readAll();
    }

    Shell m_shell;
    std::unique_ptr<RawClient> m_bystander;

private:
    void expectNothingElseIsDisturbed()
    {
        m_bystander->send(protocol::Ping{});
        EXPECT_TRUE(m_bystander->gets<protocol::Pong>());
        EXPECT_EQ(HttpClient().get(m_shell.server().url(), u"/health"_qs).status, 200);
        EXPECT_THAT(m_shell.server().stop(), Succeeds());
    }
};

} // namespace

TEST_F(BadInput, TextInsteadOfCborIsRefused)
{
    RawClient client(m_shell.server().url());
    ASSERT_TRUE(client.isChallenged());
    client.sendText(u"hello"_qs);
    expectRefused(client, ErrorCode::MalformedFrame);
}

TEST_F(BadInput, BytesThatAreNotCborAreRefused)
{
    RawClient client(m_shell.server().url());
    ASSERT_TRUE(client.isChallenged());
    client.sendBytes("\xff\x00garbage");
    expectRefused(client, ErrorCode::MalformedFrame);
}

TEST_F(BadInput, AMessageOverTheLimitIsRefused)
{
    RawClient client(m_shell.server().url());
    ASSERT_TRUE(client.isChallenged());
    client.sendBytes(QByteArray(messageLimit + 1, 'x'));
    expectRefused(client, ErrorCode::FrameTooLarge);
}

TEST_F(BadInput, AFrameFarOverTheLimitIsNotEvenRead)
{
    RawClient client(m_shell.server().url());
    ASSERT_TRUE(client.isChallenged());
    client.sendInOneFrame(QByteArray(5 * messageLimit, 'x'));
    ASSERT_TRUE(client.isClosed());
    EXPECT_EQ(client.closeCode(), messageTooBig);
    // The server hears of the end of the connection after its peer does.
    ASSERT_TRUE(eventually([&] { return m_shell.log(u"session.frame_too_large"_qs).size() == 1; }));
    EXPECT_EQ(m_shell.log(u"session.frame_too_large"_qs).front().value(u"peer"_qs).toString(),
              client.address());
}

TEST_F(BadInput, AMessageOfAnUnknownTypeIsRefused)
{
    RawClient client(m_shell.server().url());
    ASSERT_TRUE(client.isChallenged());
    client.sendBytes(QCborValue(QCborArray{u"hug"_qs}).toCbor());
    expectRefused(client, ErrorCode::UnknownMessage);
}

TEST_F(BadInput, APushBeforeTheHelloIsRefused)
{
    RawClient client(m_shell.server().url());
    ASSERT_TRUE(client.isChallenged());
    client.send(protocol::Push{{{1, "hash", "mutation"}}});
    expectRefused(client, ErrorCode::OutOfOrder);
}

TEST_F(BadInput, ASecondHelloIsRefused)
{
    const auto client = welcomed();
    client->sayHello(m_shell.identityOf(u"desk"_qs));
    expectRefused(*client, ErrorCode::OutOfOrder);
}

TEST_F(BadInput, AHelloWithAnotherKeyIsRefusedWithoutAnyData)
{
    RawClient client(m_shell.server().url());
    ASSERT_TRUE(client.isChallenged());
    sync::DeviceIdentity thief = m_shell.identityOf(u"desk"_qs);
    thief.key = crypto::SigningKey::generate();
    client.sayHello(thief);
    expectRefused(client, ErrorCode::Unauthenticated);
    EXPECT_THAT(client.received, SizeIs(2)) << "the challenge and the refusal";
}

TEST_F(BadInput, HttpGarbageIsDroppedOrAnsweredAndHarmsNobody)
{
    for (const QByteArray &garbage :
         {QByteArray("GARBAGE\r\n\r\n"), QByteArray(100'000, '\0'), QByteArray(100'000, 'A'),
          QByteArray("GET /health HTTP/9.9\r\n\r\n"), QByteArray("\x16\x03\x01\x02\x00\x01\x00", 7),
          QByteArray("GET /v1/sync HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
          QByteArray("POST /v1/pair/code HTTP/1.1\r\nContent-Length: -5\r\n\r\nxxxxx"),
          QByteArray("POST /v1/pair/code HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\nx")}) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, quint16(m_shell.server().url().port()));
        ASSERT_TRUE(socket.waitForConnected());
        socket.write(garbage);
        socket.waitForBytesWritten();
        EXPECT_EQ(HttpClient().get(m_shell.server().url(), u"/health"_qs).status, 200)
            << garbage.left(30).constData();
        socket.abort();
    }
}

TEST_F(BadInput, ConnectionsOverTheLimitAreToldToTryLater)
{
    const auto second = welcomed();
    const auto third = welcomed();
    EXPECT_TRUE(answerToAnUpgrade().endsWith(closeFrame(tryAgainLater)));
    EXPECT_TRUE(second->stands() && third->stands());
    EXPECT_THAT(m_shell.log(u"hub.full"_qs), SizeIs(1));

    third->leave();
    EXPECT_TRUE(eventually([&] {
        const auto health = HttpClient().get(m_shell.server().url(), u"/health"_qs).json();
        return health.value(u"connections"_qs).toInt() == 2;
    }));
    RawClient fifth(m_shell.server().url());
    EXPECT_TRUE(fifth.isChallenged());
}
