#include "client/sync_status/sync_status_view_model.h"

#include "client/sync_status/sync_words.h"
#include "tests/unit/open_device.h"

/// What the sync pill says, and the list behind it.
namespace strop::client {
namespace {

using mutators::makeMutation;
using test::eventually;
using test::Succeeds;
using Tone = SyncStatusViewModel::Tone;

struct SyncPill : testing::Test
{
    SyncPill()
    {
        device.folder.confirmAll();
        device.setTime(shop.at(14, 5));
    }

    void open(qsizetype writes)
    {
        ASSERT_TRUE(device.start());
        ASSERT_TRUE(eventually([&] {
            return device.host.status().waiting.size() + device.host.status().rejections.size() ==
                   size_t(writes);
        }));
    }

    PendingWrite write(int row)
    {
        return model.writes()->index(row, 0).data(Qt::UserRole).value<PendingWrite>();
    }

    mutators::Mutation booking(quint8 number, Instant start) const
    {
        return makeMutation(shop.booking(number, shop.ana, shop.cut, start));
    }

    test::OpenDevice device{Role::Owner};
    const test::MadridShop &shop = device.shop;
    SyncStatusViewModel model{device.host, device.catalogue};
};

TEST_F(SyncPill, OfflineTellsSinceWhenAndThatNothingIsLost)
{
    open(0);
    EXPECT_EQ(model.text(), QStringLiteral("Offline since 14:05, all changes kept"));
    EXPECT_EQ(model.tone(), Tone::Warning);
    EXPECT_TRUE(model.explanation().contains(QStringLiteral("Go on working")));
    EXPECT_EQ(model.writeCount(), 0);
}

TEST_F(SyncPill, ListsWhatWaitsInTheUsersWords)
{
    device.folder.queue(booking(90, shop.at(15)));
    device.folder.queue(makeMutation(mutators::AppointmentCancel{test::idOf<AppointmentId>(71)}));
    open(2);
    ASSERT_EQ(model.writeCount(), 2);
    EXPECT_EQ(write(0).what, QStringLiteral("Book an appointment"));
    EXPECT_EQ(write(0).detail, QStringLiteral("mar 5 may, 15:00 with Ana"));
    EXPECT_EQ(write(0).when, QStringLiteral("14:05"));
    EXPECT_EQ(write(0).problem, QString());
    EXPECT_EQ(write(1).what, QStringLiteral("Cancel an appointment"));
}

TEST_F(SyncPill, SaysWhichAppointmentIsMeantByAWriteThatNamesItsIdOnly)
{
    device.folder.queue(makeMutation(mutators::AppointmentCancel{test::idOf<AppointmentId>(71)}));
    device.folder.queue(
        makeMutation(mutators::AppointmentMove{test::idOf<AppointmentId>(72), shop.ana, shop.at(16)}));
    device.folder.queue(makeMutation(
        mutators::AppointmentSetStatus{test::idOf<AppointmentId>(73), domain::AppointmentStatus::Arrived}));
    open(3);
    EXPECT_TRUE(eventually([this] {
        return write(0).detail == QStringLiteral("Lucía Vega, mar 5 may, 10:30 with Ana");
    })) << write(0).detail.toStdString();
    EXPECT_EQ(write(1).detail, QStringLiteral("Marcos Gil, mar 5 may, 16:00 with Ana"));
    EXPECT_EQ(write(2).detail, QStringLiteral("mar 5 may, 12:00 with Ana")) << "nobody's name is known";
}

TEST_F(SyncPill, SaysForWhomARefusedBookingWas)
{
    mutators::AppointmentBook refused = shop.booking(91, shop.ana, shop.cut, shop.at(16));
    refused.customerId = test::idOf<CustomerId>(61);
    device.folder.refuse(makeMutation(refused), {ErrorCode::SlotTaken, QStringLiteral("Taken."), {}});
    open(1);
    EXPECT_TRUE(eventually([this] {
        return write(0).detail == QStringLiteral("Lucía Vega, mar 5 may, 16:00 with Ana");
    })) << write(0).detail.toStdString();
}

TEST_F(SyncPill, AnAppointmentThatIsNotKnownHereGivesWhatThereIs)
{
    const auto unknown = test::idOf<AppointmentId>(99);
    device.folder.queue(makeMutation(mutators::AppointmentCancel{test::idOf<AppointmentId>(71)}));
    open(1);
    WriteSubjects subjects(device.host, [] {});
    subjects.follow({makeMutation(mutators::AppointmentCancel{unknown})});
    EXPECT_EQ(writeDetail(makeMutation(mutators::AppointmentCancel{unknown}), device.catalogue, subjects),
              QString());
    EXPECT_EQ(writeDetail(makeMutation(mutators::AppointmentMove{unknown, shop.ana, shop.at(16)}),
                          device.catalogue, subjects),
              QStringLiteral("mar 5 may, 16:00 with Ana"));
}

TEST_F(SyncPill, AWriteMadeNowJoinsTheList)
{
    open(0);
    ASSERT_THAT(device.write(booking(90, shop.at(15))), Succeeds());
    EXPECT_TRUE(eventually([this] { return model.writeCount() == 1; }));
}

TEST_F(SyncPill, ARefusedWriteNeedsThePersonAndSaysWhy)
{
    device.folder.queue(booking(90, shop.at(15)));
    device.folder.refuse(booking(91, shop.at(16)),
                         {ErrorCode::SlotTaken, QStringLiteral("Ana is busy. Choose another time."), {}});
    open(2);
    EXPECT_EQ(model.text(), QStringLiteral("Needs you: 1 conflict"));
    EXPECT_EQ(model.tone(), Tone::Bad);
    ASSERT_EQ(model.writeCount(), 2);
    EXPECT_EQ(write(0).problem, QStringLiteral("Ana is busy. Choose another time."));
    EXPECT_EQ(write(1).problem, QString());
}

TEST_F(SyncPill, SeveralRefusalsAreCounted)
{
    for (quint8 i = 0; i < 3; ++i)
        device.folder.refuse(booking(quint8(90 + i), shop.at(15 + i)),
                             {ErrorCode::SlotTaken, QStringLiteral("Taken."), {}});
    open(3);
    EXPECT_EQ(model.text(), QStringLiteral("Needs you: 3 conflicts"));
}

TEST_F(SyncPill, ARefusalThatWasDealtWithIsGone)
{
    device.folder.refuse(booking(91, shop.at(16)), {ErrorCode::SlotTaken, QStringLiteral("Taken."), {}});
    open(1);
    model.dismiss(write(0).idText());
    ASSERT_TRUE(eventually([this] { return model.writeCount() == 0; }));
    EXPECT_EQ(model.tone(), Tone::Warning);
}

QString writtenTime(Instant)
{
    return QStringLiteral("14:05");
}

net::SyncStatus inState(sync::SessionState state)
{
    net::SyncStatus status;
    status.state = state;
    return status;
}

TEST(SyncWords, UpToDateWhenLiveAndNothingWaits)
{
    EXPECT_EQ(syncText(inState(sync::SessionState::Live), writtenTime), QStringLiteral("Up to date"));
}

TEST(SyncWords, CountsWhatWaits)
{
    net::SyncStatus status = inState(sync::SessionState::Live);
    status.waiting.resize(3);
    EXPECT_EQ(syncText(status, writtenTime), QStringLiteral("3 waiting to sync"));
    EXPECT_TRUE(syncExplanation(status).contains(QStringLiteral("on their way")));
}

TEST(SyncWords, CatchingUpIsNeitherOfflineNorUpToDate)
{
    net::SyncStatus status = inState(sync::SessionState::CatchingUp);
    status.offlineSince = Instant();
    EXPECT_EQ(syncText(status, writtenTime), QStringLiteral("Catching up"));
}

TEST(SyncWords, AStoppedSyncComesBeforeAnythingElseAndSaysWhatToDo)
{
    net::SyncStatus status;
    status.problem =
        Error{ErrorCode::Unauthenticated, QStringLiteral("This device was removed. Pair it again."), {}};
    status.rejections.resize(1);
    status.offlineSince = Instant();
    EXPECT_EQ(syncText(status, writtenTime), QStringLiteral("Needs you"));
    EXPECT_EQ(syncExplanation(status), QStringLiteral("This device was removed. Pair it again."));
}

TEST(SyncWords, EveryMutatorHasWordsOfItsOwn)
{
    for (const QString &name : mutators::mutatorNames())
        EXPECT_NE(mutatorText(name), name);
}

} // namespace
} // namespace strop::client
