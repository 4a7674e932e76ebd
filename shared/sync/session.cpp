#include "shared/sync/session.h"

#include "shared/base/log.h"
#include "shared/protocol/codec.h"

namespace strop::sync {

using namespace protocol;

namespace {

/// Half of what the server takes in one message, which leaves room for the CBOR around it.
constexpr qsizetype pushBytes = maxDeviceMessageBytes / 2;

} // namespace

Session::Session(Replica &replica, DeviceId device, crypto::SigningKey key, Link &link, const Clock &clock)
    : m_replica(replica)
    , m_device(device)
    , m_key(std::move(key))
    , m_link(link)
    , m_clock(clock)
{}

void Session::linkUp()
{
    m_lastSent = m_lastReceived = m_clock.monotonic();
    m_pullAgain = false;
    m_pushedUpTo = 0;
    m_inFlight = 0;
    setState(SessionState::Authenticating);
}

void Session::linkDown()
{
    setState(SessionState::Offline);
    for (const Answer &answer : std::exchange(m_answers, {}))
        answer(fail(ErrorCode::NetworkFailure,
                    QStringLiteral("The connection was lost. Try again when it is back.")));
}

void Session::receive(const QByteArray &message)
{
    noteAlive();
    const Result<Message> decoded = decode(message, maxServerMessageBytes);
    const Result<void> handled = decoded
                                     ? std::visit([this](const auto &one) { return handle(one); }, *decoded)
                                     : tl::unexpected(decoded.error());
    if (!handled) {
        log::error("session.failed", handled.error());
        m_link.close(handled.error());
    }
}

void Session::tick()
{
    if (m_state == SessionState::Offline)
        return;
    const Millis now = m_clock.monotonic();
    if (now - m_lastReceived >= 2 * m_heartbeat) {
        m_link.close(Error{ErrorCode::NetworkFailure, QStringLiteral("The server does not answer."), {}});
        return;
    }
    if (m_state != SessionState::Authenticating && now - m_lastSent >= m_heartbeat)
        send(Ping{});
}

void Session::push()
{
    const bool welcomed = m_state == SessionState::CatchingUp || m_state == SessionState::Live;
    if (!welcomed || m_inFlight > 0)
        return;
    std::vector<PushedMutation> next = m_replica.outbox().unsettledAfter(m_pushedUpTo, pushBytes);
    if (next.empty())
        return;
    m_pushedUpTo = next.back().id;
    m_inFlight = qsizetype(next.size());
    send(Push{std::move(next)});
}

void Session::request(const QString &method, const QCborMap &arguments, Answer answer)
{
    if (m_state != SessionState::CatchingUp && m_state != SessionState::Live) {
        answer(fail(ErrorCode::NetworkFailure,
                    QStringLiteral("This needs a connection to the server. Try again when it is back.")));
        return;
    }
    const qint64 id = ++m_lastRequest;
    m_answers[id] = std::move(answer);
    send(Request{id, method, arguments});
}

bool Session::isIdle() const
{
    return m_state == SessionState::Live && m_replica.outbox().entries().empty();
}

Result<void> Session::requireWelcomed() const
{
    if (m_state == SessionState::CatchingUp || m_state == SessionState::Live)
        return {};
    return fail(ErrorCode::OutOfOrder, QStringLiteral("The server sent data before its welcome."));
}

Result<void> Session::handle(const Challenge &challenge)
{
    if (m_state != SessionState::Authenticating || challenge.nonce.size() != nonceBytes)
        return fail(ErrorCode::OutOfOrder,
                    QStringLiteral("The server's challenge came at the wrong moment."));
    send(Hello{protocol::version, m_device, m_key.sign(signedText(challenge.nonce, m_device)),
               m_replica.cursor(), m_replica.epoch()});
    return {};
}

Result<void> Session::handle(const Welcome &welcome)
{
    if (m_state != SessionState::Authenticating)
        return fail(ErrorCode::OutOfOrder, QStringLiteral("The server's welcome came at the wrong moment."));
    m_heartbeat = Millis(std::clamp<qint64>(welcome.heartbeatMs, 1000, 60'000));
    if (welcome.epoch != m_replica.epoch())
        STROP_TRY(m_replica.startOver(welcome.epoch));
    setState(SessionState::CatchingUp);
    pull();
    push();
    return {};
}

Result<void> Session::handle(const Ack &ack)
{
    STROP_TRY(requireWelcomed());
    STROP_TRY(m_replica.settle(ack));
    m_inFlight = 0;
    push();
    return {};
}

Result<void> Session::handle(const Delta &delta)
{
    STROP_TRY(requireWelcomed());
    STROP_TRY_ASSIGN(const bool contiguous, m_replica.applyBatch(delta.batch));
    if (!contiguous && m_state == SessionState::Live)
        return handle(Behind{});
    return {};
}

Result<void> Session::handle(const Snapshot &snapshot)
{
    STROP_TRY(requireWelcomed());
    STROP_TRY(m_replica.applyBatch(snapshot.batch));
    if (!snapshot.final || std::exchange(m_pullAgain, false)) {
        pull();
        return {};
    }
    STROP_TRY(m_replica.noteCaughtUp());
    setState(SessionState::Live);
    return {};
}

Result<void> Session::handle(const Behind &)
{
    STROP_TRY(requireWelcomed());
    // One pull at a time; and what was dropped may be newer than what the one under way brings.
    if (m_state == SessionState::CatchingUp) {
        m_pullAgain = true;
        return {};
    }
    setState(SessionState::CatchingUp);
    pull();
    return {};
}

Result<void> Session::handle(const Response &response)
{
    STROP_TRY(requireWelcomed());
    if (const Answer answer = m_answers.take(response.id))
        answer(response.error ? Result<QCborMap>(tl::unexpected(*response.error))
                              : Result<QCborMap>(response.result));
    return {};
}

Result<void> Session::handle(const Pong &)
{
    return {};
}

Result<void> Session::handle(const ErrorMessage &message)
{
    return tl::unexpected(message.error);
}

void Session::pull()
{
    send(Pull{m_replica.cursor()});
}

void Session::send(const Message &message)
{
    m_lastSent = m_clock.monotonic();
    m_link.send(encode(message));
}

void Session::setState(SessionState state)
{
    if (std::exchange(m_state, state) != state && m_listener)
        m_listener(state);
}

} // namespace strop::sync
