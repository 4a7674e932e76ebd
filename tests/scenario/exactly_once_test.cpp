#include "server/admin/backup.h"
#include "shared/protocol/codec.h"
#include "tests/support/fake_world/fake_world.h"
#include "tests/support/fake_world/folder_image.h"
#include "tests/unit/expect.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

/// Whatever is lost, repeated, copied or restored: a write that was confirmed to somebody is settled exactly
/// once, and nobody is asked to do anything for it.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

/// Somebody copies yesterday's database file over the server's, and starts it again.
void copyBack(FakeServer &server, const FolderImage &old)
{
    server.stop();
    old.restoreOnly(QStringLiteral("strop.db"), server.folder());
    server.start();
}

/// Damages everything of a file but its head, where it lies, as a failing disk does.
void damage(const QString &path, qint64 from)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        throw std::runtime_error("there is no such file: " + path.toStdString());
    file.seek(std::min(from, file.size()));
    file.write(QByteArray(file.size() - file.pos(), '\x5a'));
}

qint64 headOf(FakeWorld &world)
{
    return must(world.server().store().head(world.business()));
}

std::vector<ErrorCode> rejectionsOf(FakeDevice &device)
{
    std::vector<ErrorCode> codes;
    for (const sync::Rejection &one : device.rejections())
        codes.push_back(one.error.code);
    return codes;
}

} // namespace

TEST(ExactlyOnce, ALostAck)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    desktop.hold(End::Server);
    const AppointmentId id = must(desktop.book(world.shop.anna, world.shop.at(10)));
    world.pass(1s);
    const qint64 head = headOf(world);
    desktop.cutConnection();
    desktop.release(End::Server);
    world.settle();
    EXPECT_EQ(headOf(world), head) << "the second push had no effect";
    EXPECT_TRUE(world.kiosk().appointment(id));
    EXPECT_EQ(desktop.identities().size(), 1U);
    EXPECT_THAT(world, agrees());
}

TEST(ExactlyOnce, TheSamePushTwice)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    desktop.goOffline();
    must(desktop.book(world.shop.anna, world.shop.at(10)));
    must(desktop.book(world.shop.ben, world.shop.at(11)));
    const protocol::Push push{must(desktop.replica().outbox().unsettledAfter(0, 100'000))};
    const auto stranger = world.addStranger();
    stranger->introduce(desktop.id(), desktop.identity().key);
    stranger->say(push);
    const qint64 head = headOf(world);
    stranger->say(push);
    EXPECT_EQ(headOf(world), head);
    const auto again = std::get<protocol::Ack>(stranger->heard().back());
    ASSERT_EQ(again.settled.size(), 2U);
    EXPECT_FALSE(again.settled.front().rejection);
    desktop.goOnline();
    world.settle();
    EXPECT_THAT(world, agrees());
}

TEST(ExactlyOnce, APoisonMutationBetweenGoodOnes)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    desktop.goOffline();
    const AppointmentId before = must(desktop.book(world.shop.anna, world.shop.at(10)));
    const mutators::Mutation poison{QStringLiteral("appointment.teleport"), 7, {{1, QByteArray(300, 'p')}}};
    must(desktop.replica().outbox().append(poison, desktop.clock().now()));
    const AppointmentId after = must(desktop.book(world.shop.ben, world.shop.at(10)));
    desktop.goOnline();
    world.settle();
    EXPECT_TRUE(world.kiosk().appointment(before));
    EXPECT_TRUE(world.kiosk().appointment(after));
    EXPECT_EQ(rejectionsOf(desktop), std::vector{ErrorCode::UpdateNeeded});
    EXPECT_TRUE(desktop.session().isIdle());
}

TEST(ExactlyOnce, ACursorFromTheFuture)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    must(desktop.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    const FolderImage old(world.server().folder());
    const AppointmentId lost = must(desktop.book(world.shop.anna, world.shop.at(10)));
    world.settle();
    // Copied back on another machine, where no side file tells of it.
    world.server().stop();
    old.restoreOnly(QStringLiteral("strop.db"), world.server().folder());
    ASSERT_TRUE(QFile::remove(world.server().folder() + QStringLiteral("/strop.mark")));
    world.server().start();
    world.settle();
    EXPECT_TRUE(world.kiosk().appointment(lost));
    EXPECT_TRUE(world.desktop().appointment(lost));
    EXPECT_THAT(world, agrees());
}

TEST(ExactlyOnce, AServerKilledAtEachStepOfACommit)
{
    for (int writes = 0; writes < 250; ++writes) {
        FakeWorld world;
        const AppointmentId id = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
        world.disk().failWrites(QStringLiteral("/server/"), SQLITE_IOERR_WRITE, writes);
        world.pass(100ms);
        const bool interrupted = world.disk().failures() > 0;
        world.server().kill(); // what the disk took until then is all there is
        world.disk().repair();
        world.server().start();
        world.settle();
        EXPECT_TRUE(world.desktop().appointment(id));
        EXPECT_EQ(world.kiosk().identities().size(), 1U);
        ASSERT_THAT(world, agrees()) << "after " << writes << " writes";
        if (!interrupted)
            return;
    }
    ADD_FAILURE() << "a commit has more steps than this test knows";
}

TEST(ExactlyOnce, AClonedFolderWhoseTwoCopiesBothWrite)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    const AppointmentId common = must(kiosk.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    kiosk.goOffline();
    const AppointmentId waiting = must(kiosk.book(world.shop.anna, world.shop.at(10)));
    FakeDevice &copy = world.addCopyOf(kiosk);
    world.pass(2s); // the copy sends what waited in the folder
    const AppointmentId ours = must(kiosk.book(world.shop.anna, world.shop.at(11)));
    const AppointmentId theirs = must(copy.book(world.shop.ben, world.shop.at(11)));
    kiosk.goOnline();
    world.settle();
    for (const AppointmentId id : {common, waiting, ours, theirs}) {
        for (const auto &device : world.devices())
            EXPECT_TRUE(device->appointment(id));
    }
    EXPECT_EQ(kiosk.identities().size() + copy.identities().size(), 3U) << "one of the two is a new device";
    EXPECT_FALSE(kiosk.problem());
    EXPECT_FALSE(copy.problem());
    must(kiosk.book(world.shop.anna, world.shop.at(14)));
    must(copy.book(world.shop.ben, world.shop.at(14)));
    world.settle();
    EXPECT_EQ(kiosk.identities().size() + copy.identities().size(), 3U) << "and stays it";
    EXPECT_THAT(world, agrees());
}

TEST(ExactlyOnce, TwoCopiesThatAreConnectedAtOnceBothWrite)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    FakeDevice &copy = world.addCopyOf(kiosk);
    world.settle();
    ASSERT_TRUE(kiosk.isConnected() && copy.isConnected());
    const AppointmentId ours = must(kiosk.book(world.shop.anna, world.shop.at(11)));
    const AppointmentId theirs = must(copy.book(world.shop.ben, world.shop.at(11)));
    world.settle();
    EXPECT_TRUE(world.desktop().appointment(ours));
    EXPECT_TRUE(world.desktop().appointment(theirs));
    EXPECT_THAT(world, agrees());
}

TEST(ExactlyOnce, ADeviceRestoredFromYesterdaysCopy)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    must(kiosk.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    const FolderImage yesterday(kiosk.folder());
    const AppointmentId since = must(kiosk.book(world.shop.anna, world.shop.at(10)));
    world.settle();
    kiosk.stop();
    yesterday.restore(kiosk.folder());
    must(kiosk.start());
    const AppointmentId fresh = must(kiosk.book(world.shop.anna, world.shop.at(12)));
    world.settle();
    EXPECT_EQ(kiosk.identities().size(), 2U);
    EXPECT_TRUE(kiosk.appointment(since));
    EXPECT_TRUE(world.desktop().appointment(fresh));
    EXPECT_THAT(world, agrees());
}

TEST(ExactlyOnce, AServerRestoredFromAnOlderBackupWithTwoDevicesHoldingWhatItLostAppliedInOriginalOrder)
{
    FakeWorld world;
    FakeDevice &barber = world.addDevice(Role::Barber);
    FakeDevice &desktop = world.desktop();
    const AppointmentId moved = must(desktop.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    const QString backup = world.server().folder() + QStringLiteral("/../monday.db");
    must(server::backUp(world.server().store(), backup));

    // Each takes the place that the other one has just left: it goes in this order alone.
    must(desktop.move(moved, world.shop.anna, world.shop.at(10)));
    world.settle();
    const AppointmentId second = must(barber.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    must(barber.move(moved, world.shop.anna, world.shop.at(11)));
    world.settle();
    const AppointmentId third = must(desktop.book(world.shop.anna, world.shop.at(10)));
    world.settle();
    must(barber.cancel(second));
    world.settle();
    const AppointmentId fourth = must(desktop.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    const qint64 lost = headOf(world);

    world.server().stop();
    must(server::restoreBackup(world.server().folder(), backup, world.server().clock()));
    world.server().start();
    ASSERT_LT(headOf(world), lost);
    world.settle();
    for (FakeDevice *device : {&desktop, &barber, &world.kiosk()}) {
        EXPECT_EQ(device->appointment(moved)->start, world.shop.at(11));
        EXPECT_EQ(device->appointment(second)->status, domain::AppointmentStatus::Cancelled);
        EXPECT_EQ(device->appointment(third)->start, world.shop.at(10));
        EXPECT_EQ(device->appointment(fourth)->start, world.shop.at(9));
        EXPECT_EQ(device->identities().size(), 1U);
        EXPECT_TRUE(device->rejections().empty());
    }
    EXPECT_EQ(headOf(world), lost) << "every version was written again";
    EXPECT_THAT(world, agrees());
}

TEST(ExactlyOnce, AServerWhoseDatabaseFileWasCopiedBack)
{
    FakeWorld world;
    must(world.desktop().book(world.shop.anna, world.shop.at(9)));
    world.settle();
    const FolderImage old(world.server().folder());
    const AppointmentId lost = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    world.settle();
    world.kiosk().goOffline();
    const AppointmentId waiting = must(world.kiosk().book(world.shop.ben, world.shop.at(10)));
    copyBack(world.server(), old);
    const AppointmentId fresh = must(world.desktop().book(world.shop.anna, world.shop.at(15)));
    world.settle();
    EXPECT_FALSE(world.desktop().appointment(lost)) << "only the kiosk has it";
    world.kiosk().goOnline();
    world.settle();
    for (const AppointmentId id : {lost, waiting, fresh}) {
        EXPECT_TRUE(world.desktop().appointment(id));
        EXPECT_TRUE(world.kiosk().appointment(id));
    }
    EXPECT_THAT(world, agrees());
}

TEST(ExactlyOnce, ALateDeviceWhoseLostWriteDoesNotGoAnyMoreIsTold)
{
    FakeWorld world;
    const FolderImage old(world.server().folder());
    const AppointmentId lost = must(world.desktop().book(world.shop.anna, world.shop.at(10)));
    world.settle();
    world.desktop().goOffline();
    copyBack(world.server(), old);
    must(world.kiosk().book(world.shop.ben, world.shop.at(9))); // ends the window without the desktop
    world.settle();
    const AppointmentId taken = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    world.settle();
    world.desktop().goOnline();
    world.settle();
    EXPECT_TRUE(world.desktop().appointment(taken));
    EXPECT_FALSE(world.desktop().appointment(lost));
    EXPECT_EQ(rejectionsOf(world.desktop()), std::vector{ErrorCode::SlotTaken});
    EXPECT_THAT(world, agrees());
}

TEST(ExactlyOnce, AServerRestoredFromABackupOlderThanTheWatermark)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    const FolderImage monday(world.server().folder());
    const AppointmentId gone = must(desktop.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    must(server::backUp(world.server().store(), world.server().folder() + QStringLiteral("/../tuesday.db")));
    const AppointmentId kept = must(desktop.book(world.shop.anna, world.shop.at(10)));
    world.settle();
    EXPECT_EQ(desktop.replica().outbox().retainedCount(), 1) << "what Tuesday's backup has was let go of";
    copyBack(world.server(), monday);
    const AppointmentId fresh = must(desktop.book(world.shop.anna, world.shop.at(11)));
    world.settle();
    EXPECT_EQ(desktop.identities().size(), 2U) << "the numbers between are on nobody's disk";
    EXPECT_FALSE(desktop.appointment(gone)) << "as the backup has it";
    EXPECT_TRUE(world.kiosk().appointment(kept));
    EXPECT_TRUE(world.kiosk().appointment(fresh));
    QStringList off = world.disagreements();
    off = off.filter(QRegularExpression(QStringLiteral("^(?!.*never reached the server).*$")));
    EXPECT_TRUE(off.isEmpty()) << off.join(u'\n').toStdString();
}

TEST(ExactlyOnce, ADeviceKilledAnywhereOnItsWayToANewIdentityGetsThereOnce)
{
    // Each event of the way is a place to be killed at, the store's and the file's own among them.
    bool arrived = false;
    for (int events = 1; !arrived; ++events) {
        FakeWorld world;
        FakeDevice &kiosk = world.kiosk();
        must(kiosk.book(world.shop.anna, world.shop.at(9)));
        world.settle();
        const FolderImage yesterday(kiosk.folder());
        must(kiosk.book(world.shop.anna, world.shop.at(10)));
        world.settle();
        kiosk.stop();
        yesterday.restore(kiosk.folder());
        must(kiosk.start());
        const AppointmentId fresh = must(kiosk.book(world.shop.anna, world.shop.at(12)));
        for (int i = 0; i < events && !arrived; ++i) {
            ASSERT_TRUE(world.time().runOne(world.time().now() + 1min));
            arrived = kiosk.identities().size() == 2 && kiosk.session().isIdle();
        }
        kiosk.kill();
        must(kiosk.start());
        world.settle();
        EXPECT_EQ(kiosk.identities().size(), 2U);
        EXPECT_TRUE(world.desktop().appointment(fresh));
        ASSERT_THAT(world, agrees()) << "killed after " << events << " events";
        EXPECT_EQ(must(world.server().store().devices()).size(), 3U) << "one new device, however often asked";
    }
}

TEST(ExactlyOnce, ADamagedOutbox)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    must(desktop.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    desktop.goOffline();
    must(desktop.book(world.shop.anna, world.shop.at(10)));
    const AppointmentId kept = must(desktop.book(world.shop.anna, world.shop.at(11)));
    desktop.stop();
    {
        // A bit turns in the middle of what waits.
        const auto file = must(storage::Database::open({desktop.folder() + QStringLiteral("/outbox.db")}));
        must(file->run(
            QStringLiteral("UPDATE entry SET mutation = x'00' || substr(mutation, 2) WHERE id = 2")));
    }
    must(desktop.start());
    EXPECT_TRUE(desktop.appointment(kept));
    const AppointmentId next = must(desktop.book(world.shop.anna, world.shop.at(12)));
    desktop.goOnline();
    world.settle();
    EXPECT_TRUE(world.kiosk().appointment(kept));
    EXPECT_TRUE(world.kiosk().appointment(next));
    EXPECT_EQ(desktop.identities().size(), 2U) << "a chain with a hole is begun again";
    ASSERT_EQ(rejectionsOf(desktop), std::vector{ErrorCode::StorageCorrupt});
    const sync::Rejection notice = desktop.rejections().front();
    EXPECT_EQ(notice.mutation.name, sync::lostWrites);
    EXPECT_EQ(notice.mutation.arguments.value(QStringLiteral("first")).toInteger(), 2);
    EXPECT_EQ(notice.mutation.arguments.value(QStringLiteral("count")).toInteger(), 1);
    EXPECT_TRUE(notice.error.message.contains(QStringLiteral("numbers 2 to 2")));
    EXPECT_TRUE(QFile::exists(desktop.folder() + QStringLiteral("/outbox.db.damaged-1")));
    must(desktop.dismissRejection(notice.id));
    desktop.kill();
    must(desktop.start());
    EXPECT_TRUE(desktop.rejections().empty());
    world.settle();
}

TEST(ExactlyOnce, AnOutboxThatCannotBeReadAtAll)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    must(kiosk.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    kiosk.stop();
    damage(kiosk.folder() + QStringLiteral("/outbox.db"), 0);
    must(kiosk.start());
    EXPECT_EQ(rejectionsOf(kiosk), std::vector{ErrorCode::StorageCorrupt});
    const AppointmentId next = must(kiosk.book(world.shop.anna, world.shop.at(12)));
    world.settle();
    EXPECT_TRUE(world.desktop().appointment(next));
    EXPECT_THAT(world, agrees());
}

TEST(ExactlyOnce, ADamagedReplicaWhileRunning)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    const AppointmentId before = must(desktop.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    desktop.goOffline();
    const AppointmentId waiting = must(desktop.book(world.shop.anna, world.shop.at(10)));
    // The pages go bad under the open file, and are not in memory.
    damage(desktop.folder() + QStringLiteral("/confirmed.db"), 100);
    damage(desktop.folder() + QStringLiteral("/confirmed.db-wal"), 56);
    must(desktop.replica().database().run(QStringLiteral("PRAGMA cache_size = 0")));
    must(desktop.replica().database().run(QStringLiteral("PRAGMA shrink_memory")));
    const Result<AppointmentId> refused = desktop.book(world.shop.anna, world.shop.at(11));
    EXPECT_THAT(refused, FailsWith(ErrorCode::Unavailable));
    EXPECT_EQ(desktop.replica().rebuilds(), 1);
    desktop.goOnline();
    world.settle();
    EXPECT_TRUE(desktop.appointment(before)) << "fetched again, without a restart";
    EXPECT_TRUE(world.kiosk().appointment(waiting));
    EXPECT_TRUE(QFile::exists(desktop.folder() + QStringLiteral("/confirmed.db.damaged")));
    EXPECT_THAT(world, agrees());
    must(desktop.book(world.shop.anna, world.shop.at(11)));
    world.settle();
    EXPECT_THAT(world, agrees());
}
