#include "server/http/connection_guard.h"

#include "server/http/routes.h"
#include "tests/unit/expect.h"
#include "tests/unit/http_client.h"
#include "tests/unit/virtual_clock.h"

#include <QWebSocket>

/// That nobody without an identity holds a connection, or the server's memory, by being slow, large or many.

using namespace strop;
using namespace strop::server;
using namespace strop::test;

namespace {

/// Somebody who writes HTTP by hand.
class Stranger
{
public:
    explicit Stranger(quint16 port) { m_socket.connectToHost(QHostAddress::LocalHost, port); }

    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }
    [[nodiscard]] bool stands()
    {
        return eventually([this] { return m_socket.state() == QAbstractSocket::ConnectedState; });
    }
    [[nodiscard]] bool isCutOff()
    {
        return eventually([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; });
    }
    [[nodiscard]] bool isAnswered(const QByteArray &status)
    {
        QByteArray answer;
        const auto isWhole = [&] {
            answer += m_socket.readAll();
            const qsizetype head = answer.indexOf("\r\n\r\n");
            return head > 0 && answer.size() > head + 4;
        };
        return eventually(isWhole) && answer.startsWith(status);
    }
    [[nodiscard]] bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    void leave() { m_socket.abort(); }

private:
    QTcpSocket m_socket;
};

/// An HTTP server behind a guard: 8 KiB and ten seconds, three strangers at an address.
class Guarded : public testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_TRUE(m_sockets->listen(QHostAddress::LocalHost));
        addHealthRoute(m_http, [] { return QJsonObject{{u"status"_qs, u"ok"_qs}}; });
        m_http.route(u"/take"_qs, QHttpServerRequest::Method::Post, [](const QHttpServerRequest &request) {
            return QHttpServerResponse(request.body().isEmpty() ? "none" : "ok");
        });
        m_http.route(u"/late"_qs, [this](const QHttpServerRequest &, QHttpServerResponder &&responder) {
            ConnectionGuard::noteAnswerUnderWay(*responder.socket());
            m_late.emplace(std::move(responder));
        });
        m_http.route(u"/v1/sync"_qs, [](const QHttpServerRequest &, QHttpServerResponder &&) {});
        QObject::connect(&m_http, &QHttpServer::newWebSocketConnection, &m_http, [this] {
            m_upgraded = m_http.nextPendingWebSocketConnection();
            m_guard.noteUpgraded(m_upgraded->peerAddress(), m_upgraded->peerPort());
        });
        m_http.bind(m_sockets);
    }

    [[nodiscard]] std::unique_ptr<Stranger> stranger()
    {
        auto one = std::make_unique<Stranger>(m_sockets->serverPort());
        EXPECT_TRUE(one->stands());
        return one;
    }
    /// Another client is served all the while.
    void expectService()
    {
        const QUrl url(u"http://127.0.0.1:%1"_qs.arg(m_sockets->serverPort()));
        EXPECT_EQ(HttpClient().get(url, u"/health"_qs).status, 200);
    }
    [[nodiscard]] bool strangersBecome(int count)
    {
        return eventually([this, count] { return m_strangers.count() == count; });
    }
    void pass(Millis time)
    {
        m_clock.pass(time);
        m_guard.tick();
    }

    static constexpr const char *getHealth = "GET /health HTTP/1.1\r\nHost: strop\r\n\r\n";
    static constexpr ConnectionGuard::Limits limits{8 * 1024, Millis(10'000)};

    VirtualClock m_clock;
    StrangerCount m_strangers{{.ofAddress = 3, .overall = 100, .trustedProxy = {}}};
    ConnectionGuard m_guard{m_clock, m_strangers, limits};
    GuardedTcpServer *m_sockets = new GuardedTcpServer(m_guard); ///< The HTTP server takes it over.
    std::optional<QHttpServerResponder> m_late;
    QHttpServer m_http;
    std::unique_ptr<QWebSocket> m_upgraded;
};

} // namespace

TEST_F(Guarded, AStrangerWhoNeverFinishesItsHeadersIsCutOff)
{
    const auto slow = stranger();
    slow->send("GET /health HTTP/1.1\r\nX-A: ");
    for (int second = 0; second < 9; ++second) {
        slow->send("a");
        pass(Millis(1000));
    }
    expectService();
    EXPECT_TRUE(slow->isConnected());
    pass(Millis(1000));
    EXPECT_TRUE(slow->isCutOff());
}

TEST_F(Guarded, AStrangerWhoSaysNothingIsCutOff)
{
    const auto idle = stranger();
    pass(limits.requestTime);
    EXPECT_TRUE(idle->isCutOff());
}

TEST_F(Guarded, ABodyWithoutAnEndIsCutOffAtTheBound)
{
    const auto greedy = stranger();
    greedy->send("POST /take HTTP/1.1\r\nHost: strop\r\nContent-Length: 1000000000\r\n\r\n");
    for (int i = 0; i < 64 && greedy->isConnected(); ++i)
        greedy->send(QByteArray(64 * 1024, 'x'));
    EXPECT_TRUE(greedy->isCutOff());
    expectService();
}

TEST_F(Guarded, AChunkedBodyIsCountedToo)
{
    const auto greedy = stranger();
    greedy->send("POST /take HTTP/1.1\r\nHost: strop\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 3000 && greedy->isConnected(); ++i)
        greedy->send("10\r\n0123456789abcdef\r\n");
    EXPECT_TRUE(greedy->isCutOff());
    expectService();
}

TEST_F(Guarded, HeadersWithoutAnEndAreCutOffAtTheBound)
{
    const auto greedy = stranger();
    greedy->send("GET /health HTTP/1.1\r\n");
    for (int i = 0; i < 200 && greedy->isConnected(); ++i)
        greedy->send("X-A: " + QByteArray(100, 'a') + "\r\n");
    EXPECT_TRUE(greedy->isCutOff());
    expectService();
}

TEST_F(Guarded, PipelinedGarbageEndsTheConnectionAndNothingElse)
{
    const auto mad = stranger();
    mad->send(QByteArray(getHealth) + QByteArray(64 * 1024, '\xee'));
    EXPECT_TRUE(mad->isCutOff());
    expectService();
}

TEST_F(Guarded, EachAnswerGivesTimeAndRoomForAnotherRequest)
{
    const auto steady = stranger();
    const QByteArray body(6000, 'b');
    for (int i = 0; i < 4; ++i) {
        steady->send("POST /take HTTP/1.1\r\nHost: strop\r\nContent-Length: 6000\r\n\r\n" + body);
        ASSERT_TRUE(steady->isAnswered("HTTP/1.1 200")) << i;
        pass(limits.requestTime - Millis(1));
    }
    EXPECT_TRUE(steady->isConnected());
}

TEST_F(Guarded, AnAnswerThatTakesTheServerLongIsNotTheStrangersFault)
{
    const auto patient = stranger();
    patient->send("GET /late HTTP/1.1\r\nHost: strop\r\n\r\n");
    ASSERT_TRUE(eventually([this] { return m_late.has_value(); }));
    pass(3 * limits.requestTime);
    EXPECT_TRUE(patient->isConnected());
    QHttpServerResponse("done").write(std::move(*m_late));
    EXPECT_TRUE(patient->isAnswered("HTTP/1.1 200"));
    pass(limits.requestTime);
    EXPECT_TRUE(patient->isCutOff()) << "it had its answer";
}

TEST_F(Guarded, TooManyStrangersAtOneAddressAreTurnedAwayUntilOneLeaves)
{
    std::vector<std::unique_ptr<Stranger>> idle;
    for (int i = 0; i < 3; ++i)
        idle.push_back(stranger());
    ASSERT_TRUE(strangersBecome(3));
    Stranger turnedAway(m_sockets->serverPort());
    EXPECT_TRUE(turnedAway.isCutOff());
    idle.front()->leave();
    ASSERT_TRUE(strangersBecome(2));
    expectService();
}

TEST_F(Guarded, AWebSocketIsLeftToItsSessionAndCountsUntilItIsKnown)
{
    QWebSocket client;
    QByteArray heard;
    QObject::connect(&client, &QWebSocket::binaryMessageReceived, &client,
                     [&](const QByteArray &message) { heard = message; });
    client.open(QUrl(u"ws://127.0.0.1:%1/v1/sync"_qs.arg(m_sockets->serverPort())));
    ASSERT_TRUE(eventually([&] { return m_upgraded && client.state() == QAbstractSocket::ConnectedState; }));
    QByteArray received;
    QObject::connect(m_upgraded.get(), &QWebSocket::binaryMessageReceived, &m_http,
                     [&](const QByteArray &message) { received = message; });
    EXPECT_EQ(m_strangers.count(), 1);
    pass(3 * limits.requestTime);
    const QByteArray large(50 * limits.requestBytes, 'x');
    client.sendBinaryMessage(large);
    EXPECT_TRUE(eventually([&] { return received == large; }));
    m_upgraded->sendBinaryMessage("hello");
    EXPECT_TRUE(eventually([&] { return heard == "hello"; }));
    m_guard.noteIdentified(m_upgraded->peerAddress(), m_upgraded->peerPort());
    EXPECT_EQ(m_strangers.count(), 0);
}

TEST_F(Guarded, AStrangerWhoLeavesIsCountedNoMore)
{
    for (int i = 0; i < 20; ++i) {
        const auto one = stranger();
        one->send(getHealth);
        ASSERT_TRUE(one->isAnswered("HTTP/1.1 200"));
        one->leave();
        ASSERT_TRUE(strangersBecome(0));
    }
}

TEST(StrangerCount, CountsAnIpv6NetworkAsOneAddress)
{
    StrangerCount count({.ofAddress = 2, .overall = 100, .trustedProxy = {}});
    EXPECT_TRUE(count.enter(QHostAddress(u"2001:db8::1"_qs)));
    EXPECT_TRUE(count.enter(QHostAddress(u"2001:db8::2"_qs)));
    EXPECT_FALSE(count.enter(QHostAddress(u"2001:db8::3"_qs)));
    EXPECT_TRUE(count.enter(QHostAddress(u"2001:db8:0:1::1"_qs)));
    count.leave(QHostAddress(u"2001:db8::2"_qs));
    EXPECT_TRUE(count.enter(QHostAddress(u"2001:db8::3"_qs)));
}

TEST(StrangerCount, BoundsTheTrustedProxyOnlyByWhatAllMayHave)
{
    const QHostAddress proxy(u"192.0.2.1"_qs);
    StrangerCount count({.ofAddress = 1, .overall = 3, .trustedProxy = proxy});
    EXPECT_TRUE(count.enter(proxy));
    EXPECT_TRUE(count.enter(proxy));
    EXPECT_TRUE(count.enter(QHostAddress(u"192.0.2.2"_qs)));
    EXPECT_FALSE(count.enter(proxy));
    count.leave(proxy);
    EXPECT_FALSE(count.enter(QHostAddress(u"192.0.2.2"_qs)));
    EXPECT_TRUE(count.enter(proxy));
}
