#include "shared/net/backoff.h"

namespace strop::net {

Millis Backoff::next()
{
    constexpr int mostDoublings = 16;
    const Millis bound = std::min(m_cap, m_base * (1 << std::min(m_failures, mostDoublings)));
    ++m_failures;
    return Millis(qint64(m_random.below(quint64(bound.count()) + 1)));
}

} // namespace strop::net
