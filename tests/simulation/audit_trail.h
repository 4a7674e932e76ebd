#pragma once

#include "tests/simulation/after_quiet.h"

namespace strop::simulation {

/// Holds the server's log of mutations against what people remember, what devices were told, and the rows
/// that stand:
///
/// - every write that was confirmed to somebody is in the log once, or still waits in the outbox of a device
/// that
///   was stopped for good; nothing else is in the log;
/// - every refusal is kept at a device until somebody has dealt with it;
/// - the accepted writes, carried out again in their order over an empty database, give the server's rows,
/// and with
///   them the sums of money of each shop.
Result<void> checkAuditTrail(SimulatedWorld &world, Quiet &quiet);

} // namespace strop::simulation
