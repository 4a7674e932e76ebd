#pragma once

#include "tests/support/fake_world/fake_device.h"

#include <QStringList>

namespace strop::test {

/// What is wrong between the server and one device that runs, in words: see FakeWorld::disagreements().
[[nodiscard]] Result<QStringList> audit(storage::Database &server, FakeDevice &device);

/// The uuid of every write that the server's log holds.
[[nodiscard]] Result<std::set<Uuid>> settledUuids(storage::Database &server);

} // namespace strop::test
