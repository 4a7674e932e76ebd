#pragma once

#include "shared/protocol/codec.h"
#include "shared/sync/device_identity.h"
#include "tests/unit/eventually.h"

#include <QWebSocket>

namespace strop::test {

/// A stranger or a device that says whatever a test wants over a real WebSocket.
class RawClient
{
public:
    explicit RawClient(QUrl server, const QString &path = QStringLiteral("/v1/sync"))
    {
        QObject::connect(
            &m_socket, &QWebSocket::binaryMessageReceived, &m_socket, [this](const QByteArray &bytes) {
                if (const auto message = protocol::decode(bytes, protocol::maxServerMessageBytes))
                    received.push_back(*message);
            });
        QObject::connect(&m_socket, &QWebSocket::connected, &m_socket, [this] {
            m_address =
                QStringLiteral("%1:%2").arg(m_socket.localAddress().toString()).arg(m_socket.localPort());
        });
        QObject::connect(&m_socket, &QWebSocket::disconnected, &m_socket, [this] { m_closed = true; });
        server.setScheme(QStringLiteral("ws"));
        server.setPath(path);
        m_socket.open(server);
    }

    /// Waits for the challenge.
    [[nodiscard]] bool isChallenged()
    {
        return eventually([this] { return !received.empty(); });
    }

    void send(const protocol::Message &message) { m_socket.sendBinaryMessage(protocol::encode(message)); }
    void sendBytes(const QByteArray &bytes) { m_socket.sendBinaryMessage(bytes); }
    void sendInOneFrame(const QByteArray &bytes)
    {
        m_socket.setOutgoingFrameSize(quint64(bytes.size()));
        m_socket.sendBinaryMessage(bytes);
    }
    void sendText(const QString &text) { m_socket.sendTextMessage(text); }

    /// The proof that the device of that identity gives to the challenge.
    void sayHello(const sync::DeviceIdentity &identity)
    {
        const DeviceId device = identity.enrolment.device;
        const QByteArray nonce = std::get<protocol::Challenge>(received.front()).nonce;
        send(protocol::Hello{
            protocol::version, device, identity.key.sign(protocol::signedText(nonce, device)), 0, {}});
    }

    /// Waits for a message of that type.
    template <typename Message>
    [[nodiscard]] bool gets()
    {
        return eventually([this] { return last<Message>().has_value(); });
    }
    template <typename Message>
    [[nodiscard]] std::optional<Message> last() const
    {
        for (auto message = received.rbegin(); message != received.rend(); ++message) {
            if (const auto *found = std::get_if<Message>(&*message))
                return *found;
        }
        return std::nullopt;
    }

    /// Waits for the end of the connection.
    [[nodiscard]] bool isClosed()
    {
        return eventually([this] { return m_closed; });
    }
    [[nodiscard]] bool stands() const { return !m_closed; }
    [[nodiscard]] int closeCode() const { return m_socket.closeCode(); }

    /// As the server sees it.
    [[nodiscard]] const QString &address() const { return m_address; }
    void leave() { m_socket.close(); }

    std::vector<protocol::Message> received;

private:
    QWebSocket m_socket;
    QString m_address;
    bool m_closed = false;
};

} // namespace strop::test
