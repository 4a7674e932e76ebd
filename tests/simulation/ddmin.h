#pragma once

#include <functional>
#include <vector>

namespace strop::simulation {

/// Delta debugging, the algorithm ddmin (A. Zeller and R. Hildebrandt, "Simplifying and Isolating
/// Failure-Inducing Input", IEEE Transactions on Software Engineering 28(2), 2002, §3.2): a part of `failing`
/// that still fails, and, if there was time for it, of which no single element can be left out. `fails`
/// answers for a part and is known to hold for the whole; after `enough` says so, the best part found by then
/// is the answer.
std::vector<int> minimise(std::vector<int> failing,
                          const std::function<bool(const std::vector<int> &)> &fails,
                          const std::function<bool()> &enough);

} // namespace strop::simulation
