#pragma once

#include "server/auth/limits.h"

#include <QHash>
#include <QHostAddress>
#include <QMutex>

namespace strop::server {

/// How many connections of strangers there are, over all hub threads. Thread-safe.
class StrangerCount
{
public:
    struct Limits
    {
        int ofAddress = limits::strangersOfAddress; ///< For an IPv6 peer, of its network (peerKey).
        int overall = limits::strangers;
        QHostAddress trustedProxy; ///< Whose connections come from everywhere: only `overall` counts there.
    };

    explicit StrangerCount(const Limits &limits)
        : m_limits(limits)
    {}

    /// One more from there; false when that would be too many. Each that came in leaves once.
    [[nodiscard]] bool enter(const QHostAddress &peer);
    void leave(const QHostAddress &peer);

    [[nodiscard]] int count() const;

private:
    Limits m_limits;
    mutable QMutex m_mutex;
    QHash<QString, int> m_byPeer;
    int m_count = 0;
};

} // namespace strop::server
