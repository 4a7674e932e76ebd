#include "tests/fuzz/cbor_mutator.h"

#include "tests/fuzz/seeds.h"

#include <QCborValue>
#include <QSet>
#include <gtest/gtest.h>

using namespace strop::fuzz;

namespace {

QByteArray aWrite()
{
    return seedsOf(targetNamed("mutation")).back().bytes;
}

} // namespace

TEST(CborMutator, GivesCborThatIsNearlyTheSame)
{
    QSet<QByteArray> all;
    for (unsigned seed = 0; seed < 500; ++seed) {
        const QByteArray mutated = mutatedCbor(aWrite(), seed);
        ASSERT_FALSE(mutated.isEmpty());
        QCborParserError problem;
        (void)QCborValue::fromCbor(mutated, &problem);
        EXPECT_EQ(problem.error, QCborError::NoError);
        all.insert(mutated);
    }
    EXPECT_GT(all.size(), 200) << "many different ones";
}

TEST(CborMutator, GivesTheSameForTheSameSeed)
{
    EXPECT_EQ(mutatedCbor(aWrite(), 7), mutatedCbor(aWrite(), 7));
}

TEST(CborMutator, LeavesBytesThatAreNoCborToOthers)
{
    EXPECT_TRUE(mutatedCbor("\xff", 1).isEmpty());
    EXPECT_TRUE(mutatedCbor(QByteArray(), 1).isEmpty());
    EXPECT_TRUE(mutatedCbor(aWrite() + 'x', 1).isEmpty());
}
