#include "shared/base/random.h"

#include "tests/unit/expect.h"

#include <array>
#include <set>

using namespace strop;

TEST(SeededRandom, GivesTheReferenceNumbersOfSplitMix64)
{
    // The output that the generator's authors' C code prints for this seed.
    SeededRandom random(1234567);
    for (const quint64 expected : {6457827717110365317ULL, 3203168211198807973ULL, 9817491932198370423ULL,
                                   4593380528125082431ULL, 16408922859458223821ULL})
        EXPECT_EQ(random.next(), expected);
}

TEST(SeededRandom, RepeatsEverythingFromTheSameSeed)
{
    SeededRandom one(99);
    SeededRandom other(99);
    SeededRandom another(100);
    const QByteArray bytes = one.bytes(1000);
    EXPECT_EQ(bytes, other.bytes(1000));
    EXPECT_NE(bytes, another.bytes(1000));
    EXPECT_EQ(one.below(1'000'000), other.below(1'000'000));
    EXPECT_EQ(one.unit(), other.unit());
}

TEST(Random, BelowStaysUnderItsBoundAndReachesAllOfIt)
{
    SeededRandom random(5);
    std::array<int, 7> hits{};
    for (int i = 0; i < 7000; ++i)
        ++hits.at(random.below(7));
    for (const int count : hits)
        EXPECT_NEAR(count, 1000, 150);
    EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, UnitLiesInTheHalfOpenInterval)
{
    SeededRandom random(6);
    double sum = 0;
    for (int i = 0; i < 10'000; ++i) {
        const double number = random.unit();
        ASSERT_GE(number, 0.0);
        ASSERT_LT(number, 1.0);
        sum += number;
    }
    EXPECT_NEAR(sum / 10'000, 0.5, 0.02);
}

TEST(Random, BytesGivesAsManyAsAskedFor)
{
    SeededRandom random(8);
    for (const qsizetype count : {0, 1, 7, 8, 9, 33})
        EXPECT_EQ(random.bytes(count).size(), count);
}

TEST(SystemRandom, DoesNotRepeatItself)
{
    SystemRandom random;
    std::set<quint64> numbers;
    for (int i = 0; i < 100; ++i)
        numbers.insert(random.next());
    EXPECT_EQ(numbers.size(), 100U);
}
