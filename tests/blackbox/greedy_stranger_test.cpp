#include "server/auth/limits.h"
#include "tests/blackbox/shell.h"
#include "tests/unit/eventually.h"
#include "tests/unit/http_client.h"

#include <QFile>
#include <QTcpSocket>
#include <sys/resource.h>

/// Strangers who would have the server's memory or all its connections. The shop goes on.

using namespace strop;
using namespace strop::test;
namespace limits = strop::server::limits;

namespace {

/// The time that a stranger has for a request, and some for the server to look.
constexpr int requestTimeMs = int(limits::requestTime.count()) + 3000;

class GreedyStrangers : public RunningShop
{
protected:
    void SetUp() override
    {
        RunningShop::SetUp();
        rlimit files{};
        ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &files), 0);
        files.rlim_cur = std::max(files.rlim_cur, std::min<rlim_t>(files.rlim_max, 4096));
        ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &files), 0);
    }

    /// A connection from an address of this machine: 127.0.1.<host>.
    [[nodiscard]] std::unique_ptr<QTcpSocket> connected(quint32 host = 1)
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->bind(QHostAddress(0x7F000100U + host));
        socket->connectToHost(QHostAddress::LocalHost, quint16(m_shell.server().url().port()));
        EXPECT_TRUE(eventually(
            [&] { return socket->state() == QAbstractSocket::ConnectedState || isOver(*socket); }));
        return socket;
    }
    /// It was connected, or was not let in, and is not any more.
    [[nodiscard]] static bool isOver(const QTcpSocket &socket)
    {
        return socket.state() == QAbstractSocket::UnconnectedState;
    }
    [[nodiscard]] static bool isCutOff(const QTcpSocket &socket, int deadlineMs = 8000)
    {
        return eventually([&] { return isOver(socket); }, deadlineMs);
    }
    /// Sends pieces until the server has had enough. How many bytes it took.
    [[nodiscard]] static qint64 pourInto(QTcpSocket &socket, const QByteArray &piece, qint64 most)
    {
        qint64 sent = 0;
        while (sent < most && socket.state() == QAbstractSocket::ConnectedState) {
            sent += socket.write(piece);
            if (!eventually([&] {
                    return socket.bytesToWrite() == 0 || socket.state() != QAbstractSocket::ConnectedState;
                }))
                break;
        }
        return sent;
    }
    /// What the server's process holds in memory.
    [[nodiscard]] qint64 residentKiB()
    {
        QFile status(u"/proc/%1/status"_qs.arg(m_shell.server().pid()));
        EXPECT_TRUE(status.open(QIODevice::ReadOnly));
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("VmRSS:"))
                return line.mid(6).trimmed().split(' ').front().toLongLong();
        }
        return 0;
    }
    void expectTheShopGoesOn()
    {
        m_shell.addCustomer(u"desk"_qs, u"Rosina"_qs);
        m_shell.sync(u"desk"_qs);
        EXPECT_EQ(HttpClient().get(m_shell.server().url(), u"/health"_qs).status, 200);
    }
};

} // namespace

TEST_F(GreedyStrangers, WhoSendABodyWithoutAnEndAreCutOffAndCostNoMemory)
{
    constexpr qint64 most = 256 << 20;
    const qint64 before = residentKiB();
    for (const char *body :
         {"Content-Length: 1000000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n"}) {
        const auto socket = connected();
        socket->write(QByteArray("POST /v1/pair/login HTTP/1.1\r\nHost: strop\r\n") + body);
        EXPECT_LT(pourInto(*socket, QByteArray(64 * 1024, 'x'), most), most) << body;
        EXPECT_TRUE(isCutOff(*socket)) << body;
    }
    EXPECT_LT(residentKiB() - before, 32 * 1024);
    expectTheShopGoesOn();
}

TEST_F(GreedyStrangers, WhoNeverFinishARequestAreCutOffInTime)
{
    const auto headers = connected();
    headers->write("GET /health HTTP/1.1\r\nX-A: ");
    const auto body = connected();
    body->write("POST /v1/pair/login HTTP/1.1\r\nHost: strop\r\nContent-Length: 100\r\n\r\n{");
    const auto silent = connected();
    QTimer drip;
    QObject::connect(&drip, &QTimer::timeout, &drip, [&] {
        for (QTcpSocket *slow : {headers.get(), body.get()}) {
            if (!isOver(*slow))
                slow->write(" ");
        }
    });
    drip.start(500);
    expectTheShopGoesOn();
    EXPECT_TRUE(isCutOff(*headers, requestTimeMs));
    EXPECT_TRUE(isCutOff(*body, requestTimeMs));
    EXPECT_TRUE(isCutOff(*silent, requestTimeMs));
    EXPECT_FALSE(m_shell.log(u"http.refused"_qs).empty());
}

TEST_F(GreedyStrangers, WhoHoldAllConnectionsOfTheirAddressKeepNobodyElseOut)
{
    std::vector<std::unique_ptr<QTcpSocket>> idle;
    for (int i = 0; i < limits::strangersOfAddress + 100; ++i)
        idle.push_back(connected(7));
    const auto areTurnedAway = [&] {
        return std::count_if(idle.begin(), idle.end(), [](const auto &socket) {
                   return socket->state() == QAbstractSocket::UnconnectedState;
               }) >= 100;
    };
    EXPECT_TRUE(eventually(areTurnedAway));
    expectTheShopGoesOn();
}

TEST_F(GreedyStrangers, WhoPipelineGarbageHarmNobody)
{
    const auto socket = connected();
    socket->write("GET /health HTTP/1.1\r\nHost: strop\r\n\r\n");
    (void)pourInto(*socket, QByteArray(4096, '\xee'), 8 * limits::requestBytes);
    EXPECT_TRUE(isCutOff(*socket));
    expectTheShopGoesOn();
}
