#include "shared/protocol/codec.h"
#include "tests/support/fake_world/fake_world.h"
#include "tests/unit/expect.h"

/// What is not the protocol is answered with a typed error and the end of that one connection.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

/// A breach of the protocol by somebody who has been welcomed, or not.
struct Breach
{
    const char *name;
    bool welcomed;
    QByteArray bytes;
    ErrorCode answer;
};

void PrintTo(const Breach &breach, std::ostream *out)
{
    *out << breach.name;
}

protocol::PushedMutation thirdWrite()
{
    return {3, QByteArray(32, 'h'), QByteArray("m")};
}

const Breach breaches[] = {
    {"NotCbor", false, QByteArray("GET / HTTP/1.1"), ErrorCode::MalformedFrame},
    {"Empty", false, QByteArray(), ErrorCode::MalformedFrame},
    {"CutShort", false, protocol::encode(protocol::Pull{7}).chopped(1), ErrorCode::MalformedFrame},
    {"TooLarge", true, QByteArray(protocol::maxDeviceMessageBytes + 1, 'x'), ErrorCode::FrameTooLarge},
    {"UnknownType", true, QCborValue(QCborArray{u"sing"_qs}).toCbor(), ErrorCode::UnknownMessage},
    {"FieldOfAnotherType", true, QCborValue(QCborArray{u"pull"_qs, u"seven"_qs}).toCbor(),
     ErrorCode::MalformedFrame},
    {"PushBeforeHello", false, protocol::encode(protocol::Push{}), ErrorCode::OutOfOrder},
    {"PullBeforeHello", false, protocol::encode(protocol::Pull{0}), ErrorCode::OutOfOrder},
    {"PingBeforeHello", false, protocol::encode(protocol::Ping{}), ErrorCode::OutOfOrder},
    {"SecondHello", true, protocol::encode(protocol::Hello{}), ErrorCode::OutOfOrder},
    {"MessageOfAServer", true, protocol::encode(protocol::Behind{}), ErrorCode::OutOfOrder},
    {"WritesWithAGap", true, protocol::encode(protocol::Push{{thirdWrite()}}), ErrorCode::OutOfOrder},
};

class BadMessage : public testing::TestWithParam<Breach>
{};

INSTANTIATE_TEST_SUITE_P(Breaches, BadMessage, testing::ValuesIn(breaches),
                         [](const auto &instance) { return std::string(instance.param.name); });

} // namespace

TEST_P(BadMessage, IsAnsweredWithATypedErrorAndEndsThatConnectionAlone)
{
    FakeWorld world;
    FakeDevice &spare = world.addDevice(Role::Barber);
    world.settle();
    spare.stop();
    const auto stranger = world.addStranger();
    if (GetParam().welcomed)
        stranger->introduce(spare.id(), spare.identity().key);
    ASSERT_FALSE(stranger->isClosed());
    stranger->send(GetParam().bytes);
    EXPECT_EQ(stranger->refusal(), GetParam().answer);
    EXPECT_TRUE(stranger->isClosed());
    EXPECT_EQ(world.server().connections(), 2U);

    must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    world.settle();
    EXPECT_TRUE(world.kiosk().interruptions().empty());
    EXPECT_TRUE(world.desktop().interruptions().empty());
    EXPECT_THAT(world, agrees());
}

TEST(Versions, DeviceOfAnotherProtocolVersionIsToldToUpdate)
{
    FakeWorld world;
    for (const int other : {0, protocol::version + 1}) {
        const auto stranger = world.addStranger();
        stranger->introduce(world.kiosk().id(), world.kiosk().identity().key, other);
        EXPECT_EQ(stranger->refusal(), ErrorCode::UpdateNeeded);
        EXPECT_TRUE(stranger->isClosed());
    }
}

TEST(Hello, IsWaitedForNoLongerThanTenSeconds)
{
    FakeWorld world;
    const auto stranger = world.addStranger();
    world.pass(10s);
    EXPECT_TRUE(stranger->isClosed());
}

TEST(Push, OfTheSameNumberTwiceIsRefusedWholeAndSpoilsNothing)
{
    FakeWorld world;
    FakeDevice &desktop = world.desktop();
    must(desktop.book(world.shop.anna, world.shop.at(9)));
    world.settle();
    desktop.goOffline();
    must(desktop.book(world.shop.anna, world.shop.at(10)));
    const auto waiting = must(desktop.replica().outbox().unsettledAfter(0, 10'000));
    const auto stranger = world.addStranger();
    stranger->introduce(desktop.id(), desktop.identity().key);
    stranger->say(protocol::Push{{waiting.front(), {1, QByteArray(32, 'x'), waiting.front().mutation}}});
    EXPECT_EQ(stranger->refusal(), ErrorCode::OutOfOrder);
    desktop.goOnline();
    must(world.kiosk().book(world.shop.ben, world.shop.at(10)));
    world.settle();
    EXPECT_THAT(world, agrees());
}
