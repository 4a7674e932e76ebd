#pragma once

#include "shared/mutators/arguments.h"

#include <array>
#include <vector>

namespace strop::test {

/// A shop in Berlin with two barbers, two services and hours from 9 to 18 on every day, and the Tuesday on
/// which everything takes place.
struct FakeShop
{
    ShopId id;
    StaffId anna;
    StaffId ben;
    ServiceId cut;   ///< 30 minutes
    ServiceId shave; ///< 15 minutes
    std::array<HoursId, 7> hours;

    FakeShop();

    /// The writes that open it, as its owner.
    [[nodiscard]] std::vector<mutators::Mutation> opening() const;

    /// The rule of one weekday, 1 to 7.
    [[nodiscard]] domain::HoursRule hoursOf(int weekday, const domain::WallIntervals &intervals) const;

    /// A time of the day on the shop's wall clock.
    [[nodiscard]] static Instant at(int hour, int minute = 0);

    static constexpr int weekday = 2;
};

} // namespace strop::test
