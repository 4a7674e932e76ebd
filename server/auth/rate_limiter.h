#pragma once

#include "shared/base/clock.h"

#include <QMutex>
#include <QString>
#include <list>
#include <unordered_map>

namespace strop::server {

/// A bucket of tokens for each key (a peer's address, an account, a pairing code): full at first, one token
/// an attempt, one token back every `refill`.
///
/// Kept as the generic cell rate algorithm (ITU-T I.371, annex A), one instant a key: when its bucket will be
/// full. Memory is bounded: past `maxKeys`, the key that tried longest ago is forgotten, and starts with a
/// full bucket should it come back. Thread-safe: share one between threads, or the limit counts for each.
class RateLimiter
{
public:
    struct Limit
    {
        int burst = 1;             ///< Attempts at once from a full bucket; at least 1.
        Millis refill = Millis(1); ///< Time for one token to come back; at least 1 ms.
    };

    /// The clock must outlive the limiter. `maxKeys` is at least 1.
    RateLimiter(const Clock &clock, Limit limit, size_t maxKeys = 10'000);

    /// Takes a token. False, at no cost to the key, if there is none.
    [[nodiscard]] bool admit(const QString &key);

    /// How long until admit() would succeed; 0 if it would now.
    [[nodiscard]] Millis timeUntilAdmitted(const QString &key) const;

private:
    struct Bucket
    {
        QString key;
        Millis fullAt; ///< On the clock's monotonic time.
    };

    [[nodiscard]] Millis wait(Millis fullAt, Millis now) const;
    Bucket &touch(const QString &key, Millis now);

    const Clock &m_clock;
    const Limit m_limit;
    const size_t m_maxKeys;
    mutable QMutex m_mutex;
    std::list<Bucket> m_buckets; ///< The one tried last comes first.
    std::unordered_map<QString, std::list<Bucket>::iterator> m_byKey;
};

} // namespace strop::server
