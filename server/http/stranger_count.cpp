#include "server/http/stranger_count.h"

#include "server/http/peer_key.h"

#include <QMutexLocker>

namespace strop::server {

bool StrangerCount::enter(const QHostAddress &peer)
{
    const QString key = peerKey(peer);
    const bool isProxy = !m_limits.trustedProxy.isNull() &&
                         peer.isEqual(m_limits.trustedProxy, QHostAddress::ConvertV4MappedToIPv4);
    const QMutexLocker lock(&m_mutex);
    if (m_count >= m_limits.overall || (!isProxy && m_byPeer.value(key) >= m_limits.ofAddress))
        return false;
    ++m_byPeer[key];
    ++m_count;
    return true;
}

void StrangerCount::leave(const QHostAddress &peer)
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_byPeer.find(peerKey(peer));
    Q_ASSERT(found != m_byPeer.end() && m_count > 0);
    if (--*found == 0)
        m_byPeer.erase(found);
    --m_count;
}

int StrangerCount::count() const
{
    const QMutexLocker lock(&m_mutex);
    return m_count;
}

} // namespace strop::server
