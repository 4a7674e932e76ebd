#include "tests/bench/report.h"

#include <gtest/gtest.h>

namespace strop::bench {
namespace {

using namespace std::chrono_literals;

TEST(Samples, PercentilesAreTheNearestRank)
{
    Samples samples;
    for (const auto took : {30ns, 10ns, 50ns, 20ns, 40ns})
        samples.add(took);
    EXPECT_EQ(samples.percentile(50), 30ns);
    EXPECT_EQ(samples.percentile(20), 10ns);
    EXPECT_EQ(samples.percentile(21), 20ns);
    EXPECT_EQ(samples.percentile(100), 50ns);
}

TEST(Samples, OneRepetitionIsEveryPercentile)
{
    Samples samples;
    samples.add(7ns);
    EXPECT_EQ(samples.percentile(1), 7ns);
    EXPECT_EQ(samples.percentile(99), 7ns);
}

TEST(Samples, TimingGivesWhatTheThingGave)
{
    Samples samples;
    EXPECT_EQ(samples.time([] { return 42; }), 42);
    EXPECT_EQ(samples.count(), 1);
}

} // namespace
} // namespace strop::bench
