#pragma once

#include <QString>

namespace strop::client {

/// What the machine says of the place where it stands: the first proposal for a shop there.

/// IANA; UTC where the system's own setting is no zone of that kind.
[[nodiscard]] QString systemZone();

/// ISO 4217; EUR where the system's locale has no country.
[[nodiscard]] QString systemCurrency();

/// BCP 47.
[[nodiscard]] QString systemLanguage();

} // namespace strop::client
