#pragma once

#include "shared/base/clock.h"

#include <atomic>

namespace strop::test {

/// Time that passes only when a test says so. Thread-safe.
class VirtualClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return start + Millis(m_passed); }
    [[nodiscard]] Millis monotonic() const override { return Millis(m_passed); }
    void pass(Millis time) { m_passed += time.count(); }

private:
    static constexpr Instant start = instantFromMs(1'777'932'000'000); // 5 May 2026 in Berlin
    std::atomic<qint64> m_passed{0};
};

} // namespace strop::test
