#include "tests/blackbox/raw_client.h"
#include "tests/blackbox/shell.h"
#include "tests/unit/http_client.h"

#include <QRegularExpression>
#include <QTcpSocket>

using namespace strop;
using namespace strop::test;
using protocol::JoinByCode;
using protocol::JoinByPassword;
using testing::SizeIs;

namespace {

/// Somebody without an identity at the door of a running shop.
class Strangers : public RunningShop
{
protected:
    template <typename Request>
    [[nodiscard]] HttpAnswer pair(const Request &request)
    {
        return m_http.pair(m_shell.server().url(), request);
    }
    [[nodiscard]] HttpAnswer login(const QString &email, const QByteArray &password)
    {
        return pair(JoinByPassword{card(), email, QString::fromLatin1(password)});
    }
    [[nodiscard]] static protocol::DeviceCard card()
    {
        return {u"Tablet"_qs, crypto::SigningKey::generate().publicKey()};
    }

    /// Posts a login from an address of this machine and leaves without waiting for the answer.
    void loginAndLeave(const QHostAddress &from)
    {
        const QByteArray body =
            QJsonDocument(protocol::toJson(JoinByPassword{card(), Shell::email, u"guess number 1"_qs}))
                .toJson();
        const QUrl url = m_shell.server().url();
        QTcpSocket socket;
        ASSERT_TRUE(socket.bind(from));
        socket.connectToHost(url.host(), quint16(url.port()));
        ASSERT_TRUE(socket.waitForConnected());
        socket.write(QByteArray("POST ") + JoinByPassword::path +
                     " HTTP/1.1\r\nHost: strop\r\nContent-Length: " + QByteArray::number(body.size()) +
                     "\r\n\r\n" + body);
        ASSERT_TRUE(socket.waitForBytesWritten());
    }

    HttpClient m_http;
};

} // namespace

TEST_F(Strangers, AreAnsweredAlikeWhateverWasWrong)
{
    const HttpAnswer wrongPassword = login(Shell::email, "guess number 1");
    const HttpAnswer unknownAddress = login(u"nobody@example.com"_qs, Shell::password);
    const HttpAnswer wrongCode = pair(JoinByCode{card(), u"ABCDEFGH"_qs});
    EXPECT_EQ(wrongPassword.status, 401);
    EXPECT_FALSE(protocol::errorFromJson(wrongPassword.json()).value().message.isEmpty());
    EXPECT_EQ(wrongPassword, unknownAddress);
    EXPECT_EQ(wrongPassword, wrongCode);
    EXPECT_EQ(login(Shell::email, Shell::password).status, 200);
}

TEST_F(Strangers, WhoGuessAreToldWhenToTryAgain)
{
    HttpAnswer answer;
    for (int i = 0; i < 20 && answer.status != 429; ++i)
        answer = pair(JoinByCode{card(), u"ABCDEFGH"_qs});
    ASSERT_EQ(answer.status, 429);
    const auto error = protocol::errorFromJson(answer.json());
    EXPECT_EQ(error.value().code, ErrorCode::RateLimited);
    EXPECT_TRUE(error->message.contains(QRegularExpression(u"Try again in \\d+ s"_qs)))
        << error->message.toStdString();
    EXPECT_EQ(login(Shell::email, Shell::password).status, 429);
    m_shell.sync(u"desk"_qs);
}

TEST_F(Strangers, AreAnsweredAtNoOtherPathThanHealthAndPairing)
{
    const QUrl url = m_shell.server().url();
    const HttpAnswer health = m_http.get(url, u"/health"_qs);
    EXPECT_EQ(health.status, 200);
    EXPECT_EQ(health.json().keys(), (QStringList{u"connections"_qs, u"status"_qs, u"version"_qs}));
    for (const QString &path : {u"/"_qs, u"/index.html"_qs, u"/v1"_qs, u"/v1/pair/code"_qs, u"/v1/devices"_qs,
                                u"/strop.db"_qs, u"/../strop.db"_qs, u"/metrics"_qs, u"/health/deep"_qs})
        EXPECT_EQ(m_http.get(url, path).status, 404) << path.toStdString();
    EXPECT_EQ(m_http.get(url, u"/v1/sync"_qs).status, 426);
    EXPECT_EQ(m_http.post(url, u"/health"_qs, "{}").status, 404);
    EXPECT_EQ(m_http.post(url, u"/v1/pair/code"_qs, "{}").status, 400);
}

TEST_F(Strangers, GetNothingButAChallengeOverTheWebSocket)
{
    RawClient client(m_shell.server().url());
    ASSERT_TRUE(client.isChallenged());
    m_shell.addCustomer(u"desk"_qs, u"Rosina"_qs);
    m_shell.sync(u"desk"_qs);
    EXPECT_THAT(client.received, SizeIs(1)) << "no delta of the write";
    client.send(protocol::Pull{0});
    ASSERT_TRUE(client.isClosed());
    EXPECT_THAT(client.received, SizeIs(2)) << "the error, no rows";
}

TEST_F(Strangers, CannotUpgradeAnywhereElse)
{
    RawClient client(m_shell.server().url(), u"/health"_qs);
    EXPECT_TRUE(client.isClosed());
    EXPECT_TRUE(client.received.empty());
    EXPECT_EQ(m_http.get(m_shell.server().url(), u"/health"_qs).status, 200);
}

TEST_F(Strangers, WhoLeaveBeforeTheirAnswerHarmNobody)
{
    for (quint32 i = 0; i < 60; ++i)
        loginAndLeave(QHostAddress(0x7F000101U + (i / 8) * 0x100 + i % 8)); // 127.0.1.1 and on
    EXPECT_EQ(m_http.get(m_shell.server().url(), u"/health"_qs).status, 200)
        << "while their passwords are hashed";
    const auto areRefused = [this] { return m_shell.log(u"pairing.refused"_qs).size() == 60; };
    EXPECT_TRUE(eventually(areRefused, 30'000));
    EXPECT_EQ(login(Shell::email, Shell::password).status, 200);
    EXPECT_EQ(m_http.get(m_shell.server().url(), u"/health"_qs).status, 200);
}
