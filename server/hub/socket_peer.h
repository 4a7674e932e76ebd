#pragma once

#include "server/hub/device_session.h"

#include <QWebSocket>

namespace strop::server {

/// A device's WebSocket with its session. Lives on one hub thread. Deletes nothing of itself: the owner does,
/// when `closed` tells it.
class SocketPeer final : public QObject, public Peer
{
    Q_OBJECT
public:
    SocketPeer(std::unique_ptr<QWebSocket> socket, Backend &backend, const Clock &clock,
               const DeviceSession::Settings &settings);

    [[nodiscard]] DeviceSession &session() { return *m_session; }

    /// Sends the challenge.
    void start() { m_session->start(); }

    void send(const QByteArray &message) override;
    void close(const Error &reason) override;
    [[nodiscard]] qint64 unsentBytes() const override;
    [[nodiscard]] QString name() const override;

Q_SIGNALS:
    void closed();

private:
    void takeFrame(const QByteArray &frame, bool isLast);

    std::unique_ptr<QWebSocket> m_socket;
    std::shared_ptr<DeviceSession> m_session;
    QByteArray m_partial; ///< Frames of a message that is not whole yet.
    qsizetype m_maxMessageBytes;
};

} // namespace strop::server
