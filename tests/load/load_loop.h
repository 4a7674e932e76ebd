#pragma once

#include "tests/load/booking_writer.h"

#include <QJsonObject>
#include <optional>

namespace strop::load {

/// All devices of one process on one epoll instance, and the lines on standard input that say what they do
/// next. One thread.
class LoadLoop
{
public:
    /// Whole businesses of `devicesEach`; the first device of each is its writer.
    LoadLoop(const Fleet &fleet, int devicesEach, quint16 port);
    ~LoadLoop();

    /// Brings every device to where it gets deltas. The error of the first that cannot.
    Result<void> connectAll();

    /// Pushes bookings at a steady rate for so long, spread over the businesses in turn, waits for what is
    /// still on its way, and reports: {"accepted", "rejected", "deliveries", "behind", "lost", "seconds",
    /// "latencies"}.
    [[nodiscard]] QJsonObject deliver(double pushesPerSecond, Millis duration);

    /// Keeps the devices alive until a line has come; none at the end of the input.
    [[nodiscard]] std::optional<QByteArray> nextLine();

    [[nodiscard]] int live() const { return m_live; }

private:
    void turn(int timeoutMs);
    Result<void> admitOne();
    void readInput();
    void readDevice(LoadDevice &device);
    void keepAlive();
    [[nodiscard]] bool writersAreIdle() const;
    [[nodiscard]] QJsonObject report(bench::Stopwatch::time_point begun) const;

    quint16 m_port;
    bench::BusyShop m_shop;
    Tally m_tally;
    std::vector<LoadDevice> m_devices;
    std::deque<BookingWriter> m_writers;
    int m_epoll;
    QByteArray m_scratch;
    QByteArray m_input;
    bool m_inputEnded = false;
    size_t m_connected = 0; ///< Devices [0, m_connected) have a socket, or had one.
    int m_live = 0;
    int m_lost = 0;
    QString m_problem; ///< Of the first that was lost.
    size_t m_nextToKeepAlive = 0;
    bench::Stopwatch::time_point m_keptAlive;
};

} // namespace strop::load
