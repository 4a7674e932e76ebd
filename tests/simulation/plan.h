#pragma once

#include "tests/simulation/step.h"

namespace strop::simulation {

/// How many devices the plan of a seed has: 2 to 5.
[[nodiscard]] int devicesOf(quint64 seed);

/// What a seed stands for: some dozens of steps of people and of faults. The same on every machine.
[[nodiscard]] Plan expand(quint64 seed);

/// The steps of a plan with these numbers, in their order.
[[nodiscard]] Plan select(const Plan &plan, const std::vector<int> &numbers);

} // namespace strop::simulation
