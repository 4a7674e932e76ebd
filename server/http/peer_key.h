#pragma once

#include <QHostAddress>
#include <QHttpServerRequest>
#include <QString>

namespace strop::server {

/// Under which name the attempts of a host are counted: its IPv4 address, or its IPv6 network of 64 bits,
/// because a host there has as many addresses as it likes.
[[nodiscard]] QString peerKey(const QHostAddress &host);

/// The same for who sent a request: the peer of the connection, or, where that is the trusted proxy, the last
/// element of X-Forwarded-For. Whoever sits behind the proxy may have written the elements before; the last
/// is the proxy's own. The proxy itself if it wrote none.
[[nodiscard]] QString peerKey(const QHttpServerRequest &request, const QHostAddress &trustedProxy);

/// The host that an X-Forwarded-For ends with; null if it ends with none.
[[nodiscard]] QHostAddress lastForwarded(const QByteArray &forwardedFor);

} // namespace strop::server
