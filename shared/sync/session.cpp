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
    m_reidentifying = false;
    m_rebuilds = m_replica.rebuilds();
    m_snapshotDue.reset();
    m_ackDue.reset();
    setState(SessionState::Authenticating);
}

void Session::linkDown()
{
    setState(SessionState::Offline);
    for (const Question &question : std::exchange(m_questions, {}))
        question.answer(fail(ErrorCode::NetworkFailure,
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
        m_conflicted = m_conflicted || handled.error().code == ErrorCode::IdentityConflict;
        m_link.close(handled.error());
    }
}

void Session::noteProgress()
{
    const Millis due = m_clock.monotonic() + patience;
    if (m_snapshotDue)
        m_snapshotDue = std::max(*m_snapshotDue, due);
    if (m_ackDue)
        m_ackDue = std::max(*m_ackDue, due);
    for (Question &question : m_questions)
        question.due = std::max(question.due, due);
}

bool Session::isOverdue(Millis now) const
{
    const auto past = [now](const std::optional<Millis> &due) { return due && now >= *due; };
    return past(m_snapshotDue) || past(m_ackDue) ||
           std::any_of(m_questions.begin(), m_questions.end(),
                       [&](const Question &question) { return now >= question.due; });
}

void Session::tick()
{
    if (m_state == SessionState::Offline)
        return;
    const Millis now = m_clock.monotonic();
    if (m_replica.rebuilds() != m_rebuilds) {
        // The rows are gone; from the next welcome on they are fetched again.
        m_rebuilds = m_replica.rebuilds();
        m_link.close(
            Error{ErrorCode::Unavailable, QStringLiteral("This device fetches its copy again."), {}});
        return;
    }
    if (now - m_lastReceived >= 2 * m_heartbeat || isOverdue(now)) {
        m_link.close(Error{ErrorCode::NetworkFailure, QStringLiteral("The server does not answer."), {}});
        return;
    }
    if (m_state != SessionState::Authenticating && now - m_lastSent >= m_heartbeat)
        send(Ping{});
}

void Session::push()
{
    const bool welcomed = m_state == SessionState::CatchingUp || m_state == SessionState::Live;
    if (!welcomed || m_inFlight > 0 || m_reidentifying)
        return;
    Result<std::vector<PushedMutation>> next = m_replica.outbox().unsettledAfter(m_pushedUpTo, pushBytes);
    if (!next) {
        log::error("session.failed", next.error());
        m_link.close(next.error());
        return;
    }
    if (next->empty())
        return;
    m_pushedUpTo = next->back().id;
    m_firstInFlight = next->front().id;
    m_inFlight = qsizetype(next->size());
    m_ackDue = m_clock.monotonic() + patience;
    send(Push{std::move(*next)});
}

void Session::request(const QString &method, const QCborMap &arguments, Answer answer)
{
    if (m_state != SessionState::CatchingUp && m_state != SessionState::Live) {
        answer(fail(ErrorCode::NetworkFailure,
                    QStringLiteral("This needs a connection to the server. Try again when it is back.")));
        return;
    }
    const qint64 id = ++m_lastRequest;
    m_questions[id] = {std::move(answer), m_clock.monotonic() + patience};
    send(Request{id, method, arguments});
}

bool Session::isIdle() const
{
    return m_state == SessionState::Live && m_replica.outbox().isIdle();
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
    const bool forgotten = m_replica.cursor() > 0 && m_replica.cursor() < welcome.oldest;
    if (welcome.epoch != m_replica.epoch() || forgotten)
        STROP_TRY(m_replica.startOver(welcome.epoch));
    STROP_TRY_ASSIGN(const bool continues, m_replica.resume(welcome.lastMutationId, welcome.chainHash));
    setState(SessionState::CatchingUp);
    if (!continues || m_conflicted)
        return reidentify();
    STROP_TRY(m_replica.noteDurable(welcome.durable));
    pull();
    push();
    return {};
}

Result<void> Session::reidentify()
{
    m_reidentifying = true;
    STROP_TRY_ASSIGN(const DeviceIdentity known, loadIdentity(m_replica.folder()));
    if (known.enrolment.device != m_device)
        return takeOn(known); // the disk failed between the file and the queue
    STROP_TRY_ASSIGN(const crypto::SigningKey next, prepareFork(m_replica.folder()));
    log::warning("session.reidentifies", {{"device", m_device.toString()}});
    request(QStringLiteral("device.fork"), {{QStringLiteral("publicKey"), next.publicKey()}},
            [this](const Result<QCborMap> &answer) { enrolled(answer); });
    return {};
}

void Session::enrolled(const Result<QCborMap> &answer)
{
    if (m_state == SessionState::Offline)
        return; // asked again over the next link, with the same key
    Result<void> done = answer.map([](const QCborMap &) {});
    if (answer) {
        const Result<Enrolment> enrolment = enrolmentFromJson(answer->toJsonObject());
        const Result<DeviceIdentity> identity =
            enrolment ? adoptFork(m_replica.folder(), *enrolment) : tl::unexpected(enrolment.error());
        done = identity ? takeOn(*identity) : tl::unexpected(identity.error());
    }
    if (done)
        return;
    log::error("session.not_reidentified", done.error());
    // Whatever it was, a person could do no more than wait.
    m_link.close(Error{ErrorCode::Unavailable, done.error().message, done.error().detail});
}

Result<void> Session::takeOn(const DeviceIdentity &identity)
{
    const Enrolment &enrolment = identity.enrolment;
    STROP_TRY(m_replica.adopt({enrolment.business, enrolment.device, enrolment.role, enrolment.shop}));
    log::warning("session.reidentified",
                 {{"former", m_device.toString()}, {"device", enrolment.device.toString()}});
    m_device = enrolment.device;
    m_key = identity.key;
    m_conflicted = false;
    if (m_identityListener)
        m_identityListener(identity);
    m_link.close(
        Error{ErrorCode::Unavailable, QStringLiteral("This device connects again under a new name."), {}});
    return {};
}

Result<void> Session::handle(const Ack &ack)
{
    STROP_TRY(requireWelcomed());
    STROP_TRY(m_replica.settle(ack));
    STROP_TRY(m_replica.noteDurable(ack.durable));
    // The outcome of what was gathered before may come while the next push is under way.
    if (ack.settled.empty() || ack.settled.back().id >= m_firstInFlight) {
        m_inFlight = 0;
        m_ackDue.reset();
    }
    // Gathered by a server that was restored: the outcome comes when all devices had their time.
    if (ack.settled.empty())
        m_ackDue = m_clock.monotonic() + 2 * patience;
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
    m_snapshotDue.reset();
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
    if (const Answer answer = m_questions.take(response.id).answer)
        answer(response.error ? Result<QCborMap>(tl::unexpected(*response.error))
                              : Result<QCborMap>(response.result));
    return {};
}

Result<void> Session::handle(const Pong &pong)
{
    STROP_TRY(requireWelcomed());
    // What was sent before it has come before it, or never will.
    if (m_state == SessionState::Live && pong.version > m_replica.cursor())
        return handle(Behind{});
    return {};
}

Result<void> Session::handle(const ErrorMessage &message)
{
    return tl::unexpected(message.error);
}

void Session::pull()
{
    m_snapshotDue = m_clock.monotonic() + patience;
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
