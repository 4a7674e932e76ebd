#pragma once

#include "shared/base/result.h"
#include "tests/support/driver/program.h"

#include <functional>

namespace strop::bench {

/// The main() of every bench: an event loop, only warnings in the log, and the error of `measure` on standard
/// error.
int runBench(int argc, char **argv, Result<void> (*measure)());

/// The real programs of the same build. Only within runBench.
[[nodiscard]] test::Programs programsOfThisBuild();

/// Runs the event loop until the condition holds. Unavailable, naming what was awaited, when that takes too
/// long.
[[nodiscard]] Result<void> waitUntil(const QString &what, const std::function<bool()> &condition,
                                     int timeoutMs = 20'000);

/// Prints how long this disk takes to make four kilobytes durable: the floor under every durable write
/// measured on it. TMPDIR moves all that a bench writes to another disk.
Result<void> printDiskFlush(const QString &folder);

} // namespace strop::bench
