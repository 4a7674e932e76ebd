#include "tests/support/fake_world/fake_world.h"
#include "tests/unit/expect.h"

/// What the simulator's middlebox does to messages, and that a device and the server get over each of it.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

/// What arrives at the server's end when a device says "a", "b", "c" and meets these fates.
QList<QByteArray> arriving(const std::deque<Fate> &fates)
{
    EventQueue time;
    auto network = std::make_shared<Network>();
    network->from(End::Device).fates = fates;
    const auto connection = std::make_shared<Connection>(time, network);
    QList<QByteArray> heard;
    connection->listen(End::Server, {[&](const QByteArray &message) { heard << message; }, [] {}});
    for (const char *message : {"a", "b", "c"})
        connection->send(End::Device, message);
    time.pass(1s);
    return heard;
}

class Tampering : public testing::TestWithParam<std::pair<Fate, End>>
{};

INSTANTIATE_TEST_SUITE_P(
    Ways, Tampering,
    testing::Values(std::pair(Fate::Lost, End::Device), std::pair(Fate::Lost, End::Server),
                    std::pair(Fate::Doubled, End::Device), std::pair(Fate::Doubled, End::Server),
                    std::pair(Fate::Overtakes, End::Device), std::pair(Fate::Overtakes, End::Server)));

} // namespace

TEST(Middlebox, LosesAMessage)
{
    EXPECT_EQ(arriving({Fate::Lost}), (QList<QByteArray>{"b", "c"}));
}

TEST(Middlebox, DoublesAMessage)
{
    EXPECT_EQ(arriving({Fate::Doubled}), (QList<QByteArray>{"a", "a", "b", "c"}));
}

TEST(Middlebox, LetsAMessageOvertakeTheOneBefore)
{
    EXPECT_EQ(arriving({Fate::Overtakes}), (QList<QByteArray>{"b", "a", "c"}));
}

TEST(Middlebox, CutsATamperedConnectionWhenToldTo)
{
    EventQueue time;
    auto network = std::make_shared<Network>();
    network->from(End::Device).fates = {Fate::Lost};
    network->cutAfterTampering = 4s;
    const auto connection = std::make_shared<Connection>(time, network);
    connection->send(End::Device, "a");
    time.pass(3'999ms);
    EXPECT_TRUE(connection->isOpen(End::Server));
    time.pass(1ms);
    EXPECT_FALSE(connection->isOpen(End::Server));
    EXPECT_FALSE(connection->isOpen(End::Device));
}

TEST_P(Tampering, WithTheNextMessagesSpoilsNothing)
{
    for (const int many : {1, 2, 3, 5, 8}) {
        SCOPED_TRACE(testing::Message() << many << " messages");
        FakeWorld world;
        FakeDevice &kiosk = world.kiosk();
        kiosk.goOffline();
        const AppointmentId id = must(kiosk.book(world.shop.anna, world.shop.at(10)));
        world.pass(1s);
        const auto [fate, way] = GetParam();
        kiosk.network().cutAfterTampering = 4s;
        kiosk.network().from(way).fates.assign(size_t(many), fate);
        kiosk.goOnline();
        must(world.desktop().book(world.shop.ben, world.shop.at(11)));
        world.pass(1min);
        world.settle();
        EXPECT_TRUE(world.desktop().appointment(id));
        EXPECT_THAT(world, agrees());
    }
}
