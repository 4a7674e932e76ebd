#include "tests/load/load_device.h"

#include "shared/protocol/codec.h"
#include "tests/load/send_mark.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace strop::load {

using namespace protocol;
using bench::Stopwatch;

namespace {

/// A little less than the server's default heartbeat, since devices are looked after about once a second.
constexpr std::chrono::milliseconds silence{2800};

/// How an encoded Delta begins: an array of four, then the text of its type (RFC 8949 §3.1).
const QByteArray deltaStart = QByteArrayLiteral("\x84\x65"
                                                "delta");

const QByteArray endOfHeaders = QByteArrayLiteral("\r\n\r\n");

QString lastSystemError()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

} // namespace

LoadDevice::~LoadDevice()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

LoadDevice::LoadDevice(LoadDevice &&other) noexcept
    : m_member(std::move(other.m_member))
    , m_tally(other.m_tally)
    , m_socket(std::exchange(other.m_socket, -1))
    , m_state(other.m_state)
    , m_frames(std::move(other.m_frames))
    , m_cursor(other.m_cursor)
    , m_lastSent(other.m_lastSent)
    , m_acked(std::move(other.m_acked))
    , m_problem(std::move(other.m_problem))
{}

Result<void> LoadDevice::connect(quint16 port)
{
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // On loopback a connection stands as soon as there is room in the listener's backlog.
    if (m_socket < 0 ||
        ::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return fail(ErrorCode::NetworkFailure, QStringLiteral("A device could not connect."),
                    lastSystemError());
    const int yes = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    m_state = State::Upgrading;
    if (!write(upgradeRequest("127.0.0.1:" + QByteArray::number(port), "/v1/sync")))
        return fail(ErrorCode::NetworkFailure, QStringLiteral("A device could not connect."), m_problem);
    return {};
}

void LoadDevice::readable(QByteArray &scratch)
{
    const ssize_t size = ::recv(m_socket, scratch.data(), size_t(scratch.size()), MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size <= 0)
        return lose(size == 0 ? QStringLiteral("the server closed") : lastSystemError());
    QByteArrayView bytes(scratch.constData(), size);
    if (m_state == State::Upgrading) {
        // The server's answer comes in one piece on loopback.
        const qsizetype end = bytes.indexOf(endOfHeaders);
        if (end < 0 || !bytes.startsWith("HTTP/1.1 101"))
            return lose(QStringLiteral("the server did not upgrade the connection"));
        m_state = State::Authenticating;
        bytes = bytes.sliced(end + endOfHeaders.size());
    }
    if (!m_frames.feed(bytes, [this](QByteArrayView message) { receive(message); }))
        lose(QStringLiteral("the server closed the WebSocket"));
}

void LoadDevice::keepAlive(Stopwatch::time_point now)
{
    if ((m_state == State::Live || m_state == State::CatchingUp) && now - m_lastSent >= silence)
        send(Ping{});
}

void LoadDevice::send(const Message &message)
{
    write(clientFrame(encode(message)));
}

bool LoadDevice::write(const QByteArray &bytes)
{
    m_lastSent = Stopwatch::now();
    // What a device sends is far below the socket's buffer.
    const bool sent = ::send(m_socket, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL) == bytes.size();
    if (!sent)
        lose(lastSystemError());
    return sent;
}

void LoadDevice::lose(const QString &why)
{
    if (m_state == State::Lost)
        return;
    m_state = State::Lost;
    m_problem = why;
    ::close(std::exchange(m_socket, -1));
}

void LoadDevice::receive(QByteArrayView message)
{
    if (message.startsWith(deltaStart))
        return count(message);
    const Result<Message> decoded = decode(message.toByteArray(), maxServerMessageBytes);
    if (!decoded)
        return lose(decoded.error().message);
    std::visit([this](const auto &one) { handle(one); }, *decoded);
}

void LoadDevice::count(QByteArrayView delta)
{
    m_tally.last = Stopwatch::now();
    eachMark(delta, [this](Stopwatch::time_point sent) {
        ++m_tally.deliveries;
        m_tally.latencies.add(m_tally.last - sent);
    });
}

void LoadDevice::handle(const Challenge &challenge)
{
    const Result<crypto::SigningKey> key = crypto::SigningKey::fromSeed(m_member.seed);
    if (!key)
        return lose(key.error().message);
    send(Hello{
        protocol::version, m_member.device, key->sign(signedText(challenge.nonce, m_member.device)), 0, {}});
}

void LoadDevice::handle(const Welcome &welcome)
{
    m_state = State::CatchingUp;
    m_cursor = welcome.head;
    send(Pull{m_cursor});
}

void LoadDevice::handle(const Snapshot &snapshot)
{
    m_cursor = snapshot.batch.to;
    if (snapshot.final)
        m_state = State::Live;
    else
        send(Pull{m_cursor});
}

void LoadDevice::handle(const Behind &)
{
    ++m_tally.behind;
    send(Pull{m_cursor});
}

void LoadDevice::handle(const Ack &ack)
{
    if (m_acked)
        m_acked(ack);
}

} // namespace strop::load
