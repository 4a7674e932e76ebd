#include "server/http/listening_socket.h"

#include "tests/unit/expect.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace strop;
using namespace strop::server;
using namespace strop::test;

namespace {

const QHostAddress localhost(QHostAddress::LocalHost);

/// Closes its descriptors at the end.
class Descriptors
{
public:
    explicit Descriptors(std::vector<int> descriptors)
        : m_descriptors(std::move(descriptors))
    {}
    ~Descriptors()
    {
        for (const int fd : m_descriptors)
            ::close(fd);
    }
    Descriptors(const Descriptors &) = delete;
    Descriptors &operator=(const Descriptors &) = delete;

    [[nodiscard]] int operator[](size_t at) const { return m_descriptors[at]; }

private:
    std::vector<int> m_descriptors;
};

int option(int fd, int level, int name)
{
    int value = -1;
    socklen_t size = sizeof(value);
    EXPECT_EQ(::getsockopt(fd, level, name, &value, &size), 0);
    return value;
}

/// Takes every connection that waits.
int accepted(QTcpServer &server)
{
    int count = 0;
    while (server.hasPendingConnections() || server.waitForNewConnection(0)) {
        const std::unique_ptr<QTcpSocket> peer(server.nextPendingConnection());
        ++count;
    }
    return count;
}

} // namespace

TEST(ListeningSocket, TakesAFreePortAndTellsWhich)
{
    const Descriptors socket({must(makeListeningSocket(localhost, 0))});
    EXPECT_GT(must(localPort(socket[0])), 0);
}

TEST(ListeningSocket, SharesItsPortAndDoesNotDelaySmallFrames)
{
    const Descriptors socket({must(makeListeningSocket(localhost, 0))});
    EXPECT_EQ(option(socket[0], SOL_SOCKET, SO_ACCEPTCONN), 1);
    EXPECT_EQ(option(socket[0], SOL_SOCKET, SO_REUSEPORT), 1);
    EXPECT_EQ(option(socket[0], IPPROTO_TCP, TCP_NODELAY), 1);
}

TEST(ListeningSockets, OnOnePortSpreadConnectionsOverAllThatAccept)
{
    constexpr int clients = 64;
    const auto descriptors = must(makeListeningSockets(localhost, 0, 2));
    ASSERT_EQ(descriptors.size(), 2U);
    const quint16 port = must(localPort(descriptors[0]));
    EXPECT_EQ(must(localPort(descriptors[1])), port);
    QTcpServer one;
    QTcpServer other;
    ASSERT_TRUE(one.setSocketDescriptor(descriptors[0]));
    ASSERT_TRUE(other.setSocketDescriptor(descriptors[1]));
    one.setMaxPendingConnections(clients);
    other.setMaxPendingConnections(clients);
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < clients; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(localhost, port);
        ASSERT_TRUE(sockets.back()->waitForConnected(5000));
    }
    const int atOne = accepted(one);
    const int atOther = accepted(other);
    EXPECT_EQ(atOne + atOther, clients);
    EXPECT_GT(atOne, 0);
    EXPECT_GT(atOther, 0);
}

TEST(ListeningSockets, NeverShareAPortWithAnotherServer)
{
    const Descriptors ours(must(makeListeningSockets(localhost, 0, 1)));
    const quint16 port = must(localPort(ours[0]));
    EXPECT_THAT(makeListeningSockets(localhost, port, 2),
                FailsSaying(ErrorCode::AlreadyExists, u"127.0.0.1:%1"_qs.arg(port)));
}

TEST(ListeningSocket, SaysThatAPortIsTakenByAProgramThatDoesNotShare)
{
    QTcpServer other;
    ASSERT_TRUE(other.listen(localhost));
    EXPECT_THAT(makeListeningSocket(localhost, other.serverPort()), FailsWith(ErrorCode::AlreadyExists));
}

TEST(ListeningSocket, SaysThatAnAddressIsNotOfThisMachine)
{
    // 192.0.2.0/24 is for documentation and on no machine (RFC 5737).
    EXPECT_THAT(makeListeningSocket(QHostAddress(u"192.0.2.1"_qs), 0),
                FailsSaying(ErrorCode::InvalidArgument, u"192.0.2.1"_qs));
}

TEST(ListeningSocket, LetsASuccessorStartWhereConnectionsLinger)
{
    quint16 port = 0;
    {
        QTcpServer server;
        ASSERT_TRUE(server.setSocketDescriptor(must(makeListeningSocket(localhost, 0))));
        port = server.serverPort();
        QTcpSocket client;
        client.connectToHost(localhost, port);
        ASSERT_TRUE(client.waitForConnected(5000));
        ASSERT_TRUE(server.waitForNewConnection(5000));
        server.nextPendingConnection()->close(); // the side that closes first holds TIME_WAIT
    }
    const Descriptors successor(must(makeListeningSockets(localhost, port, 1)));
    EXPECT_EQ(must(localPort(successor[0])), port);
}

TEST(LocalPort, OfWhatIsNoBoundSocketFails)
{
    EXPECT_THAT(localPort(-1), FailsWith(ErrorCode::NetworkFailure));
    const Descriptors pair([] {
        std::vector<int> ends(2);
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
        return ends;
    }());
    EXPECT_THAT(localPort(pair[0]), FailsWith(ErrorCode::NetworkFailure));
}
