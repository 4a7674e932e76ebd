#include "server/hub/socket_peer.h"

#include "shared/base/log.h"

namespace strop::server {
namespace {

/// A frame above the message limit is still read up to here, so that its sender can be told what is wrong.
/// Past it the WebSocket layer closes with 1009 (RFC 6455 §7.4.1) by itself.
constexpr quint64 toleratedExcess = 4;

QWebSocketProtocol::CloseCode closeCodeFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Unavailable:
        return QWebSocketProtocol::CloseCodeGoingAway;
    case ErrorCode::StorageFull:
    case ErrorCode::StorageReadOnly:
    case ErrorCode::StorageCorrupt:
    case ErrorCode::StorageFailure:
    case ErrorCode::Internal:
        return QWebSocketProtocol::CloseCodeBadOperation; // 1011, internal error
    default:
        return QWebSocketProtocol::CloseCodePolicyViolated; // 1008
    }
}

} // namespace

SocketPeer::SocketPeer(std::unique_ptr<QWebSocket> socket, Backend &backend, const Clock &clock,
                       const DeviceSession::Settings &settings)
    : m_socket(std::move(socket))
    , m_session(std::make_shared<DeviceSession>(*this, backend, clock, settings))
    , m_maxMessageBytes(settings.maxMessageBytes)
{
    m_socket->setOutgoingFrameSize(protocol::maxFrameBytes);
    m_socket->setMaxAllowedIncomingFrameSize(toleratedExcess * quint64(m_maxMessageBytes));
    m_socket->setMaxAllowedIncomingMessageSize(toleratedExcess * quint64(m_maxMessageBytes));
    connect(m_socket.get(), &QWebSocket::binaryFrameReceived, this, &SocketPeer::takeFrame);
    connect(m_socket.get(), &QWebSocket::textFrameReceived, this, [this] {
        m_session->breach(
            {ErrorCode::MalformedFrame, QStringLiteral("Messages are binary CBOR, not text."), {}});
    });
    connect(m_socket.get(), &QWebSocket::disconnected, this, [this] {
        if (m_socket->closeCode() == QWebSocketProtocol::CloseCodeTooMuchData)
            log::warning("session.frame_too_large", {{"peer", name()}});
        Q_EMIT closed();
    });
}

void SocketPeer::takeFrame(const QByteArray &frame, bool isLast)
{
    m_session->noteAlive();
    m_partial += frame;
    if (m_partial.size() > m_maxMessageBytes) {
        m_partial.clear();
        return m_session->breach(
            {ErrorCode::FrameTooLarge,
             QStringLiteral("A message may have %1 bytes. Send less at once.").arg(m_maxMessageBytes),
             {}});
    }
    if (isLast)
        m_session->receive(std::exchange(m_partial, {}));
}

void SocketPeer::send(const QByteArray &message)
{
    m_socket->sendBinaryMessage(message);
}

void SocketPeer::close(const Error &reason)
{
    if (reason.code == ErrorCode::NetworkFailure)
        m_socket->abort(); // a dead peer would never answer a closing handshake
    else
        m_socket->close(closeCodeFor(reason.code), errorCodeName(reason.code));
}

qint64 SocketPeer::unsentBytes() const
{
    return m_socket->bytesToWrite();
}

QString SocketPeer::name() const
{
    return QStringLiteral("%1:%2").arg(m_socket->peerAddress().toString()).arg(m_socket->peerPort());
}

} // namespace strop::server
