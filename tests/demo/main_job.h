#pragma once

#include "tests/support/driver/program.h"

namespace strop::demo_run {

/// The main job without a display: the real apps, driven through their real windows, book online, book and
/// move with the server gone, lose the kiosk to a SIGKILL, and are in sync again when everything is back;
/// then the three databases are held against each other. Prints each step, and leaves folders, logs and
/// pictures under `out`. The first thing that is off is the error.
[[nodiscard]] Result<void> runMainJob(const test::Programs &programs, const QString &out);

} // namespace strop::demo_run
