#include "tests/support/fake_world/fake_world.h"
#include "tests/unit/expect.h"

/// The main job: what is booked on one device stands on every other one, network or not.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

std::optional<Instant> startOf(FakeDevice &device, AppointmentId id)
{
    const auto found = device.appointment(id);
    return found ? std::optional(found->start) : std::nullopt;
}

} // namespace

TEST(Booking, MadeAtTheKioskAppearsOnTheDesktop)
{
    FakeWorld world;
    const AppointmentId id = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    world.settle();
    EXPECT_EQ(startOf(world.desktop(), id), world.shop.at(10));
    EXPECT_THAT(world, agrees());
}

TEST(Booking, ArrivesWithinATenthOfASecondOnAGoodNetwork)
{
    FakeWorld world;
    const AppointmentId id = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    world.pass(100ms);
    EXPECT_TRUE(world.desktop().appointment(id));
}

TEST(Booking, ShowsAtOnceWhereItWasMade)
{
    FakeWorld world;
    world.kiosk().goOffline();
    const AppointmentId id = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    EXPECT_EQ(startOf(world.kiosk(), id), world.shop.at(10));
    EXPECT_FALSE(world.desktop().appointment(id));
}

TEST(Booking, MadeOfflineOnBothSidesAllStandOnceAfterReconnection)
{
    FakeWorld world;
    const AppointmentId early = must(world.kiosk().book(world.shop.anna, world.shop.at(9)));
    world.settle();
    world.kiosk().goOffline();
    world.desktop().goOffline();
    const AppointmentId first = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    const AppointmentId second = must(world.kiosk().book(world.shop.ben, world.shop.at(10)));
    must(world.desktop().move(early, world.shop.ben, world.shop.at(16)));
    world.pass(1h);
    world.kiosk().goOnline();
    world.desktop().goOnline();
    world.settle();
    for (FakeDevice *device : {&world.desktop(), &world.kiosk()}) {
        EXPECT_EQ(startOf(*device, first), world.shop.at(10));
        EXPECT_EQ(startOf(*device, second), world.shop.at(10));
        EXPECT_EQ(startOf(*device, early), world.shop.at(16));
    }
    EXPECT_THAT(world, agrees());
}

TEST(Booking, MadeWhileTheServerIsDownStandsOnceItIsBack)
{
    FakeWorld world;
    world.server().stop();
    const AppointmentId first = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    const AppointmentId second = must(world.desktop().book(world.shop.ben, world.shop.at(10)));
    world.pass(10min);
    world.server().start();
    world.settle();
    EXPECT_TRUE(world.desktop().appointment(first));
    EXPECT_TRUE(world.kiosk().appointment(second));
    EXPECT_THAT(world, agrees());
}

TEST(Booking, MovedTwiceByTwoDevicesEndsWhereTheServerHeardLast)
{
    FakeWorld world;
    FakeDevice &barber = world.addDevice(Role::Barber);
    const AppointmentId id = must(world.desktop().book(world.shop.anna, world.shop.at(9)));
    world.settle();
    barber.goOffline();
    must(barber.move(id, world.shop.anna, world.shop.at(15)));
    must(world.desktop().move(id, world.shop.ben, world.shop.at(12)));
    world.settle();
    barber.goOnline();
    world.settle();
    EXPECT_EQ(startOf(world.desktop(), id), world.shop.at(15));
    EXPECT_THAT(world, agrees());
}

TEST(Booking, PushesOfOneMomentAreCommittedTogether)
{
    FakeWorld world;
    const int before = world.server().commits();
    must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    must(world.desktop().book(world.shop.ben, world.shop.at(10)));
    world.pass(20ms);
    EXPECT_EQ(world.server().commits(), before + 1);
    world.settle();
    EXPECT_THAT(world, agrees());
}

TEST(Booking, OrderIsTheServersHoweverWrongADevicesClockIs)
{
    for (const auto wrong : {-87'600h, 87'600h}) {
        FakeWorld world;
        world.kiosk().clock().shiftWall(wrong);
        const AppointmentId first = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
        world.settle();
        const AppointmentId late = must(world.desktop().book(world.shop.ben, world.shop.at(10)));
        world.settle();
        must(world.kiosk().book(world.shop.anna, world.shop.at(11)));
        must(world.desktop().move(late, world.shop.ben, world.shop.at(13)));
        world.settle();
        EXPECT_EQ(startOf(world.kiosk(), late), world.shop.at(13));
        EXPECT_TRUE(world.desktop().appointment(first));
        EXPECT_THAT(world, agrees());
    }
}

TEST(Booking, ClockSetWhileConnectedDoesNotCutTheConnection)
{
    FakeWorld world;
    const size_t before = world.kiosk().interruptions().size();
    world.kiosk().clock().shiftWall(-87'600h);
    world.server().clock().shiftWall(87'600h);
    world.pass(1min);
    EXPECT_TRUE(world.kiosk().isConnected());
    EXPECT_EQ(world.kiosk().interruptions().size(), before);
}
