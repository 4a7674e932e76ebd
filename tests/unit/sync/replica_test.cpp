#include "shared/sync/replica.h"

#include "shared/sync/entity_query.h"
#include "tests/unit/sync/sync_fixture.h"

#include <QFile>

using namespace strop;
using namespace strop::domain;
using namespace strop::sync;
using namespace strop::test;
using mutators::makeMutation;

namespace {

class ReplicaTest : public testing::Test
{
protected:
    ReplicaTest() { must(replica->applyBatch(server.everything())); }

    /// A booking with Anna, made here.
    qint64 book(quint8 number, int hour)
    {
        return must(replica->mutate(makeMutation(server.booking(number, server.at(hour)))));
    }

    /// The server has accepted it as its newest version.
    void settle(qint64 id) { must(replica->settle({{{id, std::nullopt}}, server.head()})); }

    [[nodiscard]] bool shows(quint8 number) const { return replica.shows(idOf<AppointmentId>(number)); }

    /// What the file holds, without what is only optimistic.
    [[nodiscard]] qint64 confirmedAppointments()
    {
        const auto file =
            must(storage::Database::open({.path = replica.path() + u"/confirmed.db"_qs, .readOnly = true}));
        return std::get<qint64>(must(file->cell(u"SELECT COUNT(*) FROM appointment"_qs)).value());
    }

    ServerSide server;
    ReplicaFolder replica{server};
};

} // namespace

TEST_F(ReplicaTest, ShowsAWriteAtOnceAndQueuesIt)
{
    EXPECT_EQ(book(50, 10), 1);
    EXPECT_TRUE(shows(50));
    EXPECT_EQ(replica->outbox().entries().size(), 1U);
    EXPECT_EQ(confirmedAppointments(), 0) << "only the server confirms";
}

TEST_F(ReplicaTest, BookingMadeOfflineSurvivesARestart)
{
    book(50, 10);
    replica.reopen();
    EXPECT_TRUE(shows(50));
    EXPECT_EQ(replica->cursor(), 1);
}

TEST_F(ReplicaTest, RefusedWriteChangesNothing)
{
    book(50, 10);
    EXPECT_THAT(replica->mutate(makeMutation(server.booking(51, server.at(10)))),
                FailsWith(ErrorCode::SlotTaken));
    EXPECT_FALSE(shows(51));
    EXPECT_FALSE(must(replica->rows().get<Visit>(idOf<VisitId>(51)))) << "nor half of it";
    EXPECT_EQ(replica->outbox().entries().size(), 1U);
}

TEST_F(ReplicaTest, ReplaysWaitingWritesOnTopOfNewRows)
{
    book(50, 10);
    server.commit(server.booking(60, server.at(12)));
    EXPECT_TRUE(must(replica->applyBatch(server.above(1))));
    EXPECT_TRUE(shows(50));
    EXPECT_TRUE(shows(60));
    EXPECT_EQ(replica->cursor(), 2);
    EXPECT_EQ(confirmedAppointments(), 1);
}

TEST_F(ReplicaTest, HidesAWaitingWriteThatNoLongerFitsAndStillSendsIt)
{
    book(50, 10);
    server.commit(server.booking(60, server.at(10)));
    must(replica->applyBatch(server.above(1)));
    EXPECT_FALSE(shows(50));
    EXPECT_EQ(must(replica->outbox().unsettledAfter(0, 1000)).size(), 1U) << "the server decides";
}

TEST_F(ReplicaTest, RefusesABatchThatBeginsAboveItsCursor)
{
    server.commit(server.booking(60, server.at(10)));
    server.commit(server.booking(61, server.at(11)));
    EXPECT_FALSE(must(replica->applyBatch(server.above(2))));
    EXPECT_FALSE(shows(61));
    EXPECT_EQ(replica->cursor(), 1);
}

TEST_F(ReplicaTest, SkipsABatchThatItKnowsAndTakesOneThatOverlaps)
{
    server.commit(server.booking(60, server.at(10)));
    const auto first = server.above(1);
    must(replica->applyBatch(first));
    EXPECT_TRUE(must(replica->applyBatch(first)));
    server.commit(server.booking(61, server.at(11)));
    EXPECT_TRUE(must(replica->applyBatch(server.above(1))));
    EXPECT_TRUE(shows(61));
    EXPECT_EQ(replica->cursor(), 3);
}

TEST_F(ReplicaTest, AppliesNothingOfMalformedRows)
{
    book(50, 10);
    server.commit(server.booking(60, server.at(12)));
    auto batch = server.above(1);
    batch.tables.push_back(QCborArray{u"appointment"_qs, 7});
    EXPECT_THAT(replica->applyBatch(batch), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_TRUE(shows(50));
    EXPECT_FALSE(shows(60));
    EXPECT_EQ(replica->cursor(), 1);
}

TEST_F(ReplicaTest, ForgetsAWriteOnceItIsSettledAndItsRowsAreHereInEitherOrder)
{
    const qint64 first = book(50, 10);
    server.commit(server.booking(50, server.at(10)));
    settle(first);
    ASSERT_EQ(replica->outbox().entries().size(), 1U);
    EXPECT_TRUE(shows(50)) << "shown from the queue until the row comes";
    must(replica->applyBatch(server.above(1)));
    EXPECT_TRUE(replica->outbox().entries().empty());

    const qint64 second = book(51, 11);
    server.commit(server.booking(51, server.at(11)));
    must(replica->applyBatch(server.above(2)));
    ASSERT_EQ(replica->outbox().entries().size(), 1U);
    settle(second);
    EXPECT_TRUE(replica->outbox().entries().empty());
    EXPECT_TRUE(shows(51));
    EXPECT_EQ(confirmedAppointments(), 2);
}

TEST_F(ReplicaTest, TakesBackARejectedWriteAndKeepsTheReason)
{
    const qint64 id = book(50, 10);
    must(replica->settle({{{id, Error{ErrorCode::SlotTaken, u"Taken."_qs, {}}}}, 1}));
    EXPECT_FALSE(shows(50));
    ASSERT_EQ(replica->outbox().rejections().size(), 1U);
    must(replica->dismissRejection(id));
    EXPECT_TRUE(replica->outbox().rejections().empty());
}

TEST_F(ReplicaTest, DoesNotReplayASettledMoveOverWhatCameAfterIt)
{
    server.commit(server.booking(50, server.at(9)));
    must(replica->applyBatch(server.above(1)));
    const mutators::AppointmentMove ours{idOf<AppointmentId>(50), server.anna, server.at(10)};
    const qint64 id = must(replica->mutate(makeMutation(ours)));
    server.commit(ours);
    settle(id);
    server.commit(mutators::AppointmentMove{idOf<AppointmentId>(50), server.anna, server.at(15)});
    // The queue cannot be written when the rows come: the disk is full, or the program dies right there.
    must(replica->outbox().database().run(u"PRAGMA query_only = 1"_qs));
    must(replica->applyBatch(server.above(2)));
    EXPECT_EQ(must(replica->rows().get<Appointment>(idOf<AppointmentId>(50)))->start, server.at(15));
    replica.reopen();
    EXPECT_EQ(must(replica->rows().get<Appointment>(idOf<AppointmentId>(50)))->start, server.at(15));
    EXPECT_TRUE(replica->outbox().entries().empty());
}

TEST_F(ReplicaTest, StartsOverOnAnotherHistoryAndOffersEveryWriteAgain)
{
    const qint64 id = book(50, 10);
    server.commit(server.booking(50, server.at(10)));
    settle(id);
    const QByteArray epoch(16, 'e');
    ASSERT_THAT(replica->startOver(epoch), Succeeds());
    EXPECT_EQ(replica->cursor(), 0);
    EXPECT_EQ(replica->epoch(), epoch);
    EXPECT_EQ(confirmedAppointments(), 0);
    EXPECT_TRUE(must(replica->resume(0, {})));
    EXPECT_EQ(must(replica->outbox().unsettledAfter(0, 1000)).size(), 1U);
    replica.reopen();
    EXPECT_EQ(replica->epoch(), epoch);
}

TEST_F(ReplicaTest, LosesNothingWhenItsConfirmedFileIsThrownAway)
{
    book(50, 10);
    const QString folder = replica.path();
    replica.close();
    ASSERT_TRUE(QFile::remove(folder + u"/confirmed.db"_qs));
    replica.reopen();
    EXPECT_EQ(replica->cursor(), 0);
    must(replica->applyBatch(server.everything()));
    EXPECT_TRUE(shows(50));
}

TEST_F(ReplicaTest, PutsADamagedConfirmedFileAsideAndFetchesItAgain)
{
    book(50, 10);
    const QString confirmed = replica.path() + u"/confirmed.db"_qs;
    replica.close();
    QFile file(confirmed);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QByteArray(8192, 'x'));
    file.close();
    replica.reopen();
    EXPECT_TRUE(QFile::exists(confirmed + u".damaged"_qs));
    EXPECT_EQ(replica->cursor(), 0);
    EXPECT_EQ(replica->outbox().entries().size(), 1U);
    must(replica->applyBatch(server.everything()));
    EXPECT_TRUE(shows(50));
}

TEST_F(ReplicaTest, KeepsASecondProgramOutOfItsFolder)
{
    EXPECT_THAT(Replica::open(replica.path(), replica.actor(), replica.clock, replica.random),
                FailsWith(ErrorCode::Unavailable));
}

TEST_F(ReplicaTest, RefreshesTheQueriesOfTheTablesThatChangedAndNoOthers)
{
    int appointments = 0, services = 0;
    const auto day = std::make_shared<LiveQuery<Appointment>>(entityQuery<Appointment>(),
                                                              [&](const auto &) { ++appointments; });
    const auto menu =
        std::make_shared<LiveQuery<Service>>(entityQuery<Service>(), [&](const auto &) { ++services; });
    must(replica->watch(day));
    must(replica->watch(menu));
    EXPECT_EQ(appointments, 1);
    EXPECT_EQ(services, 1);
    book(50, 10);
    EXPECT_EQ(appointments, 2);
    server.commit(server.booking(60, server.at(12)));
    must(replica->applyBatch(server.above(1)));
    EXPECT_EQ(appointments, 3);
    EXPECT_EQ(services, 1);
}

TEST_F(ReplicaTest, RefreshesNoQueryThatNobodyHoldsAnyMore)
{
    int delivered = 0;
    auto query = std::make_shared<LiveQuery<Appointment>>(entityQuery<Appointment>(),
                                                          [&](const auto &) { ++delivered; });
    must(replica->watch(query));
    query.reset();
    book(50, 10);
    EXPECT_EQ(delivered, 1);
}

TEST_F(ReplicaTest, SkipsAQueryThatIsLetGoOfWhileOthersAreRefreshed)
{
    int delivered = 0;
    std::shared_ptr<LiveQuery<Appointment>> second;
    const auto first = std::make_shared<LiveQuery<Appointment>>(entityQuery<Appointment>(),
                                                                [&](const auto &) { second.reset(); });
    must(replica->watch(first));
    second = std::make_shared<LiveQuery<Appointment>>(entityQuery<Appointment>(),
                                                      [&](const auto &) { ++delivered; });
    must(replica->watch(second));
    book(50, 10);
    EXPECT_EQ(delivered, 1) << "as on the UI's thread, its last owner went in the middle of it";
}

TEST_F(ReplicaTest, QueryThatFailsLeavesWhatIsShownWhole)
{
    QuerySpec<Appointment> broken = entityQuery<Appointment>(u" AND no_such_column = 1"_qs);
    book(50, 10);
    const auto query =
        std::make_shared<LiveQuery<Appointment>>(std::move(broken), [](const auto &) { FAIL(); });
    EXPECT_THAT(replica->watch(query), FailsWith(ErrorCode::StorageFailure));
    EXPECT_TRUE(shows(50));
    book(51, 11);
    EXPECT_TRUE(shows(51));
    EXPECT_EQ(confirmedAppointments(), 0);
}

TEST_F(ReplicaTest, TellsItsListenerOfEveryChangeOfTheQueue)
{
    int told = 0;
    replica->setListener([&] { ++told; });
    const qint64 id = book(50, 10);
    EXPECT_EQ(told, 1);
    must(replica->settle({{{id, Error{ErrorCode::SlotTaken, u"Taken."_qs, {}}}}, 1}));
    EXPECT_EQ(told, 2);
    must(replica->dismissRejection(id));
    EXPECT_EQ(told, 3);
}

TEST_F(ReplicaTest, FullDiskInTheMiddleOfAWriteRefusesItAndConfirmsNothingByAccident)
{
    book(50, 10);
    const qint64 pages = std::get<qint64>(must(replica->database().cell(u"PRAGMA page_count"_qs)).value());
    must(replica->database().limitPages(int(pages)));
    Result<qint64> last;
    for (int i = 0; last && i < 500; ++i) {
        auto booking = server.booking(0, server.at(24) + i * std::chrono::minutes(30));
        booking.id = AppointmentId{Uuid::v5(server.shop.uuid, QString::number(i))};
        booking.visitId = VisitId{booking.id.uuid};
        last = replica->mutate(makeMutation(booking));
    }
    ASSERT_THAT(last, FailsWith(ErrorCode::StorageFull));
    must(replica->database().limitPages(100'000));

    book(51, 12);
    EXPECT_TRUE(shows(50)) << "what was confirmed to somebody before is still shown";
    EXPECT_TRUE(shows(51));
    EXPECT_EQ(confirmedAppointments(), 0) << "nothing optimistic was committed";
    server.commit(server.booking(60, server.at(14)));
    ASSERT_THAT(replica->applyBatch(server.above(1)), Succeeds());
    EXPECT_TRUE(shows(50) && shows(51) && shows(60));
}
