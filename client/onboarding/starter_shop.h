#pragma once

#include "shared/base/clock.h"
#include "shared/base/random.h"
#include "shared/mutators/mutation.h"

namespace strop::client {

/// What a new owner says of the shop.
struct ShopDetails
{
    QString shopName;
    QString barberName; ///< The first barber, usually the owner.
    QString zone;       ///< IANA.
    QString locale;     ///< BCP 47.
    QString currency;   ///< ISO 4217.
};

/// The writes that make a new business usable at once: its shop, open Monday to Saturday from nine to seven,
/// the first barber and a few usual services, all to be changed later. In the order to apply them.
[[nodiscard]] std::vector<mutators::Mutation> starterShop(const ShopDetails &details, const Clock &clock,
                                                          Random &random);

} // namespace strop::client
