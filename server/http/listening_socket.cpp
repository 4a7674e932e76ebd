#include "server/http/listening_socket.h"

#include <QNetworkInterface>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace strop::server {
namespace {

/// Closes its descriptor unless released.
class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {}
    Descriptor(Descriptor &&other) noexcept
        : m_fd(other.release())
    {}
    Descriptor &operator=(Descriptor &&) = delete;
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] int release() { return std::exchange(m_fd, -1); }

private:
    int m_fd;
};

struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);

    [[nodiscard]] sockaddr *get() { return reinterpret_cast<sockaddr *>(&storage); }
};

enum class Sharing { Exclusive, Shared };

SocketAddress toSocketAddress(const QHostAddress &address, quint16 port)
{
    SocketAddress result;
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        auto *v4 = reinterpret_cast<sockaddr_in *>(&result.storage);
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        v4->sin_addr.s_addr = htonl(address.toIPv4Address());
        result.size = sizeof(sockaddr_in);
    } else {
        auto *v6 = reinterpret_cast<sockaddr_in6 *>(&result.storage);
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        v6->sin6_scope_id = quint32(QNetworkInterface::interfaceIndexFromName(address.scopeId()));
        std::memcpy(&v6->sin6_addr, &bytes, sizeof(bytes));
        result.size = sizeof(sockaddr_in6);
    }
    return result;
}

QString endpointName(const QHostAddress &address, quint16 port)
{
    const bool needsBrackets = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (needsBrackets ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
        .arg(address == QHostAddress(QHostAddress::Any) ? QStringLiteral("*") : address.toString())
        .arg(port);
}

tl::unexpected<Error> systemFailure(const QHostAddress &address, quint16 port, const char *call)
{
    const int reason = errno;
    const QString endpoint = endpointName(address, port);
    const QString detail = QStringLiteral("%1: %2").arg(QLatin1String(call), QLatin1String(strerror(reason)));
    switch (reason) {
    case EADDRINUSE:
        return fail(
            ErrorCode::AlreadyExists,
            QStringLiteral("%1 is in use by another program. Stop that program or listen on another port.")
                .arg(endpoint),
            detail);
    case EACCES:
        return fail(
            ErrorCode::NotPermitted,
            QStringLiteral("%1 may not be used. Choose a port above 1023 or grant CAP_NET_BIND_SERVICE.")
                .arg(endpoint),
            detail);
    case EADDRNOTAVAIL:
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("%1 is not an address of this machine. Listen on one that it has, or on "
                                   "0.0.0.0 for all.")
                        .arg(address.toString()),
                    detail);
    default:
        return fail(
            ErrorCode::NetworkFailure,
            QStringLiteral("%1 cannot be listened on: %2.").arg(endpoint, QLatin1String(strerror(reason))),
            detail);
    }
}

bool enable(int fd, int level, int option)
{
    const int on = 1;
    return ::setsockopt(fd, level, option, &on, sizeof(on)) == 0;
}

Result<Descriptor> makeBoundSocket(const QHostAddress &address, quint16 port, Sharing sharing)
{
    SocketAddress name = toSocketAddress(address, port);
    Descriptor socket(::socket(name.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (socket.get() < 0)
        return systemFailure(address, port, "socket");
    const int onlyV6 = address == QHostAddress(QHostAddress::Any) ? 0 : 1;
    if (name.storage.ss_family == AF_INET6 &&
        ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &onlyV6, sizeof(onlyV6)) != 0)
        return systemFailure(address, port, "setsockopt");
    // Connections of a server that has just stopped linger in TIME_WAIT: SO_REUSEADDR lets its successor
    // start.
    if (!enable(socket.get(), SOL_SOCKET, SO_REUSEADDR))
        return systemFailure(address, port, "setsockopt");
    if (sharing == Sharing::Shared && !enable(socket.get(), SOL_SOCKET, SO_REUSEPORT))
        return systemFailure(address, port, "setsockopt");
    if (::bind(socket.get(), name.get(), name.size) != 0)
        return systemFailure(address, port, "bind");
    return socket;
}

} // namespace

Result<int> makeListeningSocket(const QHostAddress &address, quint16 port, int backlog)
{
    STROP_TRY_ASSIGN(Descriptor socket, makeBoundSocket(address, port, Sharing::Shared));
    // Accepted sockets inherit it: small frames must not wait for the peer's delayed acknowledgement.
    if (!enable(socket.get(), IPPROTO_TCP, TCP_NODELAY))
        return systemFailure(address, port, "setsockopt");
    if (::listen(socket.get(), backlog) != 0)
        return systemFailure(address, port, "listen");
    return socket.release();
}

Result<std::vector<int>> makeListeningSockets(const QHostAddress &address, quint16 port, int count,
                                              int backlog)
{
    Q_ASSERT(count > 0);
    // A socket that does not share tells whether anybody else is there. It is closed again at once.
    STROP_TRY(makeBoundSocket(address, port, Sharing::Exclusive));

    std::vector<Descriptor> sockets;
    for (int i = 0; i < count; ++i) {
        STROP_TRY_ASSIGN(const int fd, makeListeningSocket(address, port, backlog));
        sockets.emplace_back(fd);
        STROP_TRY_ASSIGN(port, localPort(fd));
    }
    std::vector<int> released;
    for (Descriptor &socket : sockets)
        released.push_back(socket.release());
    return released;
}

Result<quint16> localPort(int fd)
{
    SocketAddress name;
    if (::getsockname(fd, name.get(), &name.size) != 0)
        return fail(ErrorCode::NetworkFailure, QStringLiteral("The port of a socket cannot be read."),
                    QLatin1String(strerror(errno)));
    switch (name.storage.ss_family) {
    case AF_INET:
        return ntohs(reinterpret_cast<const sockaddr_in *>(&name.storage)->sin_port);
    case AF_INET6:
        return ntohs(reinterpret_cast<const sockaddr_in6 *>(&name.storage)->sin6_port);
    default:
        return fail(ErrorCode::NetworkFailure, QStringLiteral("The socket is not bound to a port."));
    }
}

} // namespace strop::server
