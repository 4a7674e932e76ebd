#pragma once

#include "tests/support/fake_world/fake_device.h"

#include <QStringList>

namespace strop::test {

/// What is wrong between the server and one device that runs, in words: see FakeWorld::disagreements().
[[nodiscard]] Result<QStringList> audit(storage::Database &server, FakeDevice &device);

} // namespace strop::test
