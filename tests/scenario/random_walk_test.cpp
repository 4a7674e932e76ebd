#include "tests/support/fake_world/fake_world.h"
#include "tests/unit/expect.h"

/// A small simulator: people book, move and cancel at random while devices and the server are cut off,
/// killed and started again. However it went, once everything is back the world agrees. A failure names its
/// seed. STROP_WALK_SEEDS=5000 looks further than the everyday fifty.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

constexpr int steps = 40;

int seeds()
{
    constexpr int everyday = 50;
    bool given = false;
    const int wanted = qEnvironmentVariableIntValue("STROP_WALK_SEEDS", &given);
    return given ? wanted : everyday;
}

class Walk
{
public:
    explicit Walk(quint64 seed)
        : m_random(seed)
        , m_world({}, seed)
    {
        m_world.addDevice(Role::Barber);
    }

    void step()
    {
        FakeDevice &device = *m_world.devices().at(m_random.below(m_world.devices().size()));
        if (m_random.below(10) < 6)
            write(device);
        else
            disturb(device);
        m_world.pass(Millis(qint64(m_random.below(m_random.below(4) == 0 ? 20'000 : 30))));
    }

    void recover()
    {
        m_world.disk().repair();
        m_world.server().spare();
        if (!m_world.server().isRunning())
            m_world.server().start();
        for (const auto &device : m_world.devices()) {
            if (!device->isRunning())
                must(device->start());
            device->speakAgain();
            device->release(End::Device);
            device->release(End::Server);
            device->goOnline();
        }
        m_world.settle();
    }

    [[nodiscard]] FakeWorld &world() { return m_world; }

private:
    /// Refusals are part of life; audit() checks what was confirmed.
    void write(FakeDevice &device)
    {
        if (!device.isRunning())
            return;
        const StaffId barber = m_random.below(2) == 0 ? m_world.shop.anna : m_world.shop.ben;
        const Instant start = m_world.shop.at(8) + qint64(m_random.below(44)) * 15min;
        const quint64 what = m_random.below(10);
        if (what < 6 || m_booked.empty()) {
            if (const auto id = device.book(barber, start))
                m_booked.push_back(*id);
            return;
        }
        const AppointmentId id = m_booked.at(m_random.below(m_booked.size()));
        if (what < 9)
            (void)device.move(id, barber, start);
        else
            (void)device.cancel(id);
    }

    void disturb(FakeDevice &device)
    {
        switch (m_random.below(12)) {
        case 0:
            return disturbServer();
        case 1:
            return device.isRunning() ? device.kill() : void(device.start());
        case 10:
            return breakDisk();
        case 11:
            return m_world.disk().repair();
        case 2:
            return device.goOffline();
        case 3:
            return device.goOnline();
        case 4:
            return device.cutConnection();
        case 5:
            return device.hold(m_random.below(2) == 0 ? End::Device : End::Server);
        case 6:
            return device.release(m_random.below(2) == 0 ? End::Device : End::Server);
        case 7:
            return device.fallSilent();
        case 8:
            return device.speakAgain();
        default:
            return device.clock().shiftWall(Millis(qint64(m_random.below(2'000'000)) - 1'000'000));
        }
    }

    /// One folder's disk fails at one of its next writes, and at all further ones.
    void breakDisk()
    {
        const quint64 folder = m_random.below(m_world.devices().size() + 1);
        const QString path =
            folder == 0 ? QStringLiteral("server/") : QStringLiteral("device-%1/").arg(folder);
        const int code = m_random.below(2) == 0 ? SQLITE_FULL : SQLITE_IOERR_WRITE;
        m_world.disk().failWrites(path, code, int(m_random.below(20)));
    }

    void disturbServer()
    {
        FakeServer &server = m_world.server();
        if (!server.isRunning()) {
            m_world.disk().repair();
            return server.start();
        }
        switch (m_random.below(3)) {
        case 0:
            return server.stop();
        case 1:
            return server.kill();
        default:
            return server.killAfterNextCommit();
        }
    }

    SeededRandom m_random;
    FakeWorld m_world;
    std::vector<AppointmentId> m_booked;
};

class RandomWalk : public testing::TestWithParam<int>
{};

INSTANTIATE_TEST_SUITE_P(Seeds, RandomWalk, testing::Range(1, seeds() + 1),
                         testing::PrintToStringParamName());

} // namespace

TEST_P(RandomWalk, EndsWithEverybodyInAgreement)
{
    SCOPED_TRACE(testing::Message() << "seed " << GetParam());
    Walk walk{quint64(GetParam())};
    for (int i = 0; i < steps; ++i)
        walk.step();
    walk.recover();
    EXPECT_THAT(walk.world(), agrees());
}
