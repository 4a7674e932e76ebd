#include "client/devices/kiosk_address.h"

#include <gmock/gmock.h>

/// What is to be typed on a kiosk.
namespace strop::client {
namespace {

const QList<QHostAddress> own{
    QHostAddress(QStringLiteral("127.0.0.1")),    QHostAddress(QStringLiteral("::1")),
    QHostAddress(QStringLiteral("fe80::1")),      QHostAddress(QStringLiteral("169.254.7.7")),
    QHostAddress(QStringLiteral("192.168.1.20")), QHostAddress(QStringLiteral("10.0.0.3"))};

QString typed(const char *server, const QList<QHostAddress> &addresses = own)
{
    return kioskAddress(QUrl(QString::fromLatin1(server)), addresses).toString();
}

TEST(KioskAddress, OfAServerOnThisComputerIsThisComputersOwnInTheNetwork)
{
    for (const char *server : {"http://127.0.0.1:8420", "http://localhost:8420", "http://[::1]:8420"})
        EXPECT_EQ(typed(server), QStringLiteral("http://192.168.1.20:8420")) << server;
}

TEST(KioskAddress, OfAServerElsewhereIsItsOwn)
{
    EXPECT_EQ(typed("https://strop.example"), QStringLiteral("https://strop.example"));
    EXPECT_EQ(typed("http://192.168.1.5:8420"), QStringLiteral("http://192.168.1.5:8420"));
}

TEST(KioskAddress, WithoutANetworkIsTheLoopback)
{
    EXPECT_EQ(typed("http://127.0.0.1:8420", own.first(4)), QStringLiteral("http://127.0.0.1:8420"));
}

} // namespace
} // namespace strop::client
