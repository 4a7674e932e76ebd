#include "server/http/routes.h"

#include "tests/unit/http_client.h"
#include "tests/unit/server/salon_server.h"

#include <QSemaphore>
#include <QTcpServer>
#include <QTcpSocket>

using namespace strop;
using namespace strop::server;
using namespace strop::test;

namespace {

/// The routes for strangers on a real HTTP server.
class Routes : public testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_TRUE(m_sockets->listen(QHostAddress::LocalHost));
        m_url = QUrl(u"http://127.0.0.1:%1"_qs.arg(m_sockets->serverPort()));
        addHealthRoute(m_http, [] { return QJsonObject{{u"status"_qs, u"ok"_qs}}; });
        addPairingRoutes(m_http, m_mailbox, {m_pairing, m_workers, QHostAddress(QHostAddress::LocalHost)});
        m_http.bind(m_sockets);
    }
    void TearDown() override
    {
        m_workers.waitForDone();
        m_mailbox->close();
    }

    [[nodiscard]] HttpAnswer get(const QString &path) { return m_client.get(m_url, path); }
    [[nodiscard]] HttpAnswer post(const QString &path, const QByteArray &body)
    {
        return m_client.post(m_url, path, body);
    }
    template <typename Request>
    [[nodiscard]] HttpAnswer pair(const Request &request)
    {
        return m_client.pair(m_url, request);
    }

    [[nodiscard]] static protocol::CreateBusiness creation()
    {
        return {cardOf(u"Desk"_qs), u"Sharp Cuts"_qs, u"anna@example.com"_qs, u"scissors & comb"_qs};
    }

    /// A login that fails, with the X-Forwarded-For lines that proxies would have added.
    [[nodiscard]] static QByteArray guess(const QByteArrayList &forwardedFor = {})
    {
        const QByteArray body = QJsonDocument(protocol::toJson(protocol::JoinByPassword{
                                                  cardOf(u"Desk"_qs), u"anna@example.com"_qs, u"guess"_qs}))
                                    .toJson();
        QByteArray head = "POST /v1/pair/login HTTP/1.1\r\nHost: strop\r\n";
        for (const QByteArray &line : forwardedFor)
            head += "X-Forwarded-For: " + line + "\r\n";
        return head + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    /// The status line that answers such a guess.
    [[nodiscard]] QByteArray guessFrom(const QByteArrayList &forwardedFor)
    {
        QTcpSocket proxy;
        proxy.connectToHost(QHostAddress::LocalHost, m_sockets->serverPort());
        proxy.write(guess(forwardedFor));
        EXPECT_TRUE(eventually([&proxy] { return proxy.canReadLine(); }));
        return proxy.readLine().trimmed();
    }

    QThreadPool m_workers;
    QTcpServer *m_sockets = new QTcpServer; ///< The HTTP server takes it over.

private:
    QTemporaryDir m_folder;
    VirtualClock m_clock;
    SeededRandom m_random{1};
    std::unique_ptr<StoreThread> m_store =
        must(StoreThread::start(m_folder.path(), m_clock, m_random, [](const auto &) {}));
    PairingService m_pairing{*m_store, m_clock, Signup::Open, crypto::PasswordCost::Minimal};
    QHttpServer m_http;
    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>(m_http);
    QUrl m_url;
    HttpClient m_client;
};

} // namespace

TEST_F(Routes, ReportTheHealthToAnybody)
{
    const HttpAnswer answer = get(u"/health"_qs);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.json().value(u"status"_qs).toString(), u"ok"_qs);
}

TEST_F(Routes, EnrolADeviceThatBelongs)
{
    const HttpAnswer answer = pair(creation());
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(must(protocol::enrolmentFromJson(answer.json())).role, Role::Owner);
}

TEST_F(Routes, AnswerEveryRefusedCredentialWithTheSameStatusAndBody)
{
    (void)pair(creation());
    const HttpAnswer wrongPassword =
        pair(protocol::JoinByPassword{cardOf(u"Desk"_qs), u"anna@example.com"_qs, u"guess number 1"_qs});
    const HttpAnswer unknownAddress =
        pair(protocol::JoinByPassword{cardOf(u"Desk"_qs), u"nobody@example.com"_qs, u"guess number 1"_qs});
    const HttpAnswer wrongCode = pair(protocol::JoinByCode{cardOf(u"Desk"_qs), u"ABCDEFGH"_qs});
    EXPECT_EQ(wrongPassword.status, 401);
    EXPECT_EQ(wrongPassword, unknownAddress);
    EXPECT_EQ(wrongPassword, wrongCode);
}

TEST_F(Routes, SayInTheStatusWhatWasWrong)
{
    (void)pair(creation());
    EXPECT_EQ(pair(creation()).status, 409);
    EXPECT_EQ(post(u"/v1/pair/login"_qs, "{").status, 400);
    EXPECT_EQ(post(u"/v1/pair/login"_qs, QByteArray(20 * 1024, ' ')).status, 413);
    EXPECT_EQ(get(u"/v1/pair/login"_qs).status, 404) << "only POST";
    EXPECT_EQ(get(u"/nothing/here"_qs).status, 404);
    for (int i = 0; i < 10; ++i)
        (void)pair(protocol::JoinByCode{cardOf(u"Desk"_qs), u"ABCDEFGH"_qs});
    const HttpAnswer limited = pair(creation());
    EXPECT_EQ(limited.status, 429);
    EXPECT_EQ(protocol::errorFromJson(limited.json()).value().code, ErrorCode::RateLimited);
}

TEST_F(Routes, OutliveAPeerThatLeavesBeforeItsAnswer)
{
    QSemaphore gate;
    m_workers.setMaxThreadCount(1);
    m_workers.start([&gate] { gate.acquire(); });
    QTcpSocket peer;
    peer.connectToHost(QHostAddress::LocalHost, m_sockets->serverPort());
    ASSERT_TRUE(eventually([this] { return m_sockets->findChild<QTcpSocket *>(); }));
    auto *const served = m_sockets->findChild<QTcpSocket *>();
    bool isAsked = false;
    bool isGone = false;
    QObject::connect(served, &QTcpSocket::readyRead, [&isAsked] { isAsked = true; });
    QObject::connect(served, &QObject::destroyed, [&isGone] { isGone = true; });
    peer.write(guess());
    EXPECT_TRUE(eventually([&isAsked] { return isAsked; }));
    peer.abort();
    EXPECT_TRUE(eventually([&isGone] { return isGone; }));

    gate.release();
    EXPECT_EQ(pair(creation()).status, 200) << "its answer comes after that to the peer that left";
}

TEST_F(Routes, CountWhoIsBehindTheTrustedProxyApart)
{
    const QByteArray refused = "HTTP/1.1 401 Unauthorized";
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(guessFrom({"192.0.2.1"}), refused);
    EXPECT_EQ(guessFrom({"192.0.2.2"}), refused);
    const QByteArray limited = "HTTP/1.1 429 Too Many Requests";
    EXPECT_EQ(guessFrom({"192.0.2.1"}), limited);
    EXPECT_EQ(guessFrom({"192.0.2.3, 192.0.2.1"}), limited) << "the proxy wrote the last one alone";
    EXPECT_EQ(guessFrom({"192.0.2.3", "192.0.2.1"}), limited);
}
