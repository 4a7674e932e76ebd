#pragma once

#include "shared/base/instant.h"
#include "shared/base/random.h"

namespace strop::net {

/// How long to wait before the next attempt: a random time between nothing and a bound that doubles with each
/// failure
/// ("full jitter": M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), so that the
/// devices of a city do not all come back at once.
class Backoff
{
public:
    explicit Backoff(Random &random, Millis base = Millis(500), Millis cap = Millis(15'000))
        : m_random(random)
        , m_base(base)
        , m_cap(cap)
    {}

    [[nodiscard]] Millis next();

    /// It worked: begin again with the shortest wait.
    void reset() { m_failures = 0; }

private:
    Random &m_random;
    Millis m_base;
    Millis m_cap;
    int m_failures = 0;
};

} // namespace strop::net
