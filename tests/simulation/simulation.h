#pragma once

#include "tests/simulation/after_quiet.h"
#include "tests/simulation/plan.h"

namespace strop::simulation {

struct Outcome
{
    Quiet quiet;
    quint64 trace = 0; ///< Equal for equal runs.

    [[nodiscard]] bool failed() const { return !quiet.findings.empty(); }

    /// The promise that was broken first; empty when none was.
    [[nodiscard]] QString kind() const { return failed() ? quiet.findings.front().kind : QString(); }
};

/// Drops every line of the programs' log: what the faults make them say would fill pages.
void silenceLog();

/// Lives a plan through in a world of its own, and looks what became of it. An exception out of it is a
/// finding.
[[nodiscard]] Outcome live(const FreshWorld &fresh, quint64 seed, const Plan &plan,
                           const SimulatedWorld::Seam &seam = {});

/// A failure, and the shortest history found that leads to the same kind of it.
struct Shortened
{
    Plan plan;
    Outcome outcome;
    int runs = 0;
};

/// Shortens for about `budget` of processor time.
[[nodiscard]] Shortened shorten(const FreshWorld &fresh, quint64 seed, const Plan &failing,
                                const Outcome &outcome, std::chrono::milliseconds budget,
                                const SimulatedWorld::Seam &seam = {});

/// For people: the seed, what went wrong, the history that leads there, and the command that lives it again.
[[nodiscard]] QString reportOf(quint64 seed, qsizetype stepsBefore, const Shortened &shortened);

} // namespace strop::simulation
