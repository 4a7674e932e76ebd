#include "tests/blackbox/raw_client.h"
#include "tests/blackbox/shell.h"
#include "tests/unit/http_client.h"

using namespace strop;
using namespace strop::test;

TEST(ServerLog, OfABusyDayIsJsonLinesWithoutAnythingPersonal)
{
    Shell shell;
    shell.configure("log-level = debug\n");
    shell.openShop();
    shell.addCustomer(u"desk"_qs, u"Rosina"_qs);
    shell.sync(u"desk"_qs);
    const auto made = jsonLines(shell.admin({u"pairing-code"_qs})).front();
    const QString code = protocol::normalisedPairingCode(made.value(u"code"_qs).toString());
    shell.device(u"kiosk"_qs, {u"pair"_qs, code, u"--server"_qs, shell.server().url().toString()});
    HttpClient http;
    const protocol::DeviceCard card{u"Almaviva's phone"_qs, crypto::SigningKey::generate().publicKey()};
    const QUrl url = shell.server().url();
    (void)http.pair(url, protocol::JoinByPassword{card, Shell::email, u"figaro qua figaro la"_qs});
    (void)http.pair(url, protocol::JoinByCode{card, code});
    (void)http.post(url, u"/v1/pair/login"_qs, "{\"password\": \"figaro qua figaro la\"");
    (void)http.get(url, u"/customers/Rosina"_qs);
    RawClient client(url);
    ASSERT_TRUE(client.isChallenged());
    client.sendText(u"Rosina +447700900123"_qs);
    ASSERT_TRUE(client.isClosed());
    must(shell.server().stop());

    const QByteArray log = shell.rawLog();
    int lines = 0;
    for (const QByteArray &line : log.split('\n')) {
        if (line.isEmpty())
            continue;
        ++lines;
        const QJsonObject json = QJsonDocument::fromJson(line).object();
        for (const QString &key : {u"time"_qs, u"level"_qs, u"event"_qs})
            EXPECT_FALSE(json.value(key).toString().isEmpty()) << line.constData();
    }
    EXPECT_GE(lines, 6) << "started, draining, stopped, and three refusals";
    for (const QByteArray &secret : {QByteArray("Rosina"), QByteArray("447700900123"), QByteArray("Almaviva"),
                                     QByteArray("figaro"), Shell::email.toUtf8(), Shell::password,
                                     code.toUtf8(), protocol::displayedPairingCode(code).toUtf8()})
        EXPECT_FALSE(log.contains(secret)) << secret.constData() << " in\n" << log.constData();
}
