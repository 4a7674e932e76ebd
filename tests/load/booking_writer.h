#pragma once

#include "tests/bench/filled_server.h"
#include "tests/load/load_device.h"

#include <deque>

namespace strop::load {

/// Pushes bookings from one device, one at a time as the protocol wants it. A booking that falls due while
/// the one before is under way waits, and its latency counts from when it fell due: a slow server is not let
/// off by being asked less.
class BookingWriter
{
public:
    /// `device` and `shop` outlive the writer, which does not move.
    BookingWriter(LoadDevice &device, const bench::BusyShop &shop);

    void fallDue(bench::Stopwatch::time_point when);

    /// Gives up what is still waiting: the server was asked for more than it can do.
    void forgetDue() { m_due.clear(); }

    [[nodiscard]] bool isIdle() const { return !m_pushing; }
    [[nodiscard]] qint64 accepted() const { return m_accepted; }
    [[nodiscard]] qint64 rejected() const { return m_rejected; }

private:
    void pushNext();
    void take(const protocol::Ack &ack);

    LoadDevice &m_device;
    const bench::BusyShop &m_shop;
    bench::PushChain m_chain;
    std::deque<bench::Stopwatch::time_point> m_due;
    bool m_pushing = false;
    qint64 m_next = 0; ///< Free half hour of the shop.
    qint64 m_accepted = 0;
    qint64 m_rejected = 0;
};

} // namespace strop::load
