#pragma once

#include "tests/load/fleet.h"

namespace strop::load {

/// Makes a server's data folder with the businesses of a fleet, each with the catalogue of a busy shop, and
/// enrols every device. No server may run on it yet.
[[nodiscard]] Result<Fleet> enrolFleet(const QString &dataDir, const FleetShape &shape);

} // namespace strop::load
