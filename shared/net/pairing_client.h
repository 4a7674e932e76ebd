#pragma once

#include "shared/sync/device_identity.h"

#include <QNetworkAccessManager>
#include <variant>

namespace strop::net {

using PairingRequest = std::variant<protocol::CreateBusiness, protocol::JoinByPassword, protocol::JoinByCode>;

/// What a person types for a server's address, as a URL: "shop.example:8420" gets http://, a trailing slash
/// goes. InvalidArgument for what cannot be one.
[[nodiscard]] Result<QUrl> serverUrl(const QString &typed);

/// Makes this device known to a server. Lives on one thread with an event loop.
class PairingClient final : public QObject
{
    Q_OBJECT
public:
    using Done = std::function<void(Result<sync::DeviceIdentity>)>;

    /// Makes a key pair, puts its public half and `deviceName` into the request, sends it, and keeps the
    /// identity in `folder` before it reports it. `done` is called once, later, unless the client is gone by
    /// then. An error leaves the folder as it was.
    void pair(const QUrl &server, PairingRequest request, const QString &deviceName, const QString &folder,
              Done done);

private:
    QNetworkAccessManager m_network;
};

} // namespace strop::net
