#include "server/authority/store.h"
#include "tests/simulation/simulation.h"
#include "tests/unit/expect.h"

/// Machines of the simulated world lose what they may lose, and no more.

using namespace strop;
using namespace strop::simulation;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

constexpr Millis soon{50};

class Machines : public testing::Test
{
protected:
    Machines() { silenceLog(); }

    /// Somebody at a device changes the notes of a customer.
    static void edit(SimulatedWorld &world, int device, int number)
    {
        domain::Customer customer;
        customer.id = CustomerId{world.shop().id.uuid};
        customer.shopId = world.shop().id;
        customer.name = QStringLiteral("Ana");
        customer.notes = QString::number(number);
        world.write(device, mutators::makeMutation(customer), QStringLiteral("a test"));
    }

    static void waitUntilRunning(SimulatedWorld &world, int machine)
    {
        while (!world.isRunning(machine))
            ASSERT_TRUE(world.runOne(world.time().now() + 1min));
    }

    const FreshWorld m_fresh = makeFreshWorld();
};

} // namespace

TEST_F(Machines, DeviceWithoutPowerMayLoseConfirmedRowsAndFetchesThemAgain)
{
    int lost = 0;
    for (quint64 seed = 1; seed <= 20; ++seed) {
        SimulatedWorld world(m_fresh, seed, 2);
        world.pass(1s);
        for (int i = 0; i < 5; ++i) {
            edit(world, 0, i);
            world.pass(100ms);
        }
        const qint64 before = world.device(0).replica().cursor();
        world.die(0, {true, seed}, soon);
        waitUntilRunning(world, 0);
        const qint64 after = world.device(0).replica().cursor();
        EXPECT_LE(after, before);
        lost += after < before ? 1 : 0;
        EXPECT_TRUE(afterQuiet(world).findings.empty());
        EXPECT_EQ(world.device(0).replica().cursor(), before);
    }
    EXPECT_GT(lost, 5);
}

TEST_F(Machines, DeviceWithoutPowerKeepsItsWholeQueue)
{
    for (quint64 seed = 1; seed <= 20; ++seed) {
        SimulatedWorld world(m_fresh, seed, 2);
        world.pass(1s);
        world.device(0).goOffline();
        for (int i = 0; i < 5; ++i) {
            edit(world, 0, i);
            world.die(0, {true, seed * 10 + quint64(i)}, soon);
            waitUntilRunning(world, 0);
            ASSERT_EQ(world.device(0).replica().outbox().entries().size(), size_t(i + 1));
        }
        EXPECT_TRUE(afterQuiet(world).findings.empty());
    }
}

TEST_F(Machines, ServerWithoutPowerKeepsEveryCommitThatADeviceHasHeardOf)
{
    for (quint64 seed = 1; seed <= 20; ++seed) {
        SimulatedWorld world(m_fresh, seed, 2);
        world.pass(1s);
        for (int i = 0; i < 5; ++i) {
            edit(world, 0, i);
            world.pass(100ms);
            const qint64 before = must(world.server().store().head(world.business()));
            EXPECT_EQ(world.device(0).replica().cursor(), before);
            world.die(theServer, {true, seed * 10 + quint64(i)}, soon);
            waitUntilRunning(world, theServer);
            ASSERT_EQ(must(world.server().store().head(world.business())), before);
            world.pass(20s);
        }
        EXPECT_TRUE(afterQuiet(world).findings.empty());
    }
}

TEST_F(Machines, DieAtAnyChangeOfTheirDiskAndLoseNothing)
{
    for (const bool ofPower : {false, true}) {
        for (const int machine : {theServer, 0}) {
            bool died = true;
            int change = 1;
            for (; died; ++change) {
                SCOPED_TRACE(testing::Message() << machineName(machine).toStdString() << ", change " << change
                                                << (ofPower ? ", power" : ", killed"));
                SimulatedWorld world(m_fresh, 1, 2);
                world.pass(1s);
                world.dieAtChange(machine, change, {ofPower, quint64(change)}, soon);
                edit(world, 0, 1);
                died = !world.isRunning(machine);
                for (int i = 0; i < 100 && !died; ++i) {
                    world.pass(1ms);
                    died = !world.isRunning(machine);
                }
                const Quiet quiet = afterQuiet(world);
                ASSERT_TRUE(quiet.findings.empty()) << quiet.findings.front().text.toStdString();
            }
            EXPECT_GT(change, 4);
        }
    }
}

TEST_F(Machines, PutBackDeviceThatWritesOnIsNotTakenForTheOneThatItWas)
{
    SimulatedWorld world(m_fresh, 1, 2);
    world.pass(1s);
    edit(world, 0, 1);
    world.pass(1s);
    world.restoreFolder(0, soon);
    waitUntilRunning(world, 0);
    edit(world, 0, 2);
    EXPECT_TRUE(afterQuiet(world).findings.empty());
    EXPECT_TRUE(world.hasCopies());
}
