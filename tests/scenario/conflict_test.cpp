#include "tests/support/fake_world/fake_world.h"
#include "tests/unit/expect.h"

/// Two that cannot both be right: the server decides, the loser is told for good, and nothing behind is held
/// up.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

std::vector<ErrorCode> rejectionsOf(FakeDevice &device)
{
    std::vector<ErrorCode> codes;
    for (const sync::Rejection &one : device.rejections())
        codes.push_back(one.error.code);
    return codes;
}

using Codes = std::vector<ErrorCode>;

} // namespace

TEST(Conflict, OfTwoOfflineBookingsOfOneSlotOneStandsAndTheLoserIsToldForGood)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    world.desktop().goOffline();
    kiosk.goOffline();
    const AppointmentId winner = must(world.desktop().book(world.shop.anna, world.shop.at(10)));
    const AppointmentId loser = must(kiosk.book(world.shop.anna, world.shop.at(10, 15)));
    const AppointmentId behind = must(kiosk.book(world.shop.ben, world.shop.at(10)));
    world.desktop().goOnline();
    world.settle();
    kiosk.goOnline();
    world.settle();

    EXPECT_TRUE(kiosk.appointment(winner));
    EXPECT_FALSE(kiosk.appointment(loser));
    EXPECT_TRUE(world.desktop().appointment(behind)) << "nothing behind it was held up";
    EXPECT_EQ(rejectionsOf(kiosk), (Codes{ErrorCode::SlotTaken}));
    EXPECT_THAT(world, agrees());

    kiosk.kill();
    must(kiosk.start());
    EXPECT_EQ(rejectionsOf(kiosk), (Codes{ErrorCode::SlotTaken})) << "it survives a restart";
    must(kiosk.dismissRejection(kiosk.rejections().front().id));
    kiosk.kill();
    must(kiosk.start());
    EXPECT_EQ(rejectionsOf(kiosk), Codes{}) << "and goes when somebody has dealt with it";
    world.settle();
    EXPECT_THAT(world, agrees());
}

TEST(Conflict, RejectionIsDeliveredAlthoughItsFirstAckWasLost)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    kiosk.goOffline();
    must(world.desktop().book(world.shop.anna, world.shop.at(10)));
    must(kiosk.book(world.shop.anna, world.shop.at(10)));
    world.settle();
    kiosk.goOnline();
    world.server().killAfterNextCommit();
    world.pass(1min);
    ASSERT_FALSE(world.server().isRunning());
    EXPECT_EQ(rejectionsOf(kiosk), Codes{});
    world.server().start();
    world.settle();
    EXPECT_EQ(rejectionsOf(kiosk), (Codes{ErrorCode::SlotTaken}));
    EXPECT_THAT(world, agrees());
}

TEST(Conflict, PoisonedWriteBetweenGoodOnesIsRefusedAlone)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    desktop.goOffline();
    const AppointmentId before = must(desktop.book(world.shop.anna, world.shop.at(10)));
    const mutators::Mutation fromTheFuture{QStringLiteral("appointment.teleport"), 7, {}};
    must(desktop.replica().outbox().append(fromTheFuture, desktop.clock().now()));
    desktop.kill(); // so that it is replayed from the disk as well
    must(desktop.start());
    const AppointmentId after = must(desktop.book(world.shop.ben, world.shop.at(10)));
    desktop.goOnline();
    world.pass(1min);
    EXPECT_TRUE(world.kiosk().appointment(before));
    EXPECT_TRUE(world.kiosk().appointment(after));
    EXPECT_EQ(rejectionsOf(desktop), (Codes{ErrorCode::UpdateNeeded}));
    EXPECT_TRUE(desktop.session().isIdle());
}

TEST(Conflict, MoveOntoABookingThatCameFirstIsRefusedAndShownWhereItWas)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    const AppointmentId id = must(desktop.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    desktop.goOffline();
    must(desktop.move(id, world.shop.anna, world.shop.at(12)));
    must(world.kiosk().book(world.shop.anna, world.shop.at(12)));
    world.settle();
    EXPECT_EQ(desktop.appointment(id)->start, world.shop.at(12));
    desktop.goOnline();
    world.settle();
    EXPECT_EQ(desktop.appointment(id)->start, world.shop.at(9));
    EXPECT_EQ(rejectionsOf(desktop), (Codes{ErrorCode::SlotTaken}));
    EXPECT_THAT(world, agrees());
}

TEST(Conflict, KioskCannotBookOutsideHours)
{
    FakeWorld world;
    EXPECT_THAT(world.kiosk().book(world.shop.anna, world.shop.at(18)), FailsWith(ErrorCode::OutsideHours));
    EXPECT_THAT(world.kiosk().book(world.shop.anna, world.shop.at(17, 45)),
                FailsWith(ErrorCode::OutsideHours));
    EXPECT_THAT(world.kiosk().book(world.shop.anna, world.shop.at(17, 30)), Succeeds());
    world.settle();
    EXPECT_EQ(rejectionsOf(world.kiosk()), Codes{});
    EXPECT_THAT(world, agrees());
}

TEST(Conflict, BookingInHoursThatWereShortenedMeanwhileIsRejected)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    kiosk.goOffline();
    must(world.desktop().write(world.shop.hoursOf(FakeShop::weekday, {{9 * 60, 13 * 60}})));
    world.settle();
    const AppointmentId late = must(kiosk.book(world.shop.anna, world.shop.at(15)));
    const AppointmentId inTime = must(kiosk.book(world.shop.anna, world.shop.at(12)));
    kiosk.goOnline();
    world.settle();
    EXPECT_FALSE(world.desktop().appointment(late));
    EXPECT_TRUE(world.desktop().appointment(inTime));
    EXPECT_EQ(rejectionsOf(kiosk), (Codes{ErrorCode::OutsideHours}));
    EXPECT_THAT(world, agrees());
}

TEST(Conflict, BookingOfAServiceThatWasRetiredMeanwhileIsRejected)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    kiosk.goOffline();
    must(world.desktop().write(mutators::ServiceRetire{world.shop.cut}));
    world.settle();
    must(kiosk.book(world.shop.anna, world.shop.at(15)));
    kiosk.goOnline();
    world.settle();
    EXPECT_EQ(rejectionsOf(kiosk), (Codes{ErrorCode::Retired}));
    EXPECT_THAT(world, agrees());
}

TEST(Conflict, LoserBooksAgainAndStands)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    kiosk.goOffline();
    must(world.desktop().book(world.shop.anna, world.shop.at(10)));
    must(kiosk.book(world.shop.anna, world.shop.at(10)));
    kiosk.goOnline();
    world.settle();
    ASSERT_EQ(rejectionsOf(kiosk).size(), 1U);
    EXPECT_THAT(kiosk.book(world.shop.anna, world.shop.at(10)), FailsWith(ErrorCode::SlotTaken));
    const AppointmentId second = must(kiosk.book(world.shop.anna, world.shop.at(10, 30)));
    world.settle();
    EXPECT_TRUE(world.desktop().appointment(second));
    EXPECT_THAT(world, agrees());
}
