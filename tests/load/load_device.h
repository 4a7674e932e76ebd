#pragma once

#include "shared/protocol/messages.h"
#include "tests/load/fleet.h"
#include "tests/load/latency_histogram.h"
#include "tests/load/web_socket.h"

namespace strop::load {

/// What the devices of a process have seen together.
struct Tally
{
    qint64 deliveries = 0; ///< Bookings that reached a device.
    qint64 behind = 0;     ///< How often a device was told to pull instead.
    LatencyHistogram latencies;
    bench::Stopwatch::time_point last; ///< Of the newest delivery.
};

/// One simulated device: authenticates with its own key, catches up, and from then on counts the bookings
/// that reach it. Keeps no rows. Used on one thread; the owner watches its socket.
class LoadDevice
{
public:
    enum class State { Unconnected, Upgrading, Authenticating, CatchingUp, Live, Lost };

    LoadDevice(FleetMember member, Tally &tally)
        : m_member(std::move(member))
        , m_tally(tally)
    {}
    ~LoadDevice();
    LoadDevice(LoadDevice &&other) noexcept;

    /// Connects to loopback and asks for the WebSocket.
    Result<void> connect(quint16 port);

    /// There is something to read: `scratch` is where it goes for the moment.
    void readable(QByteArray &scratch);

    /// Sends a ping if nothing was sent for so long that the server would soon take the device for dead.
    void keepAlive(bench::Stopwatch::time_point now);

    void send(const protocol::Message &message);
    void setAckListener(std::function<void(const protocol::Ack &)> listener)
    {
        m_acked = std::move(listener);
    }

    [[nodiscard]] int socket() const { return m_socket; }
    [[nodiscard]] State state() const { return m_state; }

    /// Why it was lost.
    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    void receive(QByteArrayView message);
    void count(QByteArrayView delta);
    void handle(const protocol::Challenge &challenge);
    void handle(const protocol::Welcome &welcome);
    void handle(const protocol::Snapshot &snapshot);
    void handle(const protocol::Behind &behind);
    void handle(const protocol::Ack &ack);
    void handle(const protocol::ErrorMessage &message) { lose(message.error.message); }
    template <typename Other>
    void handle(const Other &)
    {}

    bool write(const QByteArray &bytes);
    void lose(const QString &why);

    FleetMember m_member;
    Tally &m_tally;
    int m_socket = -1;
    State m_state = State::Unconnected;
    FrameReader m_frames;
    qint64 m_cursor = 0; ///< Of the newest pull.
    bench::Stopwatch::time_point m_lastSent;
    std::function<void(const protocol::Ack &)> m_acked;
    QString m_problem;
};

} // namespace strop::load
