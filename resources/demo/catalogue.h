#pragma once

#include "resources/demo/demo_shop.h"
#include "shared/base/random.h"
#include "shared/domain/entities.h"

namespace strop::demo {

/// How many days after today have hours planned and bookings.
inline constexpr int daysAhead = 14;

/// The shop as its owner set it up.
struct Catalogue
{
    domain::Shop shop;
    std::vector<domain::Staff> staff;      ///< In the order of barberProfiles.
    std::vector<domain::Service> services; ///< In the order of serviceProfiles.
    std::vector<domain::HoursRule> hours;  ///< The week, lunch breaks, days off, holidays and leave.
};

/// The ids are as old as the shop: made a month before the history begins.
[[nodiscard]] Catalogue makeCatalogue(const DemoOptions &options, Random &random);

} // namespace strop::demo
