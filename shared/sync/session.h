#pragma once

#include "shared/crypto/signing.h"
#include "shared/protocol/messages.h"
#include "shared/sync/device_identity.h"
#include "shared/sync/replica.h"

namespace strop::sync {

/// What the session needs of the link below it. Called from within the session's own methods.
class Link
{
public:
    virtual ~Link() = default;
    virtual void send(const QByteArray &message) = 0;

    /// Ends the connection; linkDown() follows. Try again later, but for UpdateNeeded or Unauthenticated:
    /// then a person must act.
    virtual void close(const Error &reason) = 0;
};

enum class SessionState {
    Offline,        ///< No link.
    Authenticating, ///< Challenge and welcome are on their way.
    CatchingUp,     ///< Pulling what is above the cursor.
    Live,           ///< Everything is here; deltas follow.
};

/// The device's side of the protocol as a state machine over any link: authenticate, catch up, push the
/// outbox, take deltas, notice a dead peer. Used on the replica's thread; the same code runs on a WebSocket
/// and in the simulated world.
///
/// It cannot wedge: whatever the server owes (the rest of a snapshot, an ack, a response) is waited for no
/// longer than `patience`; then the link is closed, and begins again.
///
/// Where the server's record of this device is not the beginning of its queue (a copied folder, one that was
/// restored, a server restored from too old a backup), the device takes a new identity by itself: see
/// device_identity.h.
class Session
{
public:
    /// On the monotonic clock.
    static constexpr Millis patience{30'000};

    Session(Replica &replica, DeviceId device, crypto::SigningKey key, Link &link, const Clock &clock);

    // What the link reports
    void linkUp();
    void linkDown();
    void receive(const QByteArray &message);

    /// Part of a message has come: a slow link is not a dead one.
    void noteAlive() { m_lastReceived = m_clock.monotonic(); }

    /// A part of a message has come whose end is still to come, or a part of one was taken by the network: on
    /// a slow link what is owed takes its time.
    void noteProgress();

    /// Heartbeats and the detection of a dead peer. Call it about once a second.
    void tick();

    /// The outbox has a new entry. Cheap; sends when the session may.
    void push();

    using Answer = std::function<void(Result<QCborMap>)>;

    /// Asks the server something. The answer is called once, with NetworkFailure if the link is down or goes
    /// down.
    void request(const QString &method, const QCborMap &arguments, Answer answer);

    [[nodiscard]] SessionState state() const { return m_state; }

    /// Live, and every write is settled and its effects are here.
    [[nodiscard]] bool isIdle() const;

    void setListener(std::function<void(SessionState)> listener) { m_listener = std::move(listener); }

    /// Called when the device has taken a new identity. It is on the disk; the link is closed next.
    void setIdentityListener(std::function<void(const DeviceIdentity &)> listener)
    {
        m_identityListener = std::move(listener);
    }

private:
    Result<void> handle(const protocol::Challenge &challenge);
    Result<void> handle(const protocol::Welcome &welcome);
    Result<void> handle(const protocol::Ack &ack);
    Result<void> handle(const protocol::Delta &delta);
    Result<void> handle(const protocol::Snapshot &snapshot);
    Result<void> handle(const protocol::Behind &behind);
    Result<void> handle(const protocol::Response &response);
    Result<void> handle(const protocol::Pong &pong);
    Result<void> handle(const protocol::ErrorMessage &message);
    template <typename Other>
    Result<void> handle(const Other &)
    {
        return fail(ErrorCode::OutOfOrder,
                    QStringLiteral("The server sent a message that only devices send."));
    }

    Result<void> requireWelcomed() const;
    Result<void> reidentify();
    Result<void> takeOn(const DeviceIdentity &identity);
    void enrolled(const Result<QCborMap> &answer);
    [[nodiscard]] bool isOverdue(Millis now) const;
    void pull();
    void send(const protocol::Message &message);
    void setState(SessionState state);

    Replica &m_replica;
    DeviceId m_device;
    crypto::SigningKey m_key;
    Link &m_link;
    const Clock &m_clock;
    SessionState m_state = SessionState::Offline;
    bool m_pullAgain = false; ///< Something was dropped after the pull under way was sent.
    qint64 m_pushedUpTo = 0;  ///< Highest outbox id sent over this link.
    qsizetype m_inFlight = 0;
    qint64 m_firstInFlight = 0;
    bool m_conflicted = false;    ///< The server said that somebody else writes under this identity.
    bool m_reidentifying = false; ///< Nothing is written under the old identity any more.
    int m_rebuilds = 0;           ///< Of the replica, when the link came up.
    std::optional<Millis> m_snapshotDue;
    std::optional<Millis> m_ackDue;
    Millis m_heartbeat{4000};
    Millis m_lastSent{0};
    Millis m_lastReceived{0};
    struct Question
    {
        Answer answer;
        Millis due{0};
    };
    qint64 m_lastRequest = 0;
    QHash<qint64, Question> m_questions;
    std::function<void(SessionState)> m_listener;
    std::function<void(const DeviceIdentity &)> m_identityListener;
};

} // namespace strop::sync
