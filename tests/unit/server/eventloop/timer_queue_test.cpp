#include "server/eventloop/timer_queue.h"

#include "tests/unit/expect.h"

#include <QObject>

using namespace strop;
using namespace strop::server;

namespace {

using Time = TimerQueue::Time;

/// A moment on no grid.
const Time start{std::chrono::nanoseconds(1'000'000'123'456'789)};

Time after(qint64 ms)
{
    return start + Millis(ms);
}

/// Every timer that is due, each put back, as a thread without nested loops does.
std::vector<int> fired(TimerQueue &queue, Time now)
{
    std::vector<int> ids;
    while (const auto firing = queue.takeDue(now)) {
        ids.push_back(firing->id);
        queue.putBack(*firing);
    }
    return ids;
}

class Timers : public testing::Test
{
protected:
    void add(int id, qint64 ms, Qt::TimerType type = Qt::PreciseTimer, Time now = start)
    {
        m_queue.add(id, Millis(ms), type, &m_receiver, now);
    }

    TimerQueue m_queue;
    QObject m_receiver;
};

} // namespace

TEST_F(Timers, FireInOrderOfTheirDeadlinesAndThenOfTheirStart)
{
    add(1, 30);
    add(2, 10);
    add(3, 20);
    add(4, 10);
    EXPECT_EQ(fired(m_queue, after(9)), std::vector<int>{});
    EXPECT_EQ(fired(m_queue, after(30)), (std::vector{2, 4, 3, 1}));
}

TEST_F(Timers, OfThePreciseKindAreDueAtTheirInterval)
{
    add(1, 17);
    EXPECT_EQ(m_queue.nextDeadline(), after(17));
    EXPECT_EQ(m_queue.remaining(1, after(7)), Millis(10));
    EXPECT_EQ(m_queue.remaining(1, after(16) + std::chrono::microseconds(1)), Millis(1)) << "rounded up";
    EXPECT_EQ(m_queue.remaining(1, after(99)), Millis(0));
    EXPECT_EQ(m_queue.remaining(2, start), std::nullopt);
}

TEST_F(Timers, OfTheCoarseKindsAreNeverEarlyAndShareAGrid)
{
    for (const qint64 interval : {1, 19, 20, 40, 100, 250, 999, 1000, 5000, 60'000}) {
        TimerQueue queue;
        queue.add(1, Millis(interval), Qt::CoarseTimer, &m_receiver, start);
        const auto late = *queue.nextDeadline() - after(interval);
        EXPECT_GE(late, Time::duration(0)) << interval;
        EXPECT_LE(late, Millis(interval) / 20) << interval;
    }
    for (const qint64 interval : {1, 1000, 7300}) {
        TimerQueue queue;
        queue.add(1, Millis(interval), Qt::VeryCoarseTimer, &m_receiver, start);
        EXPECT_EQ(*queue.nextDeadline(), std::chrono::ceil<std::chrono::seconds>(after(interval)));
    }
}

TEST_F(Timers, OfManyObjectsWakeTheThreadTogether)
{
    std::set<Time> deadlines;
    for (int i = 0; i < 100; ++i) {
        TimerQueue queue;
        queue.add(1, Millis(2000), Qt::CoarseTimer, &m_receiver, start + std::chrono::microseconds(500 * i));
        deadlines.insert(*queue.nextDeadline());
    }
    EXPECT_LE(deadlines.size(), 2U) << "started within 50 ms, on a grid of 64 ms";
}

TEST_F(Timers, DoNotDriftHoweverTheyAreRounded)
{
    add(1, 1000, Qt::CoarseTimer);
    Time now = start;
    for (int tick = 1; tick <= 100; ++tick) {
        now = *m_queue.nextDeadline();
        EXPECT_EQ(fired(m_queue, now), std::vector{1});
        EXPECT_LT(now - after(1000 * tick), Millis(50)) << tick;
    }
}

TEST_F(Timers, SkipTheTicksThatTheyMissed)
{
    add(1, 10);
    EXPECT_EQ(fired(m_queue, after(95)), std::vector{1});
    EXPECT_GT(*m_queue.nextDeadline(), after(95));
    EXPECT_LE(*m_queue.nextDeadline(), after(105));
}

TEST_F(Timers, OfNoIntervalFireOnceATurn)
{
    add(1, 0);
    add(2, 0);
    EXPECT_EQ(fired(m_queue, start), (std::vector{1, 2}));
    EXPECT_EQ(fired(m_queue, start), std::vector<int>{}) << "the next deadline lies after now";
    EXPECT_EQ(fired(m_queue, after(1)), (std::vector{1, 2}));
}

TEST_F(Timers, AreOutOfTheQueueWhileTheyFire)
{
    add(1, 10);
    const auto firing = m_queue.takeDue(after(10));
    ASSERT_TRUE(firing);
    EXPECT_EQ(firing->receiver, &m_receiver);
    EXPECT_EQ(m_queue.nextDeadline(), std::nullopt);
    EXPECT_FALSE(m_queue.takeDue(after(1000)));
    EXPECT_EQ(m_queue.remaining(1, after(10)), Millis(10));
    m_queue.putBack(*firing);
    EXPECT_EQ(m_queue.nextDeadline(), after(20));
}

TEST_F(Timers, StoppedWhileTheyFireDoNotComeBack)
{
    add(1, 10);
    const auto firing = m_queue.takeDue(after(10));
    EXPECT_TRUE(m_queue.remove(1));
    m_queue.putBack(*firing);
    EXPECT_EQ(m_queue.nextDeadline(), std::nullopt);
    EXPECT_FALSE(m_queue.remove(1));
}

TEST_F(Timers, RestartedUnderTheSameIdWhileTheyFireFireOnce)
{
    add(1, 10);
    const auto firing = m_queue.takeDue(after(10));
    m_queue.remove(1);
    add(1, 50, Qt::PreciseTimer, after(10));
    m_queue.putBack(*firing);
    EXPECT_EQ(fired(m_queue, after(59)), std::vector<int>{});
    EXPECT_EQ(fired(m_queue, after(60)), std::vector{1});
}

TEST_F(Timers, OfAnObjectAreListedAndStoppedTogether)
{
    QObject other;
    add(1, 10);
    add(2, 20, Qt::CoarseTimer);
    m_queue.add(3, Millis(30), Qt::VeryCoarseTimer, &other, start);
    auto timers = m_queue.timersOf(&m_receiver);
    std::sort(timers.begin(), timers.end(),
              [](const auto &a, const auto &b) { return a.timerId < b.timerId; });
    ASSERT_EQ(timers.size(), 2);
    EXPECT_EQ(timers[1].timerId, 2);
    EXPECT_EQ(timers[1].interval, 20);
    EXPECT_EQ(timers[1].timerType, Qt::CoarseTimer);
    EXPECT_TRUE(m_queue.removeAll(&m_receiver));
    EXPECT_FALSE(m_queue.removeAll(&m_receiver));
    EXPECT_EQ(fired(m_queue, after(5000)), std::vector{3});
}
