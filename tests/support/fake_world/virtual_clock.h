#pragma once

#include "shared/base/clock.h"
#include "tests/support/fake_world/event_queue.h"

namespace strop::test {

/// The clocks of one machine. Its monotonic clock keeps the world's time; its wall clock may be wrong.
class VirtualClock final : public Clock
{
public:
    /// `time` outlives the clock, which shows `wall` when the world begins.
    VirtualClock(const EventQueue &time, Instant wall)
        : m_time(time)
        , m_wallAtStart(wall)
    {}

    [[nodiscard]] Instant now() const override { return m_wallAtStart + m_time.now(); }
    [[nodiscard]] Millis monotonic() const override { return m_time.now() + bootedBefore; }

    /// Somebody sets the wall clock forward or, with a negative amount, back.
    void shiftWall(Millis by) { m_wallAtStart += by; }

private:
    /// A monotonic clock counts from the machine's start, which is not the world's.
    static constexpr Millis bootedBefore{123'456};

    const EventQueue &m_time;
    Instant m_wallAtStart;
};

} // namespace strop::test
