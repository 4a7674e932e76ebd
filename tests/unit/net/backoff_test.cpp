#include "shared/net/backoff.h"

#include "tests/unit/expect.h"

using namespace strop;
using namespace strop::net;

namespace {

/// Always the highest number that may come, or always the lowest.
class ExtremeRandom final : public Random
{
public:
    explicit ExtremeRandom(quint64 value)
        : m_value(value)
    {}
    [[nodiscard]] quint64 next() override { return m_value; }

private:
    quint64 m_value;
};

std::vector<Millis> waits(Backoff &backoff, int count)
{
    std::vector<Millis> all;
    for (int i = 0; i < count; ++i)
        all.push_back(backoff.next());
    return all;
}

} // namespace

TEST(Backoff, DoublesItsBoundWithEachFailureUpToTheCap)
{
    ExtremeRandom highest(std::numeric_limits<quint64>::max());
    Backoff backoff(highest, Millis(500), Millis(3000));
    EXPECT_EQ(waits(backoff, 5),
              (std::vector{Millis(500), Millis(1000), Millis(2000), Millis(3000), Millis(3000)}));
}

TEST(Backoff, MayWaitForNothingAtAllHoweverOftenItFailed)
{
    ExtremeRandom lowest(0);
    Backoff backoff(lowest);
    EXPECT_EQ(waits(backoff, 5), std::vector<Millis>(5, Millis(0)));
}

TEST(Backoff, SpreadsTheDevicesOfACityEvenly)
{
    SeededRandom random(1);
    Backoff backoff(random, Millis(1000), Millis(1000));
    std::array<int, 4> quarters{};
    for (const Millis wait : waits(backoff, 4000)) {
        ASSERT_GE(wait, Millis(0));
        ASSERT_LE(wait, Millis(1000));
        ++quarters[size_t(std::min<qint64>(wait.count() / 250, 3))];
    }
    for (const int quarter : quarters)
        EXPECT_NEAR(quarter, 1000, 120);
}

TEST(Backoff, BeginsAgainAfterASuccess)
{
    ExtremeRandom highest(std::numeric_limits<quint64>::max());
    Backoff backoff(highest, Millis(500), Millis(8000));
    waits(backoff, 4);
    backoff.reset();
    EXPECT_EQ(backoff.next(), Millis(500));
}

TEST(Backoff, NeverOverflowsInALongNightOffline)
{
    ExtremeRandom highest(std::numeric_limits<quint64>::max());
    Backoff backoff(highest);
    EXPECT_EQ(waits(backoff, 100'000).back(), Millis(15'000));
}
