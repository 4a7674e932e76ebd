#include "server/authority/store.h"
#include "tests/support/fake_world/fake_world.h"
#include "tests/unit/expect.h"

/// Devices that missed something: how they notice, and how they get it.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

/// A booking of every half hour from the day on, Anna's.
std::vector<mutators::Mutation> history(const FakeShop &shop, int bookings)
{
    std::vector<mutators::Mutation> writes;
    for (int i = 0; i < bookings; ++i) {
        mutators::AppointmentBook booking;
        const Uuid id = Uuid::v5(shop.id.uuid, QString::number(i));
        booking.id = AppointmentId{id};
        booking.visitId = VisitId{id};
        booking.shopId = shop.id;
        booking.staffId = shop.anna;
        booking.serviceId = shop.cut;
        booking.start = shop.at(24) + i * 30min;
        writes.push_back(mutators::makeMutation(booking));
    }
    return writes;
}

/// More than two pages of a table.
constexpr int longHistory = 1200;

FakeServer::Settings impatient()
{
    FakeServer::Settings settings;
    settings.session.maxUnsentBytes = 2000;
    return settings;
}

} // namespace

TEST(CatchUp, GapInTheDeltasLeadsToAPull)
{
    FakeWorld world;
    const int before = world.kiosk().heard<protocol::Snapshot>();
    must(
        world.server().store().applyAsOwner(world.business(), history(world.shop, 1))); // published to nobody
    const AppointmentId second = must(world.desktop().book(world.shop.ben, world.shop.at(10)));
    world.settle();
    EXPECT_EQ(world.kiosk().heard<protocol::Snapshot>(), before + 1);
    EXPECT_TRUE(world.kiosk().interruptions().empty()) << "the connection stood all the time";
    EXPECT_TRUE(world.kiosk().appointment(second));
    EXPECT_THAT(world, agrees());
}

TEST(CatchUp, SlowReaderIsToldThatItIsBehindAndCatchesUp)
{
    FakeWorld world(impatient());
    FakeDevice &kiosk = world.kiosk();
    kiosk.hold(End::Server);
    for (int i = 0; i < 40; ++i) {
        must(world.desktop().book(world.shop.anna, world.shop.at(24) + i * 30min));
        world.pass(50ms);
    }
    const int deltas = kiosk.heard<protocol::Delta>();
    kiosk.release(End::Server);
    world.settle();
    EXPECT_EQ(kiosk.heard<protocol::Behind>(), 1);
    EXPECT_LT(kiosk.heard<protocol::Delta>() - deltas, 20) << "the rest was dropped for one pull";
    EXPECT_TRUE(kiosk.interruptions().empty());
    EXPECT_THAT(world, agrees());
}

TEST(CatchUp, SlowReaderOfALongHistoryWhileOthersWriteCatchesUp)
{
    FakeWorld world(impatient());
    world.writeAsOwner(history(world.shop, longHistory));
    world.settle();
    FakeDevice &barber = world.addDevice(Role::Barber);
    barber.network().from(End::Server).delay = 900ms;
    for (int i = 0; i < 60; ++i) {
        must(world.desktop().book(world.shop.ben, world.shop.at(24) + i * 30min));
        world.pass(170ms);
    }
    world.settle();
    EXPECT_TRUE(barber.interruptions().empty());
    EXPECT_THAT(world, agrees());
}

TEST(CatchUp, NewDeviceGetsALongHistoryInChunks)
{
    FakeWorld world;
    world.writeAsOwner(history(world.shop, longHistory));
    FakeDevice &barber = world.addDevice(Role::Barber);
    world.settle();
    EXPECT_EQ(barber.heard<protocol::Snapshot>(), 3);
    EXPECT_THAT(world, agrees());
}

TEST(CatchUp, SnapshotInterruptedBetweenChunksGoesOnFromItsCursor)
{
    FakeWorld world;
    world.writeAsOwner(history(world.shop, longHistory));
    FakeDevice &barber = world.addDevice(Role::Barber);
    while (barber.heard<protocol::Snapshot>() == 0)
        ASSERT_TRUE(world.time().runOne(world.time().now() + 10s));
    const qint64 cursor = barber.replica().cursor();
    ASSERT_GT(cursor, 0);
    ASSERT_LT(cursor, longHistory);
    barber.kill();
    must(barber.start());
    EXPECT_EQ(barber.replica().cursor(), cursor);
    world.settle();
    EXPECT_EQ(barber.heard<protocol::Snapshot>(), 3) << "no chunk came twice";
    EXPECT_THAT(world, agrees());
}

TEST(CatchUp, WritesMadeBeforeTheFirstSnapshotIsCompleteAreKept)
{
    FakeWorld world;
    world.writeAsOwner(history(world.shop, longHistory));
    FakeDevice &barber = world.addDevice(Role::Barber);
    while (barber.heard<protocol::Snapshot>() == 0)
        ASSERT_TRUE(world.time().runOne(world.time().now() + 10s));
    const AppointmentId id = must(barber.book(world.shop.ben, world.shop.at(10)));
    world.settle();
    EXPECT_TRUE(world.desktop().appointment(id));
    EXPECT_THAT(world, agrees());
}

TEST(CatchUp, CommitMadeWhileAChunkIsReadIsNotMissed)
{
    FakeServer::Settings slow;
    slow.readTime = 40ms;
    FakeWorld world(slow);
    FakeDevice &kiosk = world.kiosk();
    for (int i = 0; i < 16; ++i) {
        kiosk.cutConnection();
        world.pass(5ms * i);
        must(world.desktop().book(world.shop.anna, world.shop.at(24) + i * 30min));
        world.settle();
        EXPECT_THAT(world, agrees());
    }
}

TEST(CatchUp, DayOfflineIsFetchedInOneGo)
{
    FakeWorld world;
    world.kiosk().goOffline();
    for (int i = 0; i < 20; ++i) {
        must(world.desktop().book(world.shop.anna, world.shop.at(24) + i * 30min));
        world.pass(1h);
    }
    const int before = world.kiosk().heard<protocol::Snapshot>();
    world.kiosk().goOnline();
    world.settle();
    EXPECT_EQ(world.kiosk().heard<protocol::Snapshot>(), before + 1);
    EXPECT_THAT(world, agrees());
}

TEST(CatchUp, DeviceUpdatedAfterTheServerFetchesTheColumnsThatItsOldProgramDropped)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    desktop.stop();
    {
        const auto rows =
            must(storage::Database::open({.path = desktop.folder() + QStringLiteral("/confirmed.db")}));
        must(rows->run(QStringLiteral("ALTER TABLE business DROP COLUMN public_key")));
        must(rows->run(QStringLiteral("UPDATE schema_version SET version = 1")));
    }
    desktop.goOffline();
    must(desktop.start());
    const AppointmentId booked = must(desktop.book(world.shop.anna, world.shop.at(10)));
    EXPECT_TRUE(desktop.appointment(booked)) << "what is there is used meanwhile";
    desktop.goOnline();
    world.settle();
    EXPECT_EQ(must(desktop.replica().rows().get<domain::Business>(world.business()))->publicKey.size(), 32);
    EXPECT_THAT(world, agrees());
}
