#include "client/devices/kiosk_address.h"

#include <algorithm>

namespace strop::client {

bool isLoopback(const QUrl &server)
{
    return server.host() == QStringLiteral("localhost") || QHostAddress(server.host()).isLoopback();
}

QUrl kioskAddress(const QUrl &server, const QList<QHostAddress> &own)
{
    const auto reachable = [](const QHostAddress &address) {
        return address.protocol() == QAbstractSocket::IPv4Protocol && !address.isLoopback() &&
               !address.isLinkLocal();
    };
    const auto found = std::find_if(own.begin(), own.end(), reachable);
    if (!isLoopback(server) || found == own.end())
        return server;
    QUrl outside = server;
    outside.setHost(found->toString());
    return outside;
}

} // namespace strop::client
