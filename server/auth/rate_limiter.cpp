#include "server/auth/rate_limiter.h"

#include <QMutexLocker>
#include <algorithm>

namespace strop::server {

RateLimiter::RateLimiter(const Clock &clock, Limit limit, size_t maxKeys)
    : m_clock(clock)
    , m_limit(limit)
    , m_maxKeys(maxKeys)
{
    Q_ASSERT(limit.burst >= 1 && limit.refill >= Millis(1) && maxKeys >= 1);
}

bool RateLimiter::admit(const QString &key)
{
    const QMutexLocker lock(&m_mutex);
    const Millis now = m_clock.monotonic();
    Bucket &bucket = touch(key, now);
    if (wait(bucket.fullAt, now) > Millis(0))
        return false;
    bucket.fullAt = std::max(bucket.fullAt, now) + m_limit.refill;
    return true;
}

Millis RateLimiter::timeUntilAdmitted(const QString &key) const
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_byKey.find(key);
    return found == m_byKey.end() ? Millis(0) : wait(found->second->fullAt, m_clock.monotonic());
}

/// There is a token as long as at most burst - 1 are missing.
Millis RateLimiter::wait(Millis fullAt, Millis now) const
{
    return std::max(fullAt - now - m_limit.refill * (m_limit.burst - 1), Millis(0));
}

RateLimiter::Bucket &RateLimiter::touch(const QString &key, Millis now)
{
    if (const auto found = m_byKey.find(key); found != m_byKey.end()) {
        m_buckets.splice(m_buckets.begin(), m_buckets, found->second);
        return m_buckets.front();
    }
    if (m_buckets.size() == m_maxKeys) {
        m_byKey.erase(m_buckets.back().key);
        m_buckets.pop_back();
    }
    m_buckets.push_front({key, now});
    m_byKey.emplace(key, m_buckets.begin());
    return m_buckets.front();
}

} // namespace strop::server
