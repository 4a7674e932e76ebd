#include "tests/simulation/after_quiet.h"

#include "server/admin/verify.h"
#include "server/authority/store.h"
#include "tests/simulation/audit_trail.h"
#include "tests/simulation/step.h"
#include "tests/support/agreement/agreement.h"
#include "tests/unit/expect.h"

namespace strop::simulation {

using test::FakeDevice;
using test::must;

namespace {

constexpr Millis patience = std::chrono::minutes(5);

/// How soon after the network has healed, or the device was back on it, everything that waited must be
/// settled.
constexpr Millis drainsWithin{5'000};

/// A dead connection is noticed within 10 s, and the next attempt may wait for 15 s.
constexpr Millis connectsWithin{26'000};

class Settling
{
public:
    explicit Settling(SimulatedWorld &world)
        : m_world(world)
        , m_healed(world.time().now())
        , m_marks(size_t(world.deviceCount()))
    {}

    /// False when it is not quiet in time.
    bool wait()
    {
        const Millis latest = m_healed + patience;
        do {
            look();
            if (isSettled())
                return true;
        } while (m_world.runOne(latest));
        return false;
    }

    void report(Quiet &quiet) const
    {
        for (int i = 0; i < int(m_marks.size()); ++i) {
            const Mark &mark = m_marks[size_t(i)];
            if (!mark.connected || !mark.idle)
                continue;
            const Millis reached = std::max(Millis(0), *mark.connected - m_healed);
            const Millis drained = *mark.idle - std::max(m_healed, *mark.connected);
            quiet.reached = std::max(quiet.reached, reached);
            quiet.drained = std::max(quiet.drained, drained);
            if (reached > connectsWithin)
                quiet.findings.push_back(
                    {QStringLiteral("slow connection"),
                     QStringLiteral("%1 was connected %2 ms after the network had healed")
                         .arg(machineName(i))
                         .arg(reached.count())});
            if (drained > drainsWithin)
                quiet.findings.push_back(
                    {QStringLiteral("slow drain"),
                     QStringLiteral("%1 had its writes settled %2 ms after it was connected")
                         .arg(machineName(i))
                         .arg(drained.count())});
        }
    }

private:
    struct Mark
    {
        std::optional<Millis> connected; ///< Its present connection has been welcomed then.
        std::optional<Millis> idle;      ///< Since then nothing waits.
    };

    void look()
    {
        for (int i = 0; i < int(m_marks.size()); ++i) {
            Mark &mark = m_marks[size_t(i)];
            FakeDevice &device = m_world.device(i);
            const bool welcomed =
                device.isRunning() && (device.session().state() == sync::SessionState::CatchingUp ||
                                       device.session().state() == sync::SessionState::Live);
            if (!welcomed)
                mark = {};
            else if (!mark.connected)
                mark.connected = m_world.time().now();
            if (!welcomed || !device.session().isIdle())
                mark.idle.reset();
            else if (!mark.idle)
                mark.idle = m_world.time().now();
        }
    }

    bool isSettled()
    {
        test::FakeServer &server = m_world.server();
        if (!server.isRunning() || server.isBusy())
            return false;
        const qint64 head = must(server.store().head(m_world.business()));
        for (int i = 0; i < m_world.deviceCount(); ++i) {
            FakeDevice &device = m_world.device(i);
            if (!device.isRunning())
                return false;
            if (device.problem())
                continue;
            if (!device.isQuiet() || !device.session().isIdle() || device.replica().cursor() != head)
                return false;
        }
        return true;
    }

    SimulatedWorld &m_world;
    Millis m_healed;
    std::vector<Mark> m_marks;
};

QString stateOf(int machine, SimulatedWorld &world)
{
    if (!world.isRunning(machine))
        return QStringLiteral("%1 does not start: %2").arg(machineName(machine), world.obstacle(machine));
    if (machine == theServer)
        return QStringLiteral("%1 runs").arg(machineName(machine));
    FakeDevice &device = world.device(machine);
    return QStringLiteral(
               "%1: state %2, %3, cursor %4, %5 writes in its outbox, interrupted %6 times, last by: %7")
        .arg(machineName(machine))
        .arg(int(device.session().state()))
        .arg(device.problem()       ? QStringLiteral("stopped")
             : device.isConnected() ? QStringLiteral("connected")
                                    : QStringLiteral("alone"))
        .arg(device.replica().cursor())
        .arg(device.replica().outbox().entries().size())
        .arg(device.interruptions().size())
        .arg(device.interruptions().empty() ? QString() : device.interruptions().back().message);
}

Finding wedged(SimulatedWorld &world)
{
    QStringList states;
    for (int i = theServer; i < world.deviceCount(); ++i)
        states << stateOf(i, world);
    return {QStringLiteral("wedged"), QStringLiteral("there is no quiet after five minutes:\n    %1")
                                          .arg(states.join(QStringLiteral("\n    ")))};
}

/// A device may be stopped for good by its owner, and by another device of its folder.
void checkDevice(int index, SimulatedWorld &world, Quiet &quiet)
{
    FakeDevice &device = world.device(index);
    if (const auto &problem = device.problem()) {
        const bool expected = (problem->code == ErrorCode::Unauthenticated && world.isRevoked(index)) ||
                              (problem->code == ErrorCode::IdentityConflict && world.hasCopies());
        if (!expected)
            quiet.findings.push_back({QStringLiteral("stopped"),
                                      QStringLiteral("%1: %2").arg(machineName(index), problem->message)});
        return;
    }
    const QStringList differing = must(test::differences(
        world.server().database(), device.replica().database(), world.business(), device.role()));
    for (const QString &one : differing)
        quiet.findings.push_back(
            {QStringLiteral("different rows"), QStringLiteral("%1: %2").arg(machineName(index), one)});
}

} // namespace

Quiet afterQuiet(SimulatedWorld &world)
{
    Quiet quiet;
    world.heal();
    Settling settling(world);
    if (!settling.wait()) {
        quiet.findings.push_back(wedged(world));
        return quiet;
    }
    settling.report(quiet);
    for (const QString &defect : must(server::findDefects(world.server().database())))
        quiet.findings.push_back({QStringLiteral("defect"), defect});
    for (int i = 0; i < world.deviceCount(); ++i)
        checkDevice(i, world, quiet);
    must(checkAuditTrail(world, quiet));
    return quiet;
}

} // namespace strop::simulation
