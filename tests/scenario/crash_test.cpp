#include "server/authority/store.h"
#include "tests/support/fake_world/fake_world.h"
#include "tests/unit/expect.h"

/// Kills, lost answers and repeated ones: whatever was confirmed to somebody stands, and stands once.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

TEST(Crash, KioskKilledRightAfterTheConfirmationKeepsTheBooking)
{
    FakeWorld world;
    const AppointmentId id = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    world.kiosk().kill();
    world.pass(1min);
    EXPECT_FALSE(world.desktop().appointment(id));
    must(world.kiosk().start());
    EXPECT_TRUE(world.kiosk().appointment(id)) << "before the network is back";
    world.settle();
    EXPECT_TRUE(world.desktop().appointment(id));
    EXPECT_THAT(world, agrees());
}

TEST(Crash, KioskKilledWhileOfflineKeepsItsWholeQueue)
{
    FakeWorld world;
    world.kiosk().goOffline();
    std::vector<AppointmentId> booked;
    for (int hour = 9; hour < 17; ++hour) {
        booked.push_back(must(world.kiosk().book(world.shop.anna, world.shop.at(hour))));
        world.kiosk().kill();
        must(world.kiosk().start());
    }
    world.kiosk().goOnline();
    world.settle();
    for (const AppointmentId id : booked)
        EXPECT_TRUE(world.desktop().appointment(id));
    EXPECT_THAT(world, agrees());
}

TEST(Crash, WriteWhoseAckWasLostIsNotDoubled)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    kiosk.hold(End::Server);
    const AppointmentId id = must(kiosk.book(world.shop.anna, world.shop.at(10)));
    world.pass(1s);
    ASSERT_TRUE(world.desktop().replica().cursor() > kiosk.replica().cursor()) << "the server has committed";
    kiosk.cutConnection();
    kiosk.release(End::Server);
    world.settle();
    EXPECT_TRUE(kiosk.appointment(id));
    EXPECT_THAT(world, agrees());
}

TEST(Crash, KioskKilledBeforeTheAckArrivesSendsAgainWithoutEffect)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    kiosk.hold(End::Server);
    must(kiosk.book(world.shop.anna, world.shop.at(10)));
    world.pass(1s);
    kiosk.kill();
    kiosk.release(End::Server);
    const qint64 head = must(world.server().store().head(world.business()));
    must(kiosk.start());
    world.settle();
    EXPECT_EQ(must(world.server().store().head(world.business())), head) << "it was committed once";
    EXPECT_THAT(world, agrees());
}

TEST(Crash, ServerKilledBetweenCommitAndAckAnswersFromItsLog)
{
    FakeWorld world;
    world.server().killAfterNextCommit();
    const AppointmentId id = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    world.pass(1min);
    ASSERT_FALSE(world.server().isRunning());
    EXPECT_FALSE(world.kiosk().replica().outbox().entries().front().settledVersion);
    world.server().start();
    world.settle();
    EXPECT_TRUE(world.desktop().appointment(id));
    EXPECT_THAT(world, agrees());
}

TEST(Crash, ServerKilledBeforeTheCommitGetsTheWriteAgain)
{
    FakeWorld world;
    const AppointmentId id = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    world.pass(6ms); // on the server, waiting for the disk
    ASSERT_TRUE(world.server().isBusy());
    world.server().kill();
    world.server().start();
    world.settle();
    EXPECT_TRUE(world.desktop().appointment(id));
    EXPECT_THAT(world, agrees());
}

TEST(Crash, ServerStoppedAndStartedAgainGoesOn)
{
    FakeWorld world;
    must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    world.server().stop();
    must(world.desktop().book(world.shop.ben, world.shop.at(10)));
    world.server().start();
    world.settle();
    must(world.kiosk().book(world.shop.anna, world.shop.at(11)));
    world.settle();
    EXPECT_THAT(world, agrees());
}

TEST(Crash, TheSamePushTwiceIsAnsweredTwiceAndAppliedOnce)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    desktop.goOffline();
    must(desktop.book(world.shop.anna, world.shop.at(10)));
    const protocol::Push push{must(desktop.replica().outbox().unsettledAfter(0, 10'000))};
    const auto stranger = world.addStranger();
    stranger->introduce(desktop.id(), desktop.identity().key);
    stranger->say(push);
    const qint64 head = must(world.server().store().head(world.business()));
    stranger->say(push);
    std::vector<protocol::Ack> acks;
    for (const protocol::Message &message : stranger->heard()) {
        if (const auto *ack = std::get_if<protocol::Ack>(&message))
            acks.push_back(*ack);
    }
    ASSERT_EQ(acks.size(), 2U);
    EXPECT_EQ(acks[0].settled.front().id, acks[1].settled.front().id);
    EXPECT_FALSE(acks[1].settled.front().rejection);
    EXPECT_EQ(must(world.server().store().head(world.business())), head);
    desktop.goOnline();
    world.settle();
    EXPECT_THAT(world, agrees());
}
