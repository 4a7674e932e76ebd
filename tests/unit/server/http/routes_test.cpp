#include "server/http/routes.h"

#include "tests/unit/http_client.h"
#include "tests/unit/server/salon_server.h"

#include <QTcpServer>

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
        auto *sockets = new QTcpServer;
        ASSERT_TRUE(sockets->listen(QHostAddress::LocalHost));
        m_url = QUrl(u"http://127.0.0.1:%1"_qs.arg(sockets->serverPort()));
        addHealthRoute(m_http, [] { return QJsonObject{{u"status"_qs, u"ok"_qs}}; });
        addPairingRoutes(m_http, m_pairing, m_workers);
        m_http.bind(sockets);
    }
    void TearDown() override { m_workers.waitForDone(); }

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

private:
    QTemporaryDir m_folder;
    VirtualClock m_clock;
    SeededRandom m_random{1};
    std::unique_ptr<StoreThread> m_store =
        must(StoreThread::start(m_folder.path(), m_clock, m_random, [](const auto &) {}));
    PairingService m_pairing{*m_store, m_clock, Signup::Open, crypto::PasswordCost::Minimal};
    QThreadPool m_workers;
    QHttpServer m_http;
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
