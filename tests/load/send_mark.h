#pragma once

#include "shared/base/uuid.h"
#include "tests/bench/report.h"

#include <functional>

/// The moment of a booking's sending, hidden in its id, so that whoever receives the row knows how long it
/// took: all processes of a machine share one monotonic clock.
namespace strop::load {

[[nodiscard]] Uuid markedId(bench::Stopwatch::time_point sent);

/// Calls `visit` with the moment of each mark among the bytes.
void eachMark(QByteArrayView bytes, const std::function<void(bench::Stopwatch::time_point)> &visit);

} // namespace strop::load
