#include "server/authority/store.h"
#include "tests/support/fake_world/fake_world.h"
#include "tests/support/fake_world/folder_image.h"
#include "tests/support/faulty_vfs/faulty_vfs.h"
#include "tests/unit/expect.h"
#include "tests/unit/unprivileged.h"

/// Disks that are full, failing or read-only: nothing is acknowledged that is not written, nothing is lost
/// that was, and everything goes on once the disk does.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

/// A world on a disk that obeys. The desktop is the first device, the kiosk the second.
struct FaultyWorld
{
    FaultyVfs disk;
    FakeWorld world;
};

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

/// A write that needs pages of its own.
domain::Customer largeCustomer(const FakeShop &shop)
{
    domain::Customer large;
    large.id = CustomerId{Uuid::v5(shop.id.uuid, QStringLiteral("large"))};
    large.shopId = shop.id;
    large.name = QStringLiteral("Ana");
    large.email = QString(30'000, u'x');
    return large;
}

} // namespace

TEST(StorageFault, FullDiskUnderTheQueueRefusesTheWriteInPlainWordsAndKeepsEarlierOnes)
{
    FaultyWorld on;
    FakeDevice &desktop = on.world.desktop();
    desktop.goOffline();
    const AppointmentId earlier = must(desktop.book(on.world.shop.anna, on.world.shop.at(9)));
    on.disk.failWrites(desktopQueue, SQLITE_FULL);
    EXPECT_THAT(desktop.book(on.world.shop.anna, on.world.shop.at(10)),
                FailsSaying(ErrorCode::StorageFull, QStringLiteral("The disk is full")));
    EXPECT_GT(on.disk.failures(), 0);
    EXPECT_EQ(desktop.replica().outbox().entries().size(), 1U);
    EXPECT_TRUE(desktop.appointment(earlier));
    on.disk.repair();
    const AppointmentId later = must(desktop.book(on.world.shop.anna, on.world.shop.at(10)));
    desktop.goOnline();
    on.world.settle();
    EXPECT_TRUE(on.world.kiosk().appointment(earlier));
    EXPECT_TRUE(on.world.kiosk().appointment(later));
    EXPECT_THAT(on.world, agrees());
}

TEST(StorageFault, ReadOnlyDiskUnderTheQueueRefusesTheWriteInPlainWords)
{
    FaultyWorld on;
    on.disk.failWrites(desktopQueue, SQLITE_READONLY);
    EXPECT_THAT(on.world.desktop().book(on.world.shop.anna, on.world.shop.at(10)),
                FailsSaying(ErrorCode::StorageReadOnly, QStringLiteral("cannot be written")));
    on.disk.repair();
    on.world.settle();
    EXPECT_THAT(on.world, agrees());
}

TEST(StorageFault, FullDiskUnderTheServerAcknowledgesAndRejectsNothing)
{
    FaultyWorld on;
    const qint64 before = logged(on.world.server());
    on.disk.failWrites(serverFolder, SQLITE_FULL);
    const AppointmentId id = must(on.world.kiosk().book(on.world.shop.anna, on.world.shop.at(10)));
    on.world.pass(1min);
    EXPECT_GT(on.disk.failures(), 1) << "the kiosk goes on trying";
    EXPECT_EQ(logged(on.world.server()), before);
    EXPECT_EQ(on.world.kiosk().heard<protocol::Ack>(), 0);
    EXPECT_TRUE(on.world.kiosk().rejections().empty());
    EXPECT_TRUE(on.world.kiosk().appointment(id));
    ASSERT_FALSE(on.world.kiosk().interruptions().empty());
    EXPECT_EQ(on.world.kiosk().interruptions().back().code, ErrorCode::StorageFull);
    on.disk.repair();
    on.world.settle();
    EXPECT_TRUE(on.world.desktop().appointment(id));
    EXPECT_THAT(on.world, agrees());
}

TEST(StorageFault, DiskThatFillsUpInsideAMutationIsNoRejectionOfIt)
{
    FakeWorld world;
    const qint64 before = logged(world.server());
    must(world.server().database().limitPages(pagesOf(world.server().database())));
    must(world.desktop().write(largeCustomer(world.shop)));
    world.pass(1min);
    EXPECT_EQ(logged(world.server()), before);
    EXPECT_TRUE(world.desktop().rejections().empty());
    must(world.server().database().limitPages(100'000));
    world.settle();
    EXPECT_TRUE(world.desktop().rejections().empty());
    EXPECT_EQ(logged(world.server()), before + 1);
    EXPECT_THAT(world, agrees());
}

TEST(StorageFault, FullDiskUnderTheRowsOfAReplicaLosesNothing)
{
    FaultyWorld on;
    FakeDevice &desktop = on.world.desktop();
    on.disk.failWrites(desktopRows, SQLITE_FULL);
    const AppointmentId theirs = must(on.world.kiosk().book(on.world.shop.ben, on.world.shop.at(10)));
    const AppointmentId ours = must(desktop.book(on.world.shop.anna, on.world.shop.at(10)));
    on.world.pass(1min);
    EXPECT_GT(on.disk.failures(), 0);
    EXPECT_TRUE(desktop.appointment(ours));
    EXPECT_FALSE(desktop.appointment(theirs));
    ASSERT_FALSE(desktop.interruptions().empty());
    EXPECT_EQ(desktop.interruptions().front().code, ErrorCode::StorageFull);
    on.disk.repair();
    on.world.settle();
    EXPECT_TRUE(desktop.appointment(theirs));
    EXPECT_THAT(on.world, agrees());
}

TEST(StorageFault, DiskThatFailsAtAnyWriteOfADeviceLosesNothingThatWasConfirmed)
{
    for (const bool killed : {false, true}) {
        FaultyWorld on;
        FakeDevice &desktop = on.world.desktop();
        bool failed = true;
        int points = 0;
        for (; failed; ++points) {
            SCOPED_TRACE(testing::Message() << "write " << points << (killed ? ", then killed" : ""));
            on.disk.failWrites(desktopFolder, SQLITE_IOERR_WRITE, points);
            (void)desktop.book(on.world.shop.anna, on.world.shop.at(24) + points * 30min);
            on.world.pass(1s);
            failed = on.disk.failures() > 0;
            if (killed)
                desktop.kill();
            on.disk.repair();
            if (killed)
                must(desktop.start());
            on.world.settle();
            ASSERT_THAT(on.world, agrees());
        }
        EXPECT_GT(points, 5);
    }
}

TEST(StorageFault, DiskThatFailsAtAnyWriteOfTheServerLosesNothingThatWasConfirmed)
{
    for (const bool killed : {false, true}) {
        FaultyWorld on;
        bool failed = true;
        int points = 0;
        for (; failed; ++points) {
            SCOPED_TRACE(testing::Message() << "write " << points << (killed ? ", then killed" : ""));
            on.disk.failWrites(serverFolder, SQLITE_IOERR_WRITE, points);
            must(on.world.kiosk().book(on.world.shop.anna, on.world.shop.at(24 * points + 9)));
            on.world.pass(50ms);
            failed = on.disk.failures() > 0;
            if (killed)
                on.world.server().kill();
            on.disk.repair();
            if (killed)
                on.world.server().start();
            on.world.settle();
            ASSERT_THAT(on.world, agrees());
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
