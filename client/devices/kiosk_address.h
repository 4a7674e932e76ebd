#pragma once

#include <QHostAddress>
#include <QUrl>

namespace strop::client {

/// The address of a server as a kiosk on another computer can use it. `server` is how this computer reaches
/// it; where that is by the loopback, this computer is the server's, and the first IPv4 address among `own`
/// that others can reach stands in for it. Without such an address: `server` itself.
[[nodiscard]] QUrl kioskAddress(const QUrl &server, const QList<QHostAddress> &own);

/// Whether an address leads back to the computer that uses it.
[[nodiscard]] bool isLoopback(const QUrl &server);

} // namespace strop::client
