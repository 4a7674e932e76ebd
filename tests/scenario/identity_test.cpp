#include "server/authority/store.h"
#include "tests/support/fake_world/fake_world.h"
#include "tests/support/fake_world/folder_image.h"
#include "tests/unit/expect.h"

/// Copied folders, devices that are shut out, and servers whose history is another one.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

/// The server's folder as it was, as a new history: what restoring a backup has to make of it.
void restoreAsNewHistory(FakeServer &server, const FolderImage &backup)
{
    server.stop();
    backup.restore(server.folder());
    server.start();
    must(server.database().run(QStringLiteral("UPDATE server SET epoch = ?"), {QByteArray(16, 'n')}));
    server.stop();
    server.start();
}

} // namespace

TEST(Identity, CopyOfADeviceFolderIsRefusedAndTheOriginalGoesOn)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    must(kiosk.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    FakeDevice &copy = world.addCopyOf(kiosk);
    must(kiosk.book(world.shop.anna, world.shop.at(10)));
    world.settle();
    must(copy.book(world.shop.ben, world.shop.at(10)));
    world.pass(10s);
    ASSERT_TRUE(copy.problem());
    EXPECT_EQ(copy.problem()->code, ErrorCode::IdentityConflict);
    EXPECT_FALSE(copy.replica().outbox().entries().empty()) << "what was confirmed at the copy is kept";
    copy.stop();
    const AppointmentId next = must(kiosk.book(world.shop.anna, world.shop.at(11)));
    world.settle();
    EXPECT_FALSE(kiosk.problem());
    EXPECT_TRUE(world.desktop().appointment(next));
    EXPECT_THAT(world, agrees());
}

TEST(Identity, FolderRestoredFromAnOldCopyIsRefused)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    const FolderImage old(kiosk.folder());
    must(kiosk.book(world.shop.anna, world.shop.at(9)));
    must(kiosk.book(world.shop.anna, world.shop.at(10)));
    world.settle();
    kiosk.stop();
    old.restore(kiosk.folder());
    must(kiosk.start());
    must(kiosk.book(world.shop.anna, world.shop.at(12)));
    world.pass(10s);
    ASSERT_TRUE(kiosk.problem());
    EXPECT_EQ(kiosk.problem()->code, ErrorCode::IdentityConflict);
}

TEST(Identity, RevokedDeviceIsCutOffAndRefusedFromThenOn)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    const QCborMap kioskId{{QStringLiteral("id"), kiosk.id().uuid.toBytes()}};
    must(world.ask(world.desktop(), QStringLiteral("devices.revoke"), kioskId));
    world.pass(6s);
    EXPECT_FALSE(kiosk.isConnected());
    ASSERT_TRUE(kiosk.problem());
    EXPECT_EQ(kiosk.problem()->code, ErrorCode::Unauthenticated);

    kiosk.kill();
    must(kiosk.start());
    must(kiosk.book(world.shop.anna, world.shop.at(10)));
    world.pass(10s);
    ASSERT_TRUE(kiosk.problem());
    EXPECT_EQ(kiosk.problem()->code, ErrorCode::Unauthenticated);
    EXPECT_EQ(kiosk.replica().outbox().entries().size(), 2U) << "a device is never cleared by itself";
    kiosk.stop();
    world.settle();
    EXPECT_THAT(world, agrees());
}

TEST(Identity, KioskCannotRevokeAnybody)
{
    FakeWorld world;
    const QCborMap desktopId{{QStringLiteral("id"), world.desktop().id().uuid.toBytes()}};
    EXPECT_THAT(world.ask(world.kiosk(), QStringLiteral("devices.revoke"), desktopId),
                FailsWith(ErrorCode::NotPermitted));
}

TEST(Identity, StrangerWithAnotherKeyIsRefusedLikeAnUnknownDevice)
{
    FakeWorld world;
    const auto wrongKey = world.addStranger();
    wrongKey->introduce(world.kiosk().id(), crypto::SigningKey::generate());
    const auto unknown = world.addStranger();
    unknown->introduce(DeviceId{Uuid::v5(world.shop.id.uuid, QStringLiteral("nobody"))},
                       crypto::SigningKey::generate());
    ASSERT_EQ(wrongKey->refusal(), ErrorCode::Unauthenticated);
    EXPECT_EQ(std::get<protocol::ErrorMessage>(wrongKey->heard().back()).error,
              std::get<protocol::ErrorMessage>(unknown->heard().back()).error);
    EXPECT_TRUE(wrongKey->isClosed());
}

TEST(Identity, DeviceOnANewHistoryStartsOverAndKeepsItsOutbox)
{
    FakeWorld world;
    const AppointmentId kept = must(world.desktop().book(world.shop.anna, world.shop.at(9)));
    world.settle();
    const FolderImage backup(world.server().folder());
    world.kiosk().goOffline();
    const AppointmentId waiting = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    restoreAsNewHistory(world.server(), backup);
    world.kiosk().goOnline();
    world.settle();
    EXPECT_TRUE(world.kiosk().appointment(kept));
    EXPECT_TRUE(world.desktop().appointment(waiting));
    EXPECT_THAT(world, agrees());
}

TEST(Identity, WriteThatOnlyTheLostHistoryHadSettledIsSentToTheNewOne)
{
    FakeServer::Settings slowReads;
    slowReads.readTime = 500ms;
    FakeWorld world(slowReads);
    FakeDevice &desktop = world.desktop();
    const FolderImage backup(world.server().folder());
    desktop.goOffline();
    const AppointmentId id = must(desktop.book(world.shop.anna, world.shop.at(9)));
    desktop.goOnline();
    while (desktop.heard<protocol::Ack>() == 0)
        ASSERT_TRUE(world.time().runOne(world.time().now() + 1min));
    ASSERT_TRUE(desktop.replica().outbox().entries().front().settledVersion)
        << "acknowledged, and its rows are still to come";
    restoreAsNewHistory(world.server(), backup);
    world.settle();
    EXPECT_TRUE(world.kiosk().appointment(id));
    EXPECT_THAT(world, agrees());
}
