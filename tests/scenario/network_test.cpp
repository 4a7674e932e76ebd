#include "tests/support/fake_world/fake_world.h"
#include "tests/unit/expect.h"

/// Peers that die without a word, and connections that come and go.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

TEST(Network, DeadPeerIsNoticedByBothSidesWithinTenSeconds)
{
    FakeWorld world;
    world.kiosk().fallSilent();
    world.pass(10s);
    EXPECT_FALSE(world.kiosk().isConnected());
    EXPECT_EQ(world.server().connections(), 1U) << "the desktop's";
    ASSERT_EQ(world.kiosk().interruptions().size(), 1U);
    EXPECT_EQ(world.kiosk().interruptions().front().code, ErrorCode::NetworkFailure);
    const AppointmentId id = must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    world.kiosk().speakAgain();
    world.settle();
    EXPECT_TRUE(world.desktop().appointment(id));
    EXPECT_THAT(world, agrees());
}

TEST(Network, QuietButLivingConnectionStands)
{
    FakeWorld world;
    world.pass(8h);
    EXPECT_TRUE(world.kiosk().interruptions().empty());
    EXPECT_TRUE(world.desktop().interruptions().empty());
    EXPECT_EQ(world.server().connections(), 2U);
}

TEST(Network, ShortSilenceDoesNotCutTheConnection)
{
    FakeWorld world;
    world.kiosk().fallSilent();
    world.pass(3s);
    world.kiosk().speakAgain();
    world.pass(1min);
    EXPECT_TRUE(world.kiosk().interruptions().empty());
}

TEST(Network, ConnectionThatDropsEverySecondStillGetsEverythingAcross)
{
    FakeWorld world;
    for (int i = 0; i < 30; ++i) {
        must(world.kiosk().book(world.shop.anna,
                                world.shop.at(24 * 7 * (i / 15) + 9 + i % 15 / 2, i % 2 * 30)));
        world.kiosk().cutConnection();
        world.pass(1s);
    }
    world.settle();
    EXPECT_THAT(world, agrees());
}

TEST(Network, ServerThatComesBackIsFoundAgainByEveryDevice)
{
    FakeWorld world;
    world.server().stop();
    world.pass(1h);
    EXPECT_FALSE(world.kiosk().isConnected());
    world.server().start();
    world.pass(20s);
    EXPECT_TRUE(world.kiosk().session().isIdle());
    EXPECT_TRUE(world.desktop().session().isIdle());
}

TEST(Network, QuestionIsAnsweredWithAFailureWhenTheConnectionBreaks)
{
    FakeWorld world;
    std::optional<Result<QCborMap>> answer;
    world.desktop().request(QStringLiteral("devices.list"), {},
                            [&](Result<QCborMap> result) { answer = std::move(result); });
    world.desktop().cutConnection();
    world.pass(1s);
    ASSERT_TRUE(answer);
    EXPECT_THAT(*answer, FailsWith(ErrorCode::NetworkFailure));
}
