#include "server/authority/store.h"
#include "tests/support/fake_world/fake_world.h"
#include "tests/unit/expect.h"
#include "tests/unit/unprivileged.h"

/// Disks that are full, failing or read-only: nothing is acknowledged that is not written, nothing is lost
/// that was, and everything goes on once the disk does.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

/// The desktop is the world's first device.
const QString desktopQueue = QStringLiteral("device-1/outbox.db");
const QString desktopRows = QStringLiteral("device-1/confirmed.db");
const QString desktopFolder = QStringLiteral("device-1/");
const QString serverFolder = QStringLiteral("server/");

qint64 logged(FakeServer &server)
{
    return std::get<qint64>(
        must(server.database().cell(QStringLiteral("SELECT COUNT(*) FROM mutation_log"))).value());
}

int pagesOf(storage::Database &database)
{
    return int(std::get<qint64>(must(database.cell(QStringLiteral("PRAGMA page_count"))).value()));
}

} // namespace

TEST(StorageFault, FullDiskUnderTheQueueRefusesTheWriteInPlainWordsAndKeepsEarlierOnes)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    desktop.goOffline();
    const AppointmentId earlier = must(desktop.book(world.shop.anna, world.shop.at(9)));
    world.disk().failWrites(desktopQueue, SQLITE_FULL);
    EXPECT_THAT(desktop.book(world.shop.anna, world.shop.at(10)),
                FailsSaying(ErrorCode::StorageFull, QStringLiteral("The disk is full")));
    EXPECT_GT(world.disk().failures(), 0);
    EXPECT_EQ(desktop.replica().outbox().entries().size(), 1U);
    EXPECT_TRUE(desktop.appointment(earlier));
    world.disk().repair();
    const AppointmentId later = must(desktop.book(world.shop.anna, world.shop.at(10)));
    desktop.goOnline();
    world.settle();
    EXPECT_TRUE(world.kiosk().appointment(earlier));
    EXPECT_TRUE(world.kiosk().appointment(later));
    EXPECT_THAT(world, agrees());
}

TEST(StorageFault, ReadOnlyDiskUnderTheQueueRefusesTheWriteInPlainWords)
{
    FakeWorld world;
    world.disk().failWrites(desktopQueue, SQLITE_READONLY);
    EXPECT_THAT(world.desktop().book(world.shop.anna, world.shop.at(10)),
                FailsSaying(ErrorCode::StorageReadOnly, QStringLiteral("cannot be written")));
    world.disk().repair();
    world.settle();
    EXPECT_THAT(world, agrees());
}

TEST(StorageFault, FullDiskUnderTheServerAcknowledgesAndRejectsNothing)
{
    FakeWorld world;
    const qint64 before = logged(world.server());
    world.disk().failWrites(serverFolder, SQLITE_FULL);
    const AppointmentId id = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    world.pass(1min);
    EXPECT_GT(world.disk().failures(), 1) << "the kiosk goes on trying";
    EXPECT_EQ(logged(world.server()), before);
    EXPECT_EQ(world.kiosk().heard<protocol::Ack>(), 0);
    EXPECT_TRUE(world.kiosk().rejections().empty());
    EXPECT_TRUE(world.kiosk().appointment(id));
    ASSERT_FALSE(world.kiosk().interruptions().empty());
    EXPECT_EQ(world.kiosk().interruptions().back().code, ErrorCode::StorageFull);
    world.disk().repair();
    world.settle();
    EXPECT_TRUE(world.desktop().appointment(id));
    EXPECT_THAT(world, agrees());
}

TEST(StorageFault, DiskThatFillsUpInsideAMutationIsNoRejectionOfIt)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    const qint64 before = logged(world.server());
    must(world.server().database().limitPages(pagesOf(world.server().database())));
    constexpr int writes = 100;
    for (int i = 0; i < writes; ++i)
        must(desktop.book(world.shop.anna, world.shop.at(24) + i * 30min));
    world.pass(1min);
    EXPECT_LT(logged(world.server()), before + writes);
    ASSERT_FALSE(desktop.interruptions().empty());
    EXPECT_EQ(desktop.interruptions().back().code, ErrorCode::StorageFull);
    EXPECT_TRUE(desktop.rejections().empty());
    must(world.server().database().limitPages(100'000));
    world.settle();
    EXPECT_TRUE(desktop.rejections().empty());
    EXPECT_EQ(logged(world.server()), before + writes);
    EXPECT_THAT(world, agrees());
}

TEST(StorageFault, FullDiskUnderTheRowsOfAReplicaLosesNothing)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    world.disk().failWrites(desktopRows, SQLITE_FULL);
    const AppointmentId theirs = must(world.kiosk().book(world.shop.ben, world.shop.at(10)));
    const AppointmentId ours = must(desktop.book(world.shop.anna, world.shop.at(10)));
    world.pass(1min);
    EXPECT_GT(world.disk().failures(), 0);
    EXPECT_TRUE(desktop.appointment(ours));
    EXPECT_FALSE(desktop.appointment(theirs));
    ASSERT_FALSE(desktop.interruptions().empty());
    EXPECT_EQ(desktop.interruptions().front().code, ErrorCode::StorageFull);
    world.disk().repair();
    world.settle();
    EXPECT_TRUE(desktop.appointment(theirs));
    EXPECT_THAT(world, agrees());
}

TEST(StorageFault, DiskThatFailsAtAnyWriteOfADeviceLosesNothingThatWasConfirmed)
{
    for (const bool killed : {false, true}) {
        FakeWorld world;
        FakeDevice &desktop = world.desktop();
        bool failed = true;
        int points = 0;
        for (; failed; ++points) {
            SCOPED_TRACE(testing::Message() << "write " << points << (killed ? ", then killed" : ""));
            world.disk().failWrites(desktopFolder, SQLITE_IOERR_WRITE, points);
            (void)desktop.book(world.shop.anna, world.shop.at(24) + points * 30min);
            world.pass(1s);
            failed = world.disk().failures() > 0;
            if (killed)
                desktop.kill();
            world.disk().repair();
            if (killed)
                must(desktop.start());
            world.settle();
            ASSERT_THAT(world, agrees());
        }
        EXPECT_GT(points, 5);
    }
}

TEST(StorageFault, DiskThatFailsAtAnyWriteOfTheServerLosesNothingThatWasConfirmed)
{
    for (const bool killed : {false, true}) {
        FakeWorld world;
        bool failed = true;
        int points = 0;
        for (; failed; ++points) {
            SCOPED_TRACE(testing::Message() << "write " << points << (killed ? ", then killed" : ""));
            world.disk().failWrites(serverFolder, SQLITE_IOERR_WRITE, points);
            must(world.kiosk().book(world.shop.anna, world.shop.at(24 * points + 9)));
            world.pass(50ms);
            failed = world.disk().failures() > 0;
            if (killed)
                world.server().kill();
            world.disk().repair();
            if (killed)
                world.server().start();
            world.settle();
            ASSERT_THAT(world, agrees());
        }
        EXPECT_GT(points, 5);
    }
}

TEST(StorageFault, ReadOnlyFolderIsToldInPlainWords)
{
    FakeWorld world;
    world.kiosk().stop();
    world.server().stop();
    for (const QString &folder : {world.kiosk().folder(), world.server().folder()})
        ASSERT_TRUE(QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther |
                                                      QFile::ExeOther));
    {
        const Unprivileged nobody;
        EXPECT_THAT(world.kiosk().start(),
                    FailsSaying(ErrorCode::StorageReadOnly, QStringLiteral("cannot be")));
        SeededRandom random(1);
        EXPECT_THAT(server::Store::open(world.server().folder(), world.server().clock(), random),
                    FailsSaying(ErrorCode::StorageReadOnly, QStringLiteral("cannot be")));
    }
    for (const QString &folder : {world.kiosk().folder(), world.server().folder()})
        ASSERT_TRUE(QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

TEST(StorageFault, FilesOfANewerProgramAreRefusedAndNotTouched)
{
    FakeWorld world;
    world.kiosk().stop();
    world.server().stop();
    const auto makeNewer = [](const QString &path) {
        const auto file = must(storage::Database::open({.path = path}));
        must(file->setSchemaVersion(99));
    };
    const auto bytesOf = [](const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    SeededRandom random(1);
    const QString confirmed = world.kiosk().folder() + QStringLiteral("/confirmed.db");
    const QString outbox = world.kiosk().folder() + QStringLiteral("/outbox.db");
    const QString store = world.server().folder() + QStringLiteral("/strop.db");
    for (const QString &path : {confirmed, outbox, store}) {
        makeNewer(path);
        const QByteArray before = bytesOf(path);
        if (path == store)
            EXPECT_THAT(server::Store::open(world.server().folder(), world.server().clock(), random),
                        FailsSaying(ErrorCode::DatabaseTooNew, QStringLiteral("Install the newest version")));
        else
            EXPECT_THAT(world.kiosk().start(), FailsWith(ErrorCode::DatabaseTooNew));
        EXPECT_EQ(bytesOf(path), before) << path.toStdString();
    }
}
