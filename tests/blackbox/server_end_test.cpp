#include "tests/blackbox/raw_client.h"
#include "tests/blackbox/shell.h"
#include "tests/unit/http_client.h"

#include <QTcpServer>
#include <QTcpSocket>

using namespace strop;
using namespace strop::test;
using testing::SizeIs;

namespace {

/// Its server is about to end.
using ServerEnd = RunningShop;

} // namespace

TEST_F(ServerEnd, BySigkillAfterAnAcknowledgedSyncLosesNothing)
{
    m_shell.pair(u"laptop"_qs, u"owner"_qs);
    for (int i = 0; i < 5; ++i)
        m_shell.addCustomer(u"desk"_qs, u"Rosina %1"_qs.arg(i));
    m_shell.sync(u"desk"_qs);
    m_shell.server().kill();
    must(m_shell.server().start());
    m_shell.sync(u"laptop"_qs);
    EXPECT_THAT(m_shell.rows(u"laptop"_qs, u"customer"_qs), SizeIs(5));
    EXPECT_EQ(m_shell.admin({u"verify"_qs}), "{\"verified\":true}\n");
}

TEST_F(ServerEnd, BySigtermTellsEveryDeviceAndFreesThePort)
{
    RawClient stranger(m_shell.server().url());
    ASSERT_TRUE(stranger.isChallenged());
    RawClient desk(m_shell.server().url());
    ASSERT_TRUE(desk.isChallenged());
    desk.sayHello(m_shell.identityOf(u"desk"_qs));
    ASSERT_TRUE(desk.gets<protocol::Welcome>());

    ASSERT_THAT(m_shell.server().stop(), Succeeds()) << "exit code 0";
    for (RawClient *client : {&stranger, &desk}) {
        EXPECT_TRUE(client->isClosed());
        EXPECT_EQ(client->closeCode(), 1001) << "going away";
    }
    EXPECT_THAT(m_shell.log(u"server.stopped"_qs), SizeIs(1));
    QTcpServer next;
    EXPECT_TRUE(next.listen(QHostAddress::LocalHost, quint16(m_shell.server().url().port())));
}

TEST_F(ServerEnd, BySigtermIsCleanWhilePasswordsAreBeingChecked)
{
    QNetworkAccessManager network;
    std::vector<std::unique_ptr<QNetworkReply>> logins;
    QUrl url = m_shell.server().url();
    url.setPath(QLatin1String(protocol::JoinByPassword::path));
    const QJsonObject body = toJson(protocol::JoinByPassword{
        {u"Desk"_qs, m_shell.identityOf(u"desk"_qs).key.publicKey()}, Shell::email, u"a wrong guess"_qs});
    for (int i = 0; i < 6; ++i) {
        QNetworkRequest request(url);
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_qs);
        logins.emplace_back(network.post(request, QJsonDocument(body).toJson()));
    }
    ASSERT_TRUE(eventually([&] { return logins.front()->isFinished(); })) << "the others wait their turn";
    EXPECT_THAT(m_shell.server().stop(), Succeeds());
}

TEST_F(ServerEnd, BySigtermDoesNotWaitForPeersThatSayNothing)
{
    std::vector<std::unique_ptr<QTcpSocket>> silent;
    for (int i = 0; i < 200; ++i) {
        silent.push_back(std::make_unique<QTcpSocket>());
        silent.back()->connectToHost(QHostAddress::LocalHost, quint16(m_shell.server().url().port()));
    }
    for (size_t i = 0; i < silent.size(); ++i) {
        ASSERT_TRUE(silent[i]->waitForConnected());
        if (i % 2)
            silent[i]->write("POST /v1/pair/code HTTP/1.1\r\nContent-Le");
        silent[i]->flush();
    }
    EXPECT_EQ(HttpClient().get(m_shell.server().url(), u"/health"_qs).status, 200);
    m_shell.sync(u"desk"_qs);
    EXPECT_THAT(m_shell.server().stop(), Succeeds());
}
