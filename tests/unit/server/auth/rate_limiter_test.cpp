#include "server/auth/rate_limiter.h"

#include "tests/unit/expect.h"

#include <atomic>
#include <thread>

using namespace strop;
using namespace strop::server;

namespace {

class FakeClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return {}; }
    [[nodiscard]] Millis monotonic() const override { return m_time; }
    void pass(Millis time) { m_time += time; }

private:
    Millis m_time{123'456};
};

class Limiter : public testing::Test
{
protected:
    /// How many attempts of a key are let through, one after the other.
    [[nodiscard]] int admitted(const QString &key, int attempts)
    {
        int count = 0;
        for (int i = 0; i < attempts; ++i)
            count += m_limiter.admit(key) ? 1 : 0;
        return count;
    }

    FakeClock m_clock;
    RateLimiter m_limiter{m_clock, {.burst = 3, .refill = Millis(1000)}, 4};
};

} // namespace

TEST_F(Limiter, LetsABurstThroughAndThenNothing)
{
    EXPECT_EQ(admitted(u"a"_qs, 10), 3);
    EXPECT_EQ(admitted(u"b"_qs, 10), 3) << "each key has a bucket of its own";
}

TEST_F(Limiter, GivesOneTokenBackForEachRefill)
{
    EXPECT_EQ(admitted(u"a"_qs, 3), 3);
    m_clock.pass(Millis(999));
    EXPECT_EQ(admitted(u"a"_qs, 5), 0);
    m_clock.pass(Millis(1));
    EXPECT_EQ(admitted(u"a"_qs, 5), 1);
    m_clock.pass(Millis(2000));
    EXPECT_EQ(admitted(u"a"_qs, 5), 2);
}

TEST_F(Limiter, NeverHoldsMoreThanABurst)
{
    EXPECT_EQ(admitted(u"a"_qs, 3), 3);
    m_clock.pass(std::chrono::hours(24));
    EXPECT_EQ(admitted(u"a"_qs, 10), 3);
}

TEST_F(Limiter, ChargesNothingForARefusal)
{
    EXPECT_EQ(admitted(u"a"_qs, 1000), 3);
    m_clock.pass(Millis(1000));
    EXPECT_EQ(admitted(u"a"_qs, 1), 1);
}

TEST_F(Limiter, TellsHowLongToWait)
{
    EXPECT_EQ(m_limiter.timeUntilAdmitted(u"a"_qs), Millis(0)) << "a key never seen";
    EXPECT_EQ(admitted(u"a"_qs, 2), 2);
    EXPECT_EQ(m_limiter.timeUntilAdmitted(u"a"_qs), Millis(0)) << "a token is left";
    EXPECT_EQ(admitted(u"a"_qs, 1), 1);
    EXPECT_EQ(m_limiter.timeUntilAdmitted(u"a"_qs), Millis(1000));
    m_clock.pass(Millis(400));
    EXPECT_EQ(m_limiter.timeUntilAdmitted(u"a"_qs), Millis(600));
    m_clock.pass(m_limiter.timeUntilAdmitted(u"a"_qs));
    EXPECT_EQ(admitted(u"a"_qs, 2), 1);
}

TEST_F(Limiter, ForgetsTheKeyThatTriedLongestAgoWhenThereAreTooMany)
{
    for (const QString &key : {u"a"_qs, u"b"_qs, u"c"_qs, u"d"_qs})
        EXPECT_EQ(admitted(key, 4), 3);
    EXPECT_EQ(admitted(u"a"_qs, 1), 0) << "tried again: b is the oldest now";
    EXPECT_EQ(admitted(u"e"_qs, 1), 1);
    EXPECT_EQ(admitted(u"a"_qs, 1), 0) << "still remembered";
    EXPECT_EQ(admitted(u"b"_qs, 1), 1) << "forgotten: a full bucket";
}

TEST_F(Limiter, CountsTheAttemptsOfAllThreadsTogether)
{
    RateLimiter shared(m_clock, {.burst = 100, .refill = Millis(1000)});
    std::atomic<int> through = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 200; ++n)
                    through += shared.admit(u"a"_qs) ? 1 : 0;
            });
    }
    EXPECT_EQ(through, 100);
}
