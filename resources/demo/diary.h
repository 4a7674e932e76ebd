#pragma once

#include "resources/demo/clientele.h"

namespace strop::demo {

/// Appends the bookings of every day of the history, of today and of the days after it, in order of the date,
/// each followed by what came of it.
void writeDiary(const DemoOptions &options, const Catalogue &catalogue, Clientele &clientele, Random &random,
                std::vector<mutators::Mutation> &mutations);

} // namespace strop::demo
