#include "shared/sync/outbox.h"

#include "shared/crypto/digest.h"
#include "tests/unit/synced_store.h"

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

    /// What the file holds, retained or not.
    [[nodiscard]] Ids storedIds()
    {
        Ids ids;
        must(outbox->database().each(u"SELECT id FROM entry ORDER BY id"_qs, {},
                                     [&](const storage::RowReader &row) -> Result<void> {
                                         ids.push_back(row.integer(0));
                                         return {};
                                     }));
        return ids;
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
    EXPECT_TRUE(outbox->retain(7));
    ASSERT_TRUE(outbox->entries().empty());
    must(outbox->dropDurable(7));
    reopen();
    EXPECT_EQ(must(outbox->append(write(3), noon)), 3);
    EXPECT_EQ(outbox->entries().front().hash,
              crypto::digest(protocol::chainText(last, 3, mutators::encodeMutation(write(3)))));
}

TEST_F(OutboxTest, HasASettledWriteInTransitUntilItsEffectsAreHere)
{
    append(3);
    must(outbox->settle({{1, {}}}, 5));
    must(outbox->settle({{2, {}}}, 6));
    reopen();
    EXPECT_EQ(outbox->entries()[0].settledVersion, 5);
    EXPECT_FALSE(outbox->retain(4));
    EXPECT_EQ(idsOf(outbox->entries()), (Ids{1, 2, 3}));
    EXPECT_TRUE(outbox->retain(5));
    EXPECT_EQ(idsOf(outbox->entries()), (Ids{2, 3}));
    EXPECT_EQ(outbox->retainedCount(), 1);
}

TEST_F(OutboxTest, RetainsWhatNoBackupHasAndDropsItOnceOneHas)
{
    append(3);
    must(outbox->settle({{1, {}}}, 5));
    must(outbox->settle({{2, {}}}, 6));
    outbox->retain(6);
    must(outbox->dropDurable(5));
    EXPECT_EQ(outbox->retainedCount(), 1);
    EXPECT_EQ(storedIds(), (Ids{2, 3}));
    reopen();
    outbox->retain(6);
    must(outbox->dropDurable(6));
    EXPECT_EQ(storedIds(), (Ids{3}));
    EXPECT_FALSE(outbox->isIdle()) << "the third waits";
}

TEST_F(OutboxTest, NeverDropsForDurabilityWhatIsStillInTransit)
{
    append(2);
    must(outbox->settle({{1, {}}, {2, {}}}, 5));
    must(outbox->dropDurable(9));
    EXPECT_EQ(idsOf(outbox->entries()), (Ids{1, 2}));
    EXPECT_EQ(storedIds(), (Ids{1, 2}));
}

TEST_F(OutboxTest, RetainsNoMoreThanItsBoundTheNewestOfThem)
{
    // As one that a server without backups has filled.
    must(outbox->database().run(
        u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO entry (id, "
        "hash, mutation, created_ms, settled_version) SELECT i, x'00', ?, ?, i FROM n"_qs,
        {Outbox::maxRetained + 600, mutators::encodeMutation(write(1)), toMs(noon)}));
    reopen();
    outbox->retain(Outbox::maxRetained + 600);
    EXPECT_EQ(outbox->retainedCount(), Outbox::maxRetained);
    EXPECT_EQ(storedIds().front(), 601);
    EXPECT_EQ(storedIds().size(), size_t(Outbox::maxRetained));
}

TEST_F(OutboxTest, RetainsNothingForLongerThanAMonth)
{
    must(outbox->append(write(1), noon - Outbox::retainedFor - Millis(1)));
    must(outbox->append(write(2), noon));
    must(outbox->append(write(3), noon - 2 * Outbox::retainedFor));
    must(outbox->settle({{1, {}}, {2, {}}}, 5));
    outbox->retain(5);
    must(outbox->dropOld(noon));
    EXPECT_EQ(storedIds(), (Ids{2, 3})) << "what waits stays however old it is";
    EXPECT_EQ(idsOf(outbox->entries()), (Ids{3}));
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

TEST_F(OutboxTest, OffersAgainWhatTheServersRecordHasLost)
{
    append(4);
    must(outbox->settle({{1, {}}, {2, {}}}, 5));
    must(outbox->settle({{3, {}}}, 6));
    outbox->retain(6);
    EXPECT_FALSE(must(outbox->offerAgainAbove(3)));
    ASSERT_TRUE(must(outbox->offerAgainAbove(1)));
    EXPECT_EQ(outbox->retainedCount(), 1);
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(idsOf(outbox->entries()), (Ids{2, 3, 4}));
        const auto pushed = must(outbox->unsettledAfter(0, 100'000));
        ASSERT_EQ(pushed.size(), 3U);
        EXPECT_EQ(pushed[0].acknowledgedVersion, 5);
        EXPECT_EQ(pushed[1].acknowledgedVersion, 6);
        EXPECT_EQ(pushed[2].acknowledgedVersion, 0);
        reopen();
        outbox->retain(5);
    }
}

TEST_F(OutboxTest, KeepsWhatWasRetainedSoWhenTheRowsAreForgotten)
{
    append(2);
    must(outbox->settle({{1, {}}}, 5));
    outbox->retain(5);
    must(outbox->keepRetained());
    reopen();
    outbox->retain(0);
    EXPECT_EQ(idsOf(outbox->entries()), (Ids{2}));
    EXPECT_EQ(outbox->retainedCount(), 1);
}

TEST_F(OutboxTest, KnowsWhetherItContinuesAServersRecord)
{
    append(3);
    const std::vector<OutboxEntry> entries = outbox->entries();
    EXPECT_TRUE(must(outbox->continuesFrom(0, {})));
    for (const OutboxEntry &entry : entries)
        EXPECT_TRUE(must(outbox->continuesFrom(entry.id, entry.hash)));
    EXPECT_FALSE(must(outbox->continuesFrom(2, entries[0].hash))) << "another chain";
    EXPECT_FALSE(must(outbox->continuesFrom(3, entries[1].hash)));
    EXPECT_FALSE(must(outbox->continuesFrom(4, entries[2].hash))) << "the server knows more";
    must(outbox->settle({{1, {}}, {2, m_taken}}, 5));
    outbox->retain(5);
    must(outbox->dropDurable(5));
    EXPECT_TRUE(must(outbox->continuesFrom(2, entries[1].hash)));
    EXPECT_FALSE(must(outbox->continuesFrom(1, entries[0].hash))) << "number 2 is not here any more";
    EXPECT_FALSE(must(outbox->continuesFrom(0, {})));
}

TEST_F(OutboxTest, IsTakenOverByAnotherDeviceUnderTheSameUuids)
{
    const OutboxOwner first{idOf<DeviceId>(1), idOf<BusinessId>(2), Role::Kiosk};
    const OutboxOwner second{idOf<DeviceId>(3), idOf<BusinessId>(2), Role::Kiosk};
    must(outbox->bind(first));
    Mutation named = write(5);
    named.uuid = uuidOf(77);
    append(2);
    must(outbox->append(named, noon));
    must(outbox->append(write(6), noon));
    must(outbox->settle({{1, {}}, {2, m_taken}}, 9));
    outbox->retain(9);
    must(outbox->bind(second));
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(outbox->owner(), second);
        EXPECT_EQ(outbox->retainedCount(), 1) << "not replayed: its rows are here";
        EXPECT_EQ(idsOf(outbox->entries()), (Ids{2, 3}));
        const auto pushed = must(outbox->unsettledAfter(0, 100'000));
        ASSERT_EQ(pushed.size(), 3U) << "all are offered to the server under the new numbers";
        QByteArray hash;
        std::vector<Uuid> uuids;
        for (const PushedMutation &one : pushed) {
            hash = crypto::digest(protocol::chainText(hash, one.id, one.mutation));
            EXPECT_EQ(one.hash, hash);
            uuids.push_back(must(mutators::decodeMutation(one.mutation)).uuid);
        }
        EXPECT_EQ(uuids, (std::vector<Uuid>{mutators::derivedUuid(first.device, 1), uuidOf(77),
                                            mutators::derivedUuid(first.device, 4)}));
        EXPECT_EQ(pushed[0].acknowledgedVersion, 9);
        EXPECT_LT(outbox->rejections().front().id, 0) << "out of the way of the new numbers";
        reopen();
    }
    must(outbox->settle({{1, {}}, {2, {}}, {3, {}}}, 10));
    outbox->retain(10);
    EXPECT_TRUE(outbox->isIdle());
    EXPECT_EQ(outbox->retainedCount(), 3);
}

TEST_F(OutboxTest, OfTheFirstSchemaKeepsEverything)
{
    outbox.reset();
    const QString old = m_dir.filePath(u"old.db"_qs);
    QByteArray hash;
    {
        const auto first = must(storage::Database::open({.path = old}));
        for (const char *statement :
             {"PRAGMA journal_mode = WAL",
              "CREATE TABLE entry (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, mutation BLOB NOT NULL, "
              "created_ms INTEGER NOT NULL, settled_version INTEGER)",
              "CREATE TABLE rejection (id INTEGER PRIMARY KEY, mutation BLOB NOT NULL, code TEXT NOT NULL, "
              "message TEXT NOT NULL, created_ms INTEGER NOT NULL)",
              "CREATE TABLE chain (last_id INTEGER NOT NULL, last_hash BLOB NOT NULL)",
              "CREATE TABLE schema_version (version BIGINT NOT NULL)",
              "INSERT INTO schema_version VALUES (1)"})
            must(first->cell(QString::fromLatin1(statement)));
        for (qint64 id = 1; id <= 5; ++id) {
            const QByteArray mutation = mutators::encodeMutation(write(int(id)));
            hash = crypto::digest(protocol::chainText(hash, id, mutation));
            if (id == 2)
                must(first->run(u"INSERT INTO rejection VALUES (2, ?, 'slot_taken', 'No.', 7)"_qs,
                                {mutation}));
            else if (id > 2)
                must(first->run(u"INSERT INTO entry VALUES (?, ?, ?, ?, ?)"_qs,
                                {id, hash, mutation, toMs(noon),
                                 id == 3 ? storage::Value(qint64(8)) : storage::Value()}));
        }
        must(first->run(u"INSERT INTO chain VALUES (5, ?)"_qs, {hash}));
    }
    outbox = must(Outbox::open(old));
    EXPECT_EQ(idsOf(outbox->entries()), (Ids{3, 4, 5}));
    EXPECT_EQ(outbox->entries()[0].settledVersion, 8);
    EXPECT_EQ(outbox->entries()[2].mutation, write(5));
    EXPECT_EQ(outbox->rejections().size(), 1U);
    EXPECT_FALSE(outbox->owner());
    EXPECT_TRUE(must(outbox->continuesFrom(5, hash)));
    EXPECT_EQ(must(outbox->append(write(6), noon)), 6);
    outbox = must((outbox.reset(), Outbox::open(old)));
    EXPECT_EQ(idsOf(outbox->entries()), (Ids{3, 4, 5, 6}));
}

TEST_F(OutboxTest, SendsWhatIsNotSettledAboveANumberInOrder)
{
    append(4);
    must(outbox->settle({{1, {}}}, 5));
    std::vector<qint64> sent;
    for (const PushedMutation &pushed : must(outbox->unsettledAfter(2, 100'000)))
        sent.push_back(pushed.id);
    EXPECT_EQ(sent, (Ids{3, 4}));
    const PushedMutation first = must(outbox->unsettledAfter(0, 100'000)).front();
    EXPECT_EQ(first.id, 2);
    EXPECT_EQ(first.hash, outbox->entries()[1].hash);
    EXPECT_EQ(first.mutation, mutators::encodeMutation(write(1)));
}

TEST_F(OutboxTest, SendsNoMoreAtOnceThanAServerTakes)
{
    append(int(protocol::maxPushed) + 5);
    EXPECT_EQ(must(outbox->unsettledAfter(0, 10'000'000)).size(), size_t(protocol::maxPushed));
    const qsizetype bytesOfOne =
        mutators::encodeMutation(write(0)).size() + outbox->entries().front().hash.size();
    EXPECT_EQ(must(outbox->unsettledAfter(0, 3 * bytesOfOne)).size(), 3U);
    EXPECT_EQ(must(outbox->unsettledAfter(0, 1)).size(), 1U)
        << "one at least, or the queue would stand for ever";
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
