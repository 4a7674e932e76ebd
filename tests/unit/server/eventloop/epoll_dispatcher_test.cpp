#include "server/eventloop/epoll_dispatcher.h"

#include "tests/unit/expect.h"
#include "tests/unit/server/eventloop/epoll_thread.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryFile>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

using namespace strop;
using namespace strop::server;
using namespace strop::test;

namespace {

/// Both ends of a pipe, non-blocking.
class Pipe
{
public:
    Pipe() { EXPECT_EQ(::pipe2(m_ends.data(), O_NONBLOCK | O_CLOEXEC), 0); }
    ~Pipe()
    {
        closeReader();
        closeWriter();
    }
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;

    [[nodiscard]] int reader() const { return m_ends[0]; }
    [[nodiscard]] int writer() const { return m_ends[1]; }
    void write() const { EXPECT_EQ(::write(writer(), "x", 1), 1); }
    void read() const
    {
        char byte = 0;
        EXPECT_EQ(::read(reader(), &byte, 1), 1);
    }
    void closeReader() { close(m_ends[0]); }
    void closeWriter() { close(m_ends[1]); }

private:
    static void close(int &end)
    {
        if (end >= 0)
            ::close(std::exchange(end, -1));
    }
    std::array<int, 2> m_ends{-1, -1};
};

/// Calls `heard` each time a descriptor is ready.
template <typename Heard>
std::unique_ptr<QSocketNotifier> notifier(int fd, QSocketNotifier::Type type, Heard heard)
{
    auto made = std::make_unique<QSocketNotifier>(fd, type);
    QObject::connect(made.get(), &QSocketNotifier::activated, made.get(), heard);
    return made;
}

} // namespace

TEST(EpollDispatcher, RunsAnEventLoopToItsExitCode)
{
    int code = 0;
    onEpollThread([&] {
        QEventLoop loop;
        QTimer::singleShot(0, &loop, [&] { loop.exit(7); });
        code = loop.exec();
    });
    EXPECT_EQ(code, 7);
}

TEST(EpollDispatcher, FiresTimersInOrderAndNeverEarly)
{
    onEpollThread([] {
        QElapsedTimer clock;
        clock.start();
        std::vector<int> order;
        for (const int ms : {30, 10, 20}) {
            QTimer::singleShot(ms, Qt::PreciseTimer, QThread::currentThread()->eventDispatcher(),
                               [&order, &clock, ms] {
                                   EXPECT_GE(clock.elapsed(), ms);
                                   order.push_back(ms);
                               });
        }
        EXPECT_TRUE(turnUntil([&] { return order.size() == 3; }));
        EXPECT_EQ(order, (std::vector{10, 20, 30}));
    });
}

TEST(EpollDispatcher, RepeatsATimerUntilItIsStoppedInItsOwnHandler)
{
    onEpollThread([] {
        int ticks = 0;
        QTimer timer;
        QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
            if (++ticks == 3)
                timer.stop();
        });
        timer.start(1);
        EXPECT_GE(timer.remainingTime(), 0);
        EXPECT_TRUE(turnUntil([&] { return ticks == 3; }));
        EXPECT_EQ(timer.remainingTime(), -1);
        for (int i = 0; i < 3; ++i)
            turnOnce();
        EXPECT_EQ(ticks, 3);
    });
}

TEST(EpollDispatcher, DoesNotFireATimerAgainInsideItsOwnHandler)
{
    onEpollThread([] {
        int entered = 0;
        int other = 0;
        QTimer timer;
        QTimer second;
        QObject::connect(&second, &QTimer::timeout, &second, [&] { ++other; });
        QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
            EXPECT_EQ(++entered, 1);
            timer.stop();
            timer.start(0);
            timer.stop();
            second.start(0);
            EXPECT_TRUE(turnUntil([&] { return other > 0; })) << "the inner loop serves the others";
        });
        timer.start(0);
        EXPECT_TRUE(turnUntil([&] { return entered > 0; }));
    });
}

TEST(EpollDispatcher, TellsAReaderAndAWriterOnOneDescriptorApart)
{
    onEpollThread([] {
        QTcpServer server;
        ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, server.serverPort());
        ASSERT_TRUE(turnUntil([&] { return server.hasPendingConnections(); }));
        const std::unique_ptr<QTcpSocket> peer(server.nextPendingConnection());
        const int fd = ::dup(int(peer->socketDescriptor()));
        int reads = 0;
        int writes = 0;
        {
            const auto reader = notifier(fd, QSocketNotifier::Read, [&] { ++reads; });
            const auto writer = notifier(fd, QSocketNotifier::Write, [&] { ++writes; });
            turnOnce();
            EXPECT_EQ(reads, 0);
            EXPECT_EQ(writes, 1);
            writer->setEnabled(false);
            socket.write("x");
            EXPECT_TRUE(turnUntil([&] { return reads > 0; }));
            EXPECT_EQ(writes, 1);
        }
        ::close(fd);
    });
}

TEST(EpollDispatcher, KeepsTellingOfDataUntilItIsRead)
{
    onEpollThread([] {
        Pipe pipe;
        int heard = 0;
        const auto reader = notifier(pipe.reader(), QSocketNotifier::Read, [&] { ++heard; });
        EXPECT_FALSE(turnOnce());
        pipe.write();
        EXPECT_TRUE(turnOnce());
        EXPECT_TRUE(turnOnce());
        EXPECT_EQ(heard, 2);
        pipe.read();
        turnOnce();
        EXPECT_EQ(heard, 2);
    });
}

TEST(EpollDispatcher, TellsAReaderThatTheOtherEndIsGone)
{
    onEpollThread([] {
        Pipe pipe;
        int heard = 0;
        const auto reader = notifier(pipe.reader(), QSocketNotifier::Read, [&] { ++heard; });
        pipe.closeWriter();
        EXPECT_TRUE(turnUntil([&] { return heard > 0; }));
    });
}

TEST(EpollDispatcher, LetsAHandlerRemoveANotifierThatIsReadyToo)
{
    onEpollThread([] {
        Pipe one;
        Pipe other;
        int heard = 0;
        std::unique_ptr<QSocketNotifier> first;
        std::unique_ptr<QSocketNotifier> second;
        first = notifier(one.reader(), QSocketNotifier::Read, [&] {
            ++heard;
            second.reset();
        });
        second = notifier(other.reader(), QSocketNotifier::Read, [&] {
            ++heard;
            first.reset();
        });
        one.write();
        other.write();
        turnOnce();
        turnOnce();
        EXPECT_GE(heard, 1);
        EXPECT_NE(first == nullptr, second == nullptr) << "one removed the other, which was then not told";
    });
}

TEST(EpollDispatcher, WatchesADescriptorThatWasClosedAndCameBack)
{
    onEpollThread([] {
        for (int i = 0; i < 3; ++i) {
            Pipe pipe;
            int heard = 0;
            const auto reader = notifier(pipe.reader(), QSocketNotifier::Read, [&] { ++heard; });
            pipe.write();
            EXPECT_TRUE(turnUntil([&] { return heard > 0; })) << i;
        }
    });
}

TEST(EpollDispatcher, CountsARegularFileAsAlwaysReady)
{
    onEpollThread([] {
        QTemporaryFile file;
        ASSERT_TRUE(file.open());
        int heard = 0;
        {
            const auto reader = notifier(file.handle(), QSocketNotifier::Read, [&] { ++heard; });
            turnOnce();
            turnOnce();
        }
        EXPECT_EQ(heard, 2);
        turnOnce();
        EXPECT_EQ(heard, 2);
    });
}

TEST(EpollDispatcher, LeavesSocketsAloneWhenToldTo)
{
    onEpollThread([] {
        Pipe pipe;
        int heard = 0;
        const auto reader = notifier(pipe.reader(), QSocketNotifier::Read, [&] { ++heard; });
        pipe.write();
        turnOnce(QEventLoop::ExcludeSocketNotifiers);
        EXPECT_EQ(heard, 0);
        turnOnce();
        EXPECT_EQ(heard, 1);
    });
}

TEST(EpollDispatcher, WakesUpForAnotherThread)
{
    onEpollThread([] {
        QAbstractEventDispatcher *dispatcher = QThread::currentThread()->eventDispatcher();
        for (int i = 0; i < 100; ++i) {
            std::jthread other([=] { dispatcher->wakeUp(); });
            dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
        }
    });
}

TEST(EpollDispatcher, DeliversWhatOtherThreadsPostInTheirOrder)
{
    onEpollThread([] {
        constexpr int threads = 4;
        constexpr int postsEach = 500;
        QObject context;
        std::array<std::vector<int>, threads> received;
        std::vector<std::jthread> posters;
        for (int thread = 0; thread < threads; ++thread)
            posters.emplace_back([&, thread] {
                for (int i = 0; i < postsEach; ++i)
                    QMetaObject::invokeMethod(
                        &context, [&received, thread, i] { received.at(size_t(thread)).push_back(i); },
                        Qt::QueuedConnection);
            });
        EXPECT_TRUE(turnUntil([&] {
            return std::all_of(received.begin(), received.end(),
                               [](const auto &one) { return one.size() == postsEach; });
        }));
        for (const auto &one : received)
            EXPECT_TRUE(std::is_sorted(one.begin(), one.end()));
    });
}

TEST(EpollDispatcher, EndsNestedLoopsEachAtItsOwnInterrupt)
{
    onEpollThread([] {
        QEventLoop outer;
        bool innerEnded = false;
        QTimer::singleShot(0, &outer, [&] {
            QEventLoop inner;
            QTimer::singleShot(0, &inner, [&] {
                outer.quit(); // meant for the outer loop while the inner one runs
                inner.quit();
            });
            inner.exec();
            innerEnded = true;
        });
        QTimer::singleShot(10'000, &outer, [&] { ADD_FAILURE() << "an interrupt was lost"; });
        outer.exec();
        EXPECT_TRUE(innerEnded);
    });
}

TEST(EpollDispatcher, CarriesAnEchoServerAndItsClients)
{
    onEpollThread([] {
        constexpr int clients = 50;
        const QByteArray message(100'000, 'e');
        QTcpServer server;
        ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
        QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
            while (QTcpSocket *peer = server.nextPendingConnection()) {
                QObject::connect(peer, &QTcpSocket::readyRead, peer,
                                 [peer] { peer->write(peer->readAll()); });
                QObject::connect(peer, &QTcpSocket::disconnected, peer, &QObject::deleteLater);
            }
        });
        int echoed = 0;
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < clients; ++i) {
            QTcpSocket *socket = sockets.emplace_back(std::make_unique<QTcpSocket>()).get();
            QObject::connect(socket, &QTcpSocket::connected, socket,
                             [socket, &message] { socket->write(message); });
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, &message, &echoed] {
                if (socket->bytesAvailable() < message.size())
                    return;
                EXPECT_EQ(socket->readAll(), message);
                ++echoed;
            });
            socket->connectToHost(QHostAddress::LocalHost, server.serverPort());
        }
        EXPECT_TRUE(turnUntil([&] { return echoed == clients; })) << echoed;
    });
}
