#include "shared/net/pairing_client.h"

#include "tests/unit/net/restartable_server.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>

using namespace strop;
using namespace strop::net;
using namespace strop::test;
using protocol::JoinByCode;

namespace {

/// Answers every HTTP request with the same bytes.
class CannedServer
{
public:
    explicit CannedServer(const QByteArray &answer)
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this, answer] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                socket->write(answer);
                socket->disconnectFromHost();
            });
        });
        m_server.listen(QHostAddress::LocalHost);
    }
    [[nodiscard]] QUrl url() const { return QUrl(u"http://127.0.0.1:%1"_qs.arg(m_server.serverPort())); }

private:
    QTcpServer m_server;
};

class PairingAtAServer : public testing::Test
{
protected:
    [[nodiscard]] bool isPaired(const QString &device) const
    {
        return QFile::exists(m_server.folderOf(device));
    }

    RestartableServer m_server;
};

} // namespace

TEST(ServerUrl, IsWhatAPersonTypesForAnAddress)
{
    EXPECT_EQ(must(serverUrl(u" shop.example:8420 "_qs)), QUrl(u"http://shop.example:8420"_qs));
    EXPECT_EQ(must(serverUrl(u"https://shop.example/"_qs)), QUrl(u"https://shop.example"_qs));
    EXPECT_EQ(must(serverUrl(u"192.168.1.20:8420"_qs)), QUrl(u"http://192.168.1.20:8420"_qs));
    EXPECT_EQ(must(serverUrl(u"http://[::1]:8420"_qs)), QUrl(u"http://[::1]:8420"_qs));
    EXPECT_EQ(must(serverUrl(u"https://anna:secret@shop.example/a/b?c#d"_qs)),
              QUrl(u"https://shop.example"_qs));
}

TEST(ServerUrl, IsNotAnythingElse)
{
    for (const QString &typed : {QString(), u"   "_qs, u"http://"_qs, u"ftp://shop.example"_qs,
                                 u"shop.example:99999"_qs, u"the shop"_qs, u"file:///etc/passwd"_qs})
        EXPECT_THAT(serverUrl(typed), FailsWith(ErrorCode::InvalidArgument)) << typed.toStdString();
}

TEST_F(PairingAtAServer, KeepsTheIdentityBeforeItReportsIt)
{
    const sync::DeviceIdentity identity = m_server.created(u"desk"_qs);
    EXPECT_EQ(identity.enrolment.role, Role::Owner);
    const sync::DeviceIdentity kept = must(sync::loadIdentity(m_server.folderOf(u"desk"_qs)));
    EXPECT_EQ(kept.enrolment.device, identity.enrolment.device);
    EXPECT_EQ(kept.key.seed(), identity.key.seed());
    EXPECT_EQ(kept.server, m_server.url());
}

TEST_F(PairingAtAServer, ByAWrongCodeLeavesTheFolderAsItWas)
{
    EXPECT_THAT(m_server.pair(JoinByCode{{}, u"ABCDEFGH"_qs}, u"tablet"_qs),
                FailsWith(ErrorCode::Unauthenticated));
    EXPECT_FALSE(isPaired(u"tablet"_qs));
}

TEST_F(PairingAtAServer, ThatIsOutOfReachSaysWhatToCheck)
{
    const QUrl url = m_server.url();
    m_server.stop();
    EXPECT_THAT(m_server.pairAt(url, JoinByCode{{}, u"ABCDEFGH"_qs}, u"tablet"_qs),
                FailsSaying(ErrorCode::NetworkFailure, url.toString()));
    EXPECT_FALSE(isPaired(u"tablet"_qs));
}

TEST_F(PairingAtAServer, ThatIsNoStropServerFailsWithoutAnIdentity)
{
    for (const QByteArray &answer :
         {QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nNot here."),
          QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>Hi</html>"),
          QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
          QByteArray("220 mail.example ESMTP\r\n"), QByteArray()}) {
        const CannedServer stranger(answer);
        const auto paired = m_server.pairAt(stranger.url(), JoinByCode{{}, u"ABCDEFGH"_qs}, u"tablet"_qs);
        ASSERT_FALSE(paired);
        EXPECT_FALSE(paired.error().message.isEmpty());
        EXPECT_FALSE(isPaired(u"tablet"_qs));
    }
}

TEST_F(PairingAtAServer, ReportsToNobodyOnceTheClientIsGone)
{
    bool reported = false;
    auto client = std::make_unique<PairingClient>();
    client->pair(m_server.url(), JoinByCode{{}, u"ABCDEFGH"_qs}, u"tablet"_qs,
                 m_server.folderOf(u"tablet"_qs),
                 [&reported](const Result<sync::DeviceIdentity> &) { reported = true; });
    client.reset();
    EXPECT_THAT(m_server.pair(JoinByCode{{}, u"ABCDEFGH"_qs}, u"other"_qs),
                FailsWith(ErrorCode::Unauthenticated))
        << "the server has answered in the meantime";
    EXPECT_FALSE(reported);
}
