#include "server/hub/device_session.h"

#include "server/auth/limits.h"
#include "shared/base/log.h"
#include "shared/crypto/digest.h"
#include "shared/crypto/signing.h"
#include "shared/protocol/codec.h"

namespace strop::server {

using namespace protocol;

namespace {

/// What a peer without a welcome may leave unread: the WebSocket layer answers its pings without asking.
constexpr qint64 strangersUnsentBytes = 64 * 1024;

} // namespace

DeviceSession::DeviceSession(Peer &peer, Backend &backend, const Clock &clock, const Settings &settings)
    : m_peer(peer)
    , m_backend(backend)
    , m_clock(clock)
    , m_settings(settings)
{}

void DeviceSession::start()
{
    m_lastReceived = m_clock.monotonic();
    m_nonce = crypto::randomBytes(nonceBytes);
    send(Challenge{m_nonce});
}

void DeviceSession::noteAlive()
{
    // A stranger has from start() to its hello, however much it says.
    if (m_state == State::Welcomed)
        m_lastReceived = m_clock.monotonic();
}

void DeviceSession::receive(const QByteArray &message)
{
    if (m_state == State::Closed || giveUpOverfull())
        return;
    noteAlive();
    const Result<Message> decoded = decode(message, m_settings.maxMessageBytes);
    if (!decoded)
        return breach(decoded.error());
    std::visit([this](const auto &one) { handle(one); }, *decoded);
}

void DeviceSession::breach(const Error &error)
{
    if (std::exchange(m_state, State::Closed) == State::Closed)
        return;
    m_closedAt = m_clock.monotonic();
    log::warning("session.refused", {{"peer", m_peer.name()},
                                     {"device", m_device ? m_device->id.toString() : QString()},
                                     {"code", errorCodeName(error.code)},
                                     {"message", error.message}});
    send(ErrorMessage{error});
    m_peer.close(error);
}

bool DeviceSession::mayTalk(bool busy)
{
    if (m_state == State::Welcomed && !busy)
        return true;
    breach({ErrorCode::OutOfOrder, QStringLiteral("That message may not come at this moment."), {}});
    return false;
}

void DeviceSession::handle(const Hello &hello)
{
    if (m_state != State::AwaitingHello)
        return breach({ErrorCode::OutOfOrder, QStringLiteral("The hello came at the wrong moment."), {}});
    if (hello.version < protocol::oldestVersion || hello.version > protocol::version)
        return breach({ErrorCode::UpdateNeeded,
                       QStringLiteral(
                           "This server speaks the versions %1 to %2 of the protocol. Update the older side.")
                           .arg(protocol::oldestVersion)
                           .arg(protocol::version),
                       {}});
    m_state = State::CheckingHello;
    m_lastReceived = m_clock.monotonic();
    m_backend.find(hello.device, whileAlive<Backend::Standing>(
                                     [hello](DeviceSession &self, Result<Backend::Standing> standing) {
                                         self.check(hello, std::move(standing));
                                     }));
}

void DeviceSession::check(const Hello &hello, Result<Backend::Standing> standing)
{
    if (!standing)
        return breach(standing.error());
    if (!crypto::verifySignature(signedText(m_nonce, hello.device), hello.signature,
                                 standing->device.publicKey))
        return breach(refusedCredentials());
    // A device of version 1 does not know `oldest`: it starts over for any other epoch, and once more for the
    // real one.
    if (hello.version < 2 && hello.cursor > 0 && hello.cursor < standing->head.oldest)
        standing->head.epoch = crypto::digest(standing->head.epoch).left(standing->head.epoch.size());
    if (hello.epoch != standing->head.epoch || hello.cursor <= standing->head.version)
        return welcome(*standing);
    m_backend.reportAhead(
        standing->device, hello.epoch, hello.cursor,
        whileAlive<Backend::Standing>([](DeviceSession &self, Result<Backend::Standing> after) {
            if (!after)
                return self.breach(after.error());
            self.welcome(*after);
        }));
}

void DeviceSession::welcome(const Backend::Standing &standing)
{
    m_device = standing.device;
    m_epoch = standing.head.epoch;
    m_state = State::Welcomed;
    if (m_welcomed)
        m_welcomed(m_device->business);
    send(Welcome{m_device->business, m_device->role, m_epoch, standing.head.version, standing.lastMutationId,
                 m_settings.heartbeat.count(), standing.chainHash, standing.head.durable,
                 standing.head.oldest});
}

void DeviceSession::handle(const Push &push)
{
    if (!mayTalk(m_pushing))
        return;
    m_pushing = true;
    m_backend.push(*m_device, push.mutations, whileAlive<Ack>([](DeviceSession &self, Result<Ack> ack) {
        self.m_pushing = false;
        if (!ack)
            return self.breach(ack.error());
        self.send(*ack);
    }));
}

void DeviceSession::handle(const Pull &pull)
{
    if (!mayTalk(m_pulling))
        return;
    m_pulling = true;
    m_live = false;
    m_missed = 0;
    m_backend.pull(*m_device, pull.cursor,
                   whileAlive<Backend::Chunk>([](DeviceSession &self, Result<Backend::Chunk> chunk) {
                       self.m_pulling = false;
                       if (!chunk)
                           return self.breach(chunk.error());
                       self.m_peer.send(chunk->message);
                       self.m_sent = std::max(self.m_sent, chunk->to);
                       if (!chunk->final)
                           return; // the device pulls again from where this chunk ends
                       self.m_live = true;
                       // A commit made after the chunk was read was not sent: have the device fetch it.
                       if (self.m_missed > chunk->to)
                           self.send(Behind{});
                   }));
}

void DeviceSession::handle(const Request &request)
{
    if (!mayTalk(false))
        return;
    const qint64 id = request.id;
    if (!admitRequest())
        return send(Response{
            id,
            Error{ErrorCode::RateLimited, QStringLiteral("Too many requests at once. Try again soon."), {}},
            {}});
    ++m_requests;
    m_backend.request(*m_device, request,
                      whileAlive<QCborMap>([id](DeviceSession &self, Result<QCborMap> result) {
                          --self.m_requests;
                          if (result)
                              self.send(Response{id, std::nullopt, *result});
                          else
                              self.send(Response{id, result.error(), {}});
                      }));
}

/// A token bucket that knows only when it is full again, as RateLimiter's.
bool DeviceSession::admitRequest()
{
    const Millis now = m_clock.monotonic();
    const Millis full = std::max(m_requestTokensFullAt, now);
    if (m_requests >= limits::requestsUnderWay ||
        full - now > limits::requestRefill * (limits::requestBurst - 1))
        return false;
    m_requestTokensFullAt = full + limits::requestRefill;
    return true;
}

void DeviceSession::handle(const Ping &)
{
    if (mayTalk(false))
        send(Pong{m_sent});
}

void DeviceSession::handle(const Pong &)
{
    if (m_state != State::Welcomed)
        breach({ErrorCode::OutOfOrder, QStringLiteral("Only the hello may come now."), {}});
}

void DeviceSession::giveUp()
{
    giveUp({ErrorCode::NetworkFailure, QStringLiteral("The device does not answer."), {}});
}

void DeviceSession::giveUp(const Error &reason)
{
    m_state = State::Closed;
    m_closedAt = m_clock.monotonic();
    m_peer.close(reason);
}

bool DeviceSession::giveUpOverfull()
{
    // Room for two answers to pulls beside the deltas; before the welcome only the challenge is ever sent.
    const qint64 bound = m_state == State::Welcomed ? m_settings.maxUnsentBytes + 2 * maxServerMessageBytes
                                                    : strangersUnsentBytes;
    if (m_peer.unsentBytes() <= bound)
        return false;
    log::warning("session.reads_nothing", {{"peer", m_peer.name()}, {"unsent", m_peer.unsentBytes()}});
    giveUp();
    return true;
}

void DeviceSession::deliver(const Commit &commit)
{
    if (m_state != State::Welcomed)
        return;
    if (!commit.epoch.isEmpty()) {
        if (commit.epoch != m_epoch)
            giveUp({ErrorCode::Unavailable, QStringLiteral("The server was restored. Connect again."), {}});
        return;
    }
    if (!m_live || m_behind) {
        m_missed = commit.to;
        return;
    }
    const QByteArray &delta = commit.deltaByRole[size_t(m_device->role)];
    // A delta that no device would take for its size comes in the chunks of a pull instead.
    if (m_peer.unsentBytes() > m_settings.maxUnsentBytes || delta.size() > maxServerMessageBytes) {
        m_behind = true;
        return;
    }
    m_peer.send(delta);
    m_sent = std::max(m_sent, commit.to);
}

void DeviceSession::tick()
{
    // A device pings whenever it has been silent for one heartbeat; a closing handshake takes no longer than
    // that.
    const Millis quietSince = m_state == State::Closed ? m_closedAt : m_lastReceived;
    if (m_clock.monotonic() - quietSince >= 2 * m_settings.heartbeat)
        return giveUp();
    if (m_state == State::Closed || giveUpOverfull())
        return;
    if (m_behind && m_peer.unsentBytes() == 0) {
        m_behind = false;
        m_live = false;
        send(Behind{});
    }
}

void DeviceSession::send(const Message &message)
{
    m_peer.send(encode(message));
}

} // namespace strop::server
