#include "server/http/peer_key.h"

#include <algorithm>

namespace strop::server {
namespace {

constexpr int networkBits = 64;

/// Of several header lines the last counts: a proxy appends its own.
QByteArray forwardedForOf(const QHttpServerRequest &request)
{
    QByteArray last;
    for (const auto &[name, value] : request.headers()) {
        if (name.compare("x-forwarded-for", Qt::CaseInsensitive) == 0)
            last = value;
    }
    return last;
}

} // namespace

QString peerKey(const QHostAddress &host)
{
    bool isV4 = false;
    const quint32 v4 = host.toIPv4Address(&isV4); // of an IPv4-mapped IPv6 address too
    if (isV4)
        return QHostAddress(v4).toString();
    Q_IPV6ADDR network = host.toIPv6Address();
    std::fill(std::begin(network.c) + networkBits / 8, std::end(network.c), quint8(0));
    return QStringLiteral("%1/%2").arg(QHostAddress(network).toString()).arg(networkBits);
}

QString peerKey(const QHttpServerRequest &request, const QHostAddress &trustedProxy)
{
    const QHostAddress peer = request.remoteAddress();
    if (trustedProxy.isNull() || !peer.isEqual(trustedProxy, QHostAddress::ConvertV4MappedToIPv4))
        return peerKey(peer);
    const QHostAddress forwarded = lastForwarded(forwardedForOf(request));
    return peerKey(forwarded.isNull() ? peer : forwarded);
}

QHostAddress lastForwarded(const QByteArray &forwardedFor)
{
    const qsizetype comma = forwardedFor.lastIndexOf(',');
    return QHostAddress(QString::fromLatin1(forwardedFor.mid(comma + 1).trimmed()));
}

} // namespace strop::server
