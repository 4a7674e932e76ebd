#pragma once

#include "tests/support/driver/program.h"

namespace strop::shots {

/// Drives both real apps offscreen through their pages in light, dark, right-to-left and 200 % text, and
/// writes `out`/<variant>/<page>.png.
[[nodiscard]] Result<void> shootAll(const test::Programs &programs, const QString &out);

} // namespace strop::shots
