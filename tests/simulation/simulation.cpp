#include "tests/simulation/simulation.h"

#include "shared/base/log.h"
#include "tests/simulation/ddmin.h"
#include "tests/simulation/deeds.h"

#include <ctime>

namespace strop::simulation {
namespace {

std::vector<int> numbersOf(const Plan &plan)
{
    std::vector<int> numbers;
    for (const Step &step : plan)
        numbers.push_back(step.number);
    return numbers;
}

} // namespace

void silenceLog()
{
    log::setLevel(log::Level(int(log::Level::Error) + 1));
}

Outcome live(const FreshWorld &fresh, quint64 seed, const Plan &plan, const SimulatedWorld::Seam &seam)
{
    Outcome outcome;
    try {
        SimulatedWorld world(fresh, seed, devicesOf(seed), seam);
        for (const Step &step : plan) {
            carryOut(step, world);
            world.pass(step.untilNext);
        }
        outcome.quiet = afterQuiet(world);
        outcome.trace = world.trace();
    } catch (const std::exception &thrown) {
        outcome.quiet.findings.push_back({QStringLiteral("exception"), QString::fromUtf8(thrown.what())});
    }
    return outcome;
}

Shortened shorten(const FreshWorld &fresh, quint64 seed, const Plan &failing, const Outcome &outcome,
                  std::chrono::milliseconds budget, const SimulatedWorld::Seam &seam)
{
    const std::clock_t begun = std::clock();
    const auto isSpent = [&] {
        return double(std::clock() - begun) / CLOCKS_PER_SEC > std::chrono::duration<double>(budget).count();
    };
    Shortened best{failing, outcome, 0};
    const auto fails = [&](const std::vector<int> &numbers) {
        const Plan plan = select(failing, numbers);
        Outcome one = live(fresh, seed, plan, seam);
        ++best.runs;
        if (one.kind() != outcome.kind())
            return false;
        best.plan = plan;
        best.outcome = std::move(one);
        return true;
    };
    minimise(numbersOf(failing), fails, isSpent);
    return best;
}

QString reportOf(quint64 seed, qsizetype stepsBefore, const Shortened &shortened)
{
    constexpr qsizetype shown = 5;
    const std::vector<Finding> &findings = shortened.outcome.quiet.findings;
    QString report = QStringLiteral("seed %1 failed\n").arg(seed);
    for (qsizetype i = 0; i < std::min(shown, qsizetype(findings.size())); ++i)
        report += QStringLiteral("  %1: %2\n").arg(findings[size_t(i)].kind, findings[size_t(i)].text);
    if (qsizetype(findings.size()) > shown)
        report += QStringLiteral("  and %1 more\n").arg(qsizetype(findings.size()) - shown);
    report += QStringLiteral("  %1 devices; shortened from %2 steps to %3 in %4 runs:\n")
                  .arg(devicesOf(seed))
                  .arg(stepsBefore)
                  .arg(shortened.plan.size())
                  .arg(shortened.runs);
    QStringList numbers;
    for (const Step &step : shortened.plan) {
        report += QStringLiteral("    %1\n").arg(inWords(step));
        numbers << QString::number(step.number);
    }
    return report + QStringLiteral("  again: build/dev/tests/strop-soak --first %1 --seeds 1 --steps %2\n")
                        .arg(seed)
                        .arg(numbers.isEmpty() ? QStringLiteral("none") : numbers.join(u','));
}

} // namespace strop::simulation
