#include "shared/net/sync_connection.h"

#include "shared/base/log.h"

namespace strop::net {
namespace {

constexpr Millis tickInterval{1000};

/// A connection that does not stand after so long is given up: a firewall may swallow it silently.
constexpr Millis connectTimeout{8000};

/// A connection that was live for so long begins with the shortest wait again. One that is cut sooner, by a
/// server whose disk is full for instance, waits longer each time.
constexpr Millis soundConnection{10'000};

QUrl syncUrl(QUrl server)
{
    server.setScheme(server.scheme() == QStringLiteral("https") ? QStringLiteral("wss")
                                                                : QStringLiteral("ws"));
    server.setPath(QStringLiteral("/v1/sync"));
    return server;
}

/// Errors that trying again cannot mend.
bool needsPerson(ErrorCode code)
{
    return code == ErrorCode::Unauthenticated || code == ErrorCode::UpdateNeeded;
}

} // namespace

SyncConnection::SyncConnection(sync::Replica &replica, const sync::DeviceIdentity &identity,
                               const Clock &clock, Random &random)
    : m_clock(clock)
    , m_url(syncUrl(identity.server))
    , m_backoff(random)
    , m_session(replica, identity.enrolment.device, identity.key, *this, clock)
    , m_offlineSince(clock.now())
{
    m_socket.setMaxAllowedIncomingMessageSize(quint64(protocol::maxServerMessageBytes));
    m_socket.setOutgoingFrameSize(protocol::maxFrameBytes);
    m_reconnect.setSingleShot(true);
    connect(&m_reconnect, &QTimer::timeout, this, &SyncConnection::connectNow);
    connect(&m_tick, &QTimer::timeout, this, &SyncConnection::tick);
    connect(&m_socket, &QWebSocket::connected, this, [this] {
        m_up = true;
        m_session.linkUp();
    });
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this,
            [this](const QByteArray &message) { m_session.receive(message); });
    connect(&m_socket, &QWebSocket::binaryFrameReceived, this, [this](const QByteArray &, bool isLast) {
        m_session.noteAlive();
        if (!isLast)
            m_session.noteProgress();
    });
    connect(&m_socket, &QWebSocket::bytesWritten, this, [this] {
        if (m_socket.bytesToWrite() > 0)
            m_session.noteProgress();
    });
    connect(&m_socket, &QWebSocket::disconnected, this, &SyncConnection::lost);
    m_session.setListener([this](sync::SessionState state) { sessionChanged(state); });
    m_session.setIdentityListener([this](const sync::DeviceIdentity &taken) { Q_EMIT identified(taken); });
}

SyncConnection::~SyncConnection()
{
    m_session.setListener({});
    m_session.setIdentityListener({});
    m_socket.disconnect(this);
}

void SyncConnection::start()
{
    m_tick.start(tickInterval);
    connectNow();
}

void SyncConnection::connectNow()
{
    if (m_problem || m_socket.state() != QAbstractSocket::UnconnectedState)
        return;
    m_reconnect.stop();
    m_attemptStarted = m_clock.monotonic();
    m_socket.open(m_url);
}

void SyncConnection::send(const QByteArray &message)
{
    m_socket.sendBinaryMessage(message);
}

void SyncConnection::close(const Error &reason)
{
    if (needsPerson(reason.code)) {
        log::error("sync.stopped", reason);
        m_problem = reason;
        // What the server says to a password that is wrong as well; here it can only mean this.
        if (reason.code == ErrorCode::Unauthenticated)
            m_problem->message = QStringLiteral(
                "The shop's server does not let this device in any more: it was removed, or the server "
                "is another one. What was booked here is kept. Pair it again.");
    } else {
        log::info("sync.interrupted", {{"code", errorCodeName(reason.code)}});
    }
    // Later: the session is in the middle of handling a message.
    QMetaObject::invokeMethod(
        this, [this] { m_socket.abort(); }, Qt::QueuedConnection);
}

void SyncConnection::tick()
{
    const bool connecting = !m_up && m_socket.state() != QAbstractSocket::UnconnectedState;
    if (connecting && m_clock.monotonic() - m_attemptStarted > connectTimeout)
        m_socket.abort();
    // A refused attempt ends without `disconnected`.
    if (!m_problem && m_socket.state() == QAbstractSocket::UnconnectedState && !m_reconnect.isActive())
        lost();
    m_session.tick();
}

void SyncConnection::lost()
{
    if (m_liveSince && m_clock.monotonic() - *m_liveSince >= soundConnection)
        m_backoff.reset();
    m_liveSince.reset();
    if (std::exchange(m_up, false))
        m_session.linkDown();
    if (!m_problem && !m_reconnect.isActive())
        m_reconnect.start(m_backoff.next());
    Q_EMIT changed();
}

void SyncConnection::sessionChanged(sync::SessionState state)
{
    if (state == sync::SessionState::Live) {
        if (!m_liveSince)
            m_liveSince = m_clock.monotonic();
        m_offlineSince.reset();
    } else if (state == sync::SessionState::Offline && !m_offlineSince) {
        m_offlineSince = m_clock.now();
    }
    Q_EMIT changed();
}

} // namespace strop::net
