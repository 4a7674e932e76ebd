#include "server/authority/store.h"
#include "tests/support/fake_world/fake_world.h"
#include "tests/support/fake_world/folder_image.h"
#include "tests/unit/expect.h"

#include <QDir>

/// Copied folders, devices that are shut out, and servers whose history is another one.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

/// The server's database as it was, as a new history: what restoring a backup makes of it.
void restoreAsNewHistory(FakeServer &server, const FolderImage &backup)
{
    server.stop();
    backup.restoreOnly(QStringLiteral("strop.db"), server.folder());
    must(must(storage::Database::open({server.folder() + QStringLiteral("/strop.db")}))
             ->run(QStringLiteral("UPDATE server SET copied = 1")));
    server.start();
}

} // namespace

TEST(Identity, RevokedDeviceCannotTakeANewIdentity)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    must(world.server().store().revoke(kiosk.id()));
    const QCborMap key{{QStringLiteral("publicKey"), crypto::SigningKey::generate().publicKey()}};
    EXPECT_THAT(world.ask(kiosk, QStringLiteral("device.fork"), key), FailsWith(ErrorCode::Unauthenticated));
    kiosk.stop();
}

TEST(Identity, DeviceGetsNoMoreThanAFewNewIdentitiesAnHour)
{
    FakeWorld world;
    std::optional<ErrorCode> refusal;
    for (int i = 0; i < 20 && !refusal; ++i) {
        const QCborMap key{{QStringLiteral("publicKey"), crypto::SigningKey::generate().publicKey()}};
        const auto answer = world.ask(world.kiosk(), QStringLiteral("device.fork"), key);
        if (!answer)
            refusal = answer.error().code;
    }
    EXPECT_EQ(refusal, ErrorCode::RateLimited);
    world.server().clock().shiftWall(61min);
    const QCborMap key{{QStringLiteral("publicKey"), crypto::SigningKey::generate().publicKey()}};
    EXPECT_THAT(world.ask(world.kiosk(), QStringLiteral("device.fork"), key), Succeeds());
    EXPECT_THAT(world.ask(world.kiosk(), QStringLiteral("device.fork"), key), Succeeds()) << "the same again";
}

TEST(Identity, DeviceThatIsPairedAgainInItsRoleKeepsItsQueue)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    const AppointmentId settled = must(kiosk.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    kiosk.goOffline();
    const AppointmentId waiting = must(kiosk.book(world.shop.anna, world.shop.at(10)));
    must(world.server().store().revoke(kiosk.id()));
    kiosk.stop();
    world.pairAgain(kiosk, Role::Kiosk);
    kiosk.goOnline();
    must(kiosk.start());
    EXPECT_TRUE(kiosk.appointment(waiting)) << "before it is connected";
    world.settle();
    EXPECT_TRUE(world.desktop().appointment(settled));
    EXPECT_TRUE(world.desktop().appointment(waiting));
    EXPECT_THAT(world, agrees());
}

TEST(Identity, DeviceThatIsPairedAgainInAnotherRoleBeginsAfreshAndNothingIsDeleted)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    kiosk.goOffline();
    must(kiosk.book(world.shop.anna, world.shop.at(10)));
    kiosk.stop();
    world.pairAgain(kiosk, Role::Barber);
    kiosk.goOnline();
    must(kiosk.start());
    EXPECT_TRUE(kiosk.replica().outbox().entries().empty());
    EXPECT_EQ(QDir(kiosk.folder()).entryList({QStringLiteral("before-*")}, QDir::Dirs).size(), 1);
    world.settle();
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
    EXPECT_EQ(kiosk.replica().outbox().entries().size(), 1U) << "a device is never cleared by itself";
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
