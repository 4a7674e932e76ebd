#pragma once

#include "tests/simulation/simulated_world.h"
#include "tests/simulation/step.h"

namespace strop::simulation {

/// What a step of people writes, in order; nothing for other steps. The same whatever happened before.
[[nodiscard]] std::vector<mutators::Mutation> writesOf(const Step &step, const test::FakeShop &shop,
                                                       Role role);

/// Does a step, now.
void carryOut(const Step &step, SimulatedWorld &world);

} // namespace strop::simulation
