#pragma once

#include "shared/base/result.h"

#include <QHostAddress>
#include <vector>

namespace strop::server {

/// A listening TCP socket (non-blocking, close-on-exec, SO_REUSEPORT, TCP_NODELAY for what it accepts), for
/// QTcpServer::setSocketDescriptor and its kin. The caller owns the descriptor. Port 0 takes a free port;
/// QHostAddress::Any serves IPv4 and IPv6.
///
/// SO_REUSEPORT lets several sockets of one user share the port: the kernel spreads connections over them.
/// Use makeListeningSockets() unless sharing with another program is meant. AlreadyExists (port taken),
/// NotPermitted, InvalidArgument (no such address here) or NetworkFailure.
[[nodiscard]] Result<int> makeListeningSocket(const QHostAddress &address, quint16 port, int backlog = 4096);

/// `count` sockets on one port, one for each thread that accepts. Fails with AlreadyExists where another
/// program listens, even one that would share the port: two servers must never split the connections between
/// them.
[[nodiscard]] Result<std::vector<int>> makeListeningSockets(const QHostAddress &address, quint16 port,
                                                            int count, int backlog = 4096);

/// The port that a socket is bound to. NetworkFailure if it is none.
[[nodiscard]] Result<quint16> localPort(int fd);

} // namespace strop::server
