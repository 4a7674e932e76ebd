#include "server/authority/group_size.h"

#include <gtest/gtest.h>

using namespace strop::server;

namespace {

using Duration = GroupSize::Duration;

/// After many full groups on a disk that takes `flush` for each, at `each` a mutation.
size_t settledAt(Duration flush, Duration each)
{
    GroupSize size;
    for (int i = 0; i < 200; ++i)
        size.learn(size.limit(), flush + each * qint64(size.limit()));
    return size.limit();
}

using std::chrono::microseconds;
using std::chrono::milliseconds;

} // namespace

TEST(GroupSize, SettlesWhereACommitTakesAsLongAsItMay)
{
    EXPECT_NEAR(double(settledAt(Duration(0), microseconds(100))), 100, 2);
    EXPECT_NEAR(double(settledAt(milliseconds(4), microseconds(50))), 120, 3);
}

TEST(GroupSize, KeepsGroupsWorthAFlushOnASlowDisk)
{
    EXPECT_EQ(settledAt(milliseconds(50), microseconds(100)), GroupSize::smallest);
}

TEST(GroupSize, NeverGrowsPastItsBound)
{
    EXPECT_EQ(settledAt(Duration(0), Duration(1)), GroupSize::largest);
}

TEST(GroupSize, LearnsNothingFromAFewWritesThatTookLong)
{
    GroupSize size;
    const size_t before = size.limit();
    size.learn(1, milliseconds(100));
    EXPECT_EQ(size.limit(), before);
}

TEST(GroupSize, IsNotThrownByOneStall)
{
    GroupSize size;
    for (int i = 0; i < 200; ++i)
        size.learn(size.limit(), microseconds(50) * qint64(size.limit()));
    const size_t before = size.limit();
    size.learn(before, milliseconds(500));
    EXPECT_GT(size.limit(), before / 2);
}
