#pragma once

#include "server/hub/backend.h"
#include "shared/base/clock.h"

namespace strop::server {

/// One connection as the session sees it. Owned by whoever owns the session; outlives it.
class Peer
{
public:
    virtual ~Peer() = default;
    virtual void send(const QByteArray &message) = 0;

    /// Ends the connection: 1008 (policy violation, RFC 6455 §7.4.1) for a breach of the protocol.
    virtual void close(const Error &reason) = 0;

    /// Bytes that send() took and the network has not.
    [[nodiscard]] virtual qint64 unsentBytes() const = 0;

    /// Address and port, for the log.
    [[nodiscard]] virtual QString name() const = 0;
};

/// The server's side of the protocol for one connection, as a state machine: challenge, welcome, then pushes,
/// pulls and requests from the device and deltas to it. A breach is answered with a typed error, logged once
/// and closed. Used on one thread; no sockets.
class DeviceSession : public std::enable_shared_from_this<DeviceSession>
{
public:
    struct Settings
    {
        qsizetype maxMessageBytes = protocol::maxDeviceMessageBytes;
        Millis heartbeat{4000};
        qint64 maxUnsentBytes = 1 << 20; ///< Past it a slow reader's deltas are dropped for one "behind".
    };

    DeviceSession(Peer &peer, Backend &backend, const Clock &clock, const Settings &settings);

    /// Called once the session is owned by a shared_ptr: sends the challenge.
    void start();

    void receive(const QByteArray &message);

    /// Part of a message has come: a slow link is not a dead one. Counts once the device is welcomed.
    void noteAlive();

    /// The link was asked to carry a message of the wrong kind (text) or over the limit.
    void breach(const Error &error);

    /// A commit of the device's business.
    void deliver(const Commit &commit);

    /// Detects a dead peer, one that takes its time to say hello, one that reads nothing at all, and a slow
    /// reader that has caught up. Call it about once a second.
    void tick();

    /// Called when the device is welcomed: from then on it wants its business's commits.
    void setWelcomedListener(std::function<void(BusinessId)> listener) { m_welcomed = std::move(listener); }

    [[nodiscard]] const std::optional<Device> &device() const { return m_device; }

private:
    enum class State { AwaitingHello, CheckingHello, Welcomed, Closed };

    void handle(const protocol::Hello &hello);
    void handle(const protocol::Push &push);
    void handle(const protocol::Pull &pull);
    void handle(const protocol::Request &request);
    void handle(const protocol::Ping &ping);
    void handle(const protocol::Pong &pong);
    template <typename Other>
    void handle(const Other &)
    {
        breach({ErrorCode::OutOfOrder, QStringLiteral("Only a server sends that message."), {}});
    }

    void check(const protocol::Hello &hello, Result<Backend::Standing> standing);
    void welcome(const Backend::Standing &standing);
    [[nodiscard]] bool mayTalk(bool busy);
    [[nodiscard]] bool admitRequest();
    void giveUp();
    void giveUp(const Error &reason);

    /// Ends the connection of a peer that asks and does not read. Answers whether it did.
    bool giveUpOverfull();
    void send(const protocol::Message &message);

    /// Wraps an answer so that it is dropped when the session has ended before it came.
    template <typename T, typename Method>
    Backend::Answer<T> whileAlive(Method method)
    {
        return [weak = weak_from_this(), method](Result<T> result) {
            if (const auto self = weak.lock(); self && self->m_state != State::Closed)
                method(*self, std::move(result));
        };
    }

    Peer &m_peer;
    Backend &m_backend;
    const Clock &m_clock;
    Settings m_settings;
    State m_state = State::AwaitingHello;
    QByteArray m_nonce;
    std::optional<Device> m_device;
    Millis m_lastReceived{0};
    Millis m_closedAt{0};
    bool m_pushing = false;
    bool m_pulling = false;
    int m_requests = 0;              ///< Under way.
    Millis m_requestTokensFullAt{0}; ///< When as many requests as at first may come again.
    bool m_live = false;             ///< The device holds everything up to the newest delta that was sent.
    bool m_behind = false; ///< Deltas were dropped; a "behind" follows once the peer has read the rest.
    qint64 m_sent = 0;     ///< Newest version that the device was sent.
    QByteArray m_epoch;    ///< That it was welcomed to.
    qint64 m_missed = 0;   ///< Newest version whose delta was not sent while a pull was under way.
    std::function<void(BusinessId)> m_welcomed;
};

} // namespace strop::server
