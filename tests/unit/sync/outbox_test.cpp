#include "shared/sync/outbox.h"

#include "shared/crypto/digest.h"
#include "tests/unit/expect.h"

#include <QTemporaryDir>

using namespace strop;
using namespace strop::sync;
using namespace strop::test;
using mutators::Mutation;
using protocol::PushedMutation;
using protocol::Settled;

namespace {

const Instant noon = instantFromMs(1'777'975'200'000);

Mutation write(int number)
{
    return {u"test.write"_qs, 1, QCborMap{{u"number"_qs, number}}};
}

std::vector<qint64> idsOf(const std::vector<OutboxEntry> &entries)
{
    std::vector<qint64> ids;
    for (const OutboxEntry &entry : entries)
        ids.push_back(entry.id);
    return ids;
}

using Ids = std::vector<qint64>;

class OutboxTest : public testing::Test
{
protected:
    void reopen()
    {
        outbox.reset();
        outbox = must(Outbox::open(path()));
    }
    [[nodiscard]] QString path() const { return m_dir.filePath(u"outbox.db"_qs); }

    void append(int count)
    {
        for (int i = 0; i < count; ++i)
            must(outbox->append(write(i), noon));
    }

    const Error m_taken{ErrorCode::SlotTaken, u"Choose another time."_qs, {}};
    QTemporaryDir m_dir;
    std::unique_ptr<Outbox> outbox = must(Outbox::open(path()));
};

} // namespace

TEST_F(OutboxTest, NumbersWritesFromOneAndKeepsThemThroughARestart)
{
    EXPECT_EQ(must(outbox->append(write(10), noon)), 1);
    EXPECT_EQ(must(outbox->append(write(20), noon + Millis(5))), 2);
    reopen();
    ASSERT_EQ(idsOf(outbox->entries()), (Ids{1, 2}));
    EXPECT_EQ(outbox->entries()[0].mutation, write(10));
    EXPECT_EQ(outbox->entries()[1].mutation, write(20));
    EXPECT_EQ(outbox->entries()[1].createdAt, noon + Millis(5));
    EXPECT_FALSE(outbox->entries()[0].settledVersion);
}

TEST_F(OutboxTest, HasAWriteOnTheDiskWhenAppendReturns)
{
    append(1);
    const auto other = must(storage::Database::open({.path = path(), .readOnly = true}));
    EXPECT_EQ(must(other->cell(u"SELECT COUNT(*) FROM entry"_qs)), storage::Value(qint64(1)));
}

TEST_F(OutboxTest, ChainsEachWriteToTheOneBefore)
{
    append(3);
    QByteArray previous;
    for (const OutboxEntry &entry : outbox->entries()) {
        const QByteArray mutation = mutators::encodeMutation(entry.mutation);
        EXPECT_EQ(entry.hash, crypto::digest(protocol::chainText(previous, entry.id, mutation)));
        previous = entry.hash;
    }
}

TEST_F(OutboxTest, GoesOnCountingAndChainingOnceTheQueueWasEmpty)
{
    append(2);
    const QByteArray last = outbox->entries().back().hash;
    must(outbox->settle({{1, {}}, {2, {}}}, 7));
    must(outbox->dropCovered(7));
    ASSERT_TRUE(outbox->entries().empty());
    reopen();
    EXPECT_EQ(must(outbox->append(write(3), noon)), 3);
    EXPECT_EQ(outbox->entries().front().hash,
              crypto::digest(protocol::chainText(last, 3, mutators::encodeMutation(write(3)))));
}

TEST_F(OutboxTest, KeepsASettledWriteUntilItsEffectsAreHere)
{
    append(3);
    must(outbox->settle({{1, {}}}, 5));
    must(outbox->settle({{2, {}}}, 6));
    reopen();
    EXPECT_EQ(outbox->entries()[0].settledVersion, 5);
    EXPECT_FALSE(must(outbox->dropCovered(4)));
    EXPECT_EQ(idsOf(outbox->entries()), (Ids{1, 2, 3}));
    EXPECT_TRUE(must(outbox->dropCovered(5)));
    EXPECT_EQ(idsOf(outbox->entries()), (Ids{2, 3}));
    reopen();
    EXPECT_EQ(idsOf(outbox->entries()), (Ids{2, 3}));
}

TEST_F(OutboxTest, TurnsARefusedWriteIntoARejectionThatStaysUntilDismissed)
{
    append(2);
    must(outbox->settle({{1, m_taken}}, 5));
    EXPECT_EQ(idsOf(outbox->entries()), (Ids{2}));
    reopen();
    ASSERT_EQ(outbox->rejections().size(), 1U);
    EXPECT_EQ(outbox->rejections().front().id, 1);
    EXPECT_EQ(outbox->rejections().front().mutation, write(0));
    EXPECT_EQ(outbox->rejections().front().error, m_taken);
    EXPECT_EQ(outbox->rejections().front().createdAt, noon);
    must(outbox->dismissRejection(1));
    EXPECT_TRUE(outbox->rejections().empty());
    reopen();
    EXPECT_TRUE(outbox->rejections().empty());
}

TEST_F(OutboxTest, IgnoresWhatItIsToldTwice)
{
    append(1);
    must(outbox->settle({{1, m_taken}}, 5));
    must(outbox->dismissRejection(1));
    ASSERT_THAT(outbox->settle({{1, m_taken}, {99, {}}}, 6), Succeeds());
    EXPECT_TRUE(outbox->rejections().empty()) << "somebody has dealt with it";
    EXPECT_TRUE(outbox->entries().empty());
}

TEST_F(OutboxTest, OffersSettledWritesAgainToANewHistory)
{
    append(2);
    must(outbox->settle({{1, {}}}, 5));
    ASSERT_THAT(outbox->unsettleAll(), Succeeds());
    EXPECT_EQ(outbox->unsettledAfter(0, 1000).size(), 2U);
    EXPECT_FALSE(must(outbox->dropCovered(1000)));
    reopen();
    EXPECT_EQ(outbox->unsettledAfter(0, 1000).size(), 2U);
}

TEST_F(OutboxTest, SendsWhatIsNotSettledAboveANumberInOrder)
{
    append(4);
    must(outbox->settle({{1, {}}}, 5));
    std::vector<qint64> sent;
    for (const PushedMutation &pushed : outbox->unsettledAfter(2, 100'000))
        sent.push_back(pushed.id);
    EXPECT_EQ(sent, (Ids{3, 4}));
    const PushedMutation first = outbox->unsettledAfter(0, 100'000).front();
    EXPECT_EQ(first.id, 2);
    EXPECT_EQ(first.hash, outbox->entries()[1].hash);
    EXPECT_EQ(first.mutation, mutators::encodeMutation(write(1)));
}

TEST_F(OutboxTest, SendsNoMoreAtOnceThanAServerTakes)
{
    append(int(protocol::maxPushed) + 5);
    EXPECT_EQ(outbox->unsettledAfter(0, 10'000'000).size(), size_t(protocol::maxPushed));
    const qsizetype bytesOfOne =
        mutators::encodeMutation(write(0)).size() + outbox->entries().front().hash.size();
    EXPECT_EQ(outbox->unsettledAfter(0, 3 * bytesOfOne).size(), 3U);
    EXPECT_EQ(outbox->unsettledAfter(0, 1).size(), 1U) << "one at least, or the queue would stand for ever";
}

TEST_F(OutboxTest, QueuesNothingWhenTheDiskIsFullAndGoesOnOnceItIsNot)
{
    append(1);
    const qint64 pages = std::get<qint64>(must(outbox->database().cell(u"PRAGMA page_count"_qs)).value());
    must(outbox->database().limitPages(int(pages)));
    const Mutation large{u"test.write"_qs, 1, QCborMap{{u"text"_qs, QString(20'000, u'x')}}};
    EXPECT_THAT(outbox->append(large, noon), FailsSaying(ErrorCode::StorageFull, u"disk is full"_qs));
    EXPECT_EQ(idsOf(outbox->entries()), (Ids{1}));
    must(outbox->database().limitPages(100'000));
    EXPECT_EQ(must(outbox->append(large, noon)), 2);
    reopen();
    EXPECT_EQ(idsOf(outbox->entries()), (Ids{1, 2}));
}
