#pragma once

#include "shared/base/instant.h"

namespace strop {

/// The only source of time. Handed in by constructor; tests hand in a virtual one. Implementations are
/// thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;

    /// Wall-clock time. May jump when somebody sets the machine's clock.
    [[nodiscard]] virtual Instant now() const = 0;

    /// Time since an arbitrary start; never goes back. Use it to measure and to time out.
    [[nodiscard]] virtual Millis monotonic() const = 0;
};

/// The machine's clocks: CLOCK_REALTIME and CLOCK_MONOTONIC.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] Millis monotonic() const override;
};

} // namespace strop
