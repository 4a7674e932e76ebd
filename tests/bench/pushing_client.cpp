#include "tests/bench/pushing_client.h"

#include "shared/protocol/codec.h"

namespace strop::bench {

using namespace protocol;

namespace {

constexpr int heartbeatMs = 2000;

} // namespace

PushingClient::PushingClient(EnrolledDevice device, const QUrl &server)
    : m_device(std::move(device))
{
    QObject::connect(&m_socket, &QWebSocket::binaryMessageReceived, &m_socket,
                     [this](const QByteArray &bytes) { receive(bytes); });
    QObject::connect(&m_socket, &QWebSocket::disconnected, &m_socket, [this] {
        if (m_problem.isEmpty())
            m_problem = m_socket.closeReason().isEmpty() ? m_socket.errorString() : m_socket.closeReason();
    });
    QObject::connect(&m_heartbeat, &QTimer::timeout, &m_socket, [this] { send(Ping{}); });
    QUrl url = server;
    url.setScheme(QStringLiteral("ws"));
    url.setPath(QStringLiteral("/v1/sync"));
    m_socket.open(url);
}

void PushingClient::push(Mutations mutations, std::function<void(Nanoseconds)> settled)
{
    m_acked = std::move(settled);
    m_pushed = Stopwatch::now();
    send(Push{std::move(mutations)});
}

void PushingClient::receive(const QByteArray &bytes)
{
    // A delta is only read: what it costs a device is another figure.
    if (bytes.startsWith("\x84\x65"
                         "delta"))
        return;
    const Result<Message> message = decode(bytes, maxServerMessageBytes);
    if (message)
        std::visit([this](const auto &one) { handle(one); }, *message);
    else
        m_problem = message.error().message;
}

void PushingClient::handle(const Challenge &challenge)
{
    const DeviceId id = m_device.device.id;
    send(Hello{protocol::version, id, m_device.key.sign(signedText(challenge.nonce, id)), 0, {}});
}

void PushingClient::handle(const Welcome &)
{
    send(Pull{0});
}

void PushingClient::handle(const Snapshot &snapshot)
{
    m_live = snapshot.final;
    m_heartbeat.start(heartbeatMs);
    if (!snapshot.final)
        send(Pull{snapshot.batch.to});
}

void PushingClient::handle(const Behind &)
{
    m_problem = QStringLiteral("The server dropped deltas of this device.");
}

void PushingClient::handle(const Ack &ack)
{
    const Nanoseconds took = Stopwatch::now() - m_pushed;
    for (const Settled &one : ack.settled)
        ++(one.rejection ? m_rejected : m_settled);
    if (const auto acked = std::exchange(m_acked, {}))
        acked(took);
}

void PushingClient::send(const Message &message)
{
    m_socket.sendBinaryMessage(encode(message));
}

} // namespace strop::bench
