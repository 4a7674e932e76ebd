#include "server/app/signals.h"

#include "tests/unit/expect.h"
#include "tests/unit/server/eventloop/epoll_thread.h"

#include <csignal>
#include <unistd.h>

using namespace strop::server;
using namespace strop::test;

namespace {

/// Blocked on the main thread before any other starts, as in a real main().
class Signals : public testing::Test
{
protected:
    Signals() { TerminationSignals::block(); }
};

} // namespace

TEST_F(Signals, ArriveAsQtSignalsOnTheThreadThatListens)
{
    onEpollThread([] {
        const auto signals = must(TerminationSignals::listen());
        std::vector<int> received;
        QObject::connect(signals.get(), &TerminationSignals::received, signals.get(),
                         [&](int number) { received.push_back(number); });
        turnOnce();
        EXPECT_TRUE(received.empty());
        ::kill(::getpid(), SIGTERM);
        EXPECT_TRUE(turnUntil([&] { return received.size() == 1; }));
        ::kill(::getpid(), SIGINT);
        EXPECT_TRUE(turnUntil([&] { return received.size() == 2; }));
        EXPECT_EQ(received, (std::vector{SIGTERM, SIGINT}));
    });
}

TEST_F(Signals, ThatCameBeforeAnybodyListenedAreReportedToo)
{
    ::kill(::getpid(), SIGINT);
    onEpollThread([] {
        const auto signals = must(TerminationSignals::listen());
        int received = 0;
        QObject::connect(signals.get(), &TerminationSignals::received, signals.get(),
                         [&](int number) { received = number; });
        EXPECT_TRUE(turnUntil([&] { return received == SIGINT; }));
    });
}
