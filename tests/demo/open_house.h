#pragma once

#include "tests/support/driver/program.h"

namespace strop::demo_run {

/// The demo shop on a display: starts the server, brings desktop and kiosk in and leaves them to the person
/// in front of them. Returns when both windows are closed.
[[nodiscard]] Result<void> runOpenHouse(const test::Programs &programs, const QString &out);

} // namespace strop::demo_run
