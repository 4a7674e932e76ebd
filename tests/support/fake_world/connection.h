#pragma once

#include "tests/support/fake_world/event_queue.h"

#include <QByteArray>
#include <array>
#include <deque>
#include <memory>
#include <optional>

namespace strop::test {

/// One end of a connection; also the way that begins at it.
enum class End { Device, Server };

[[nodiscard]] constexpr End otherEnd(End end)
{
    return end == End::Device ? End::Server : End::Device;
}

/// What a hostile middlebox does with one message. TCP and WebSocket never do that; whoever sits between two
/// of them may.
enum class Fate { Lost, Doubled, Overtakes };

/// What the way between a device and the server is like. Changing it concerns what is under way too.
struct Network
{
    struct Way
    {
        Millis delay{5};
        bool held = false;      ///< Messages pile up, until Connection::resume().
        std::deque<Fate> fates; ///< Of the next messages, one each.
    };
    std::array<Way, 2> ways; ///< By the End that sends.
    bool reachable = true;   ///< Otherwise attempts to connect are refused.
    bool silent = false;     ///< Nothing arrives and nobody is told; as with TCP it may still arrive later.

    /// When set, a connection of which a message was lost or overtaken is cut so much later.
    std::optional<Millis> cutAfterTampering;

    [[nodiscard]] Way &from(End end) { return ways[size_t(end)]; }
    [[nodiscard]] const Way &from(End end) const { return ways[size_t(end)]; }
};

/// A connection of two ends: messages of either way arrive whole, once and in order, or not at all; but for
/// those that a Fate was set for. An end hears that it is over once: after what was sent before when the
/// other end closes, at once when it closes by itself or the connection is cut, and never over a silent
/// network.
class Connection : public std::enable_shared_from_this<Connection>
{
public:
    struct Listener
    {
        std::function<void(const QByteArray &)> message;
        std::function<void()> over;
    };

    /// `time` outlives the connection.
    Connection(EventQueue &time, std::shared_ptr<Network> network)
        : m_time(time)
        , m_network(std::move(network))
    {}

    void listen(End end, Listener listener) { at(end).listener = std::move(listener); }

    void send(End from, const QByteArray &message);
    void close(End by);
    void cut();

    /// The way is not held or silent any more: what has piled up arrives.
    void resume(End from);

    [[nodiscard]] bool isOpen(End end) const { return at(end).open; }

    /// Bytes that one end sent and the other has not received.
    [[nodiscard]] qint64 bytesUnderWay(End from) const;

    /// Nothing is under way in either direction.
    [[nodiscard]] bool isQuiet() const;

private:
    struct Side
    {
        Listener listener;
        bool open = true;
        std::deque<std::optional<QByteArray>> sent; ///< None ends the stream.
        int piledUp = 0;
    };

    [[nodiscard]] Side &at(End end) { return m_sides[size_t(end)]; }
    [[nodiscard]] const Side &at(End end) const { return m_sides[size_t(end)]; }
    void tamper(End from, Fate fate, const QByteArray &message);
    void put(End from, std::optional<QByteArray> message);
    void schedule(End from);
    void arrive(End from);
    void finish(End end);

    EventQueue &m_time;
    std::shared_ptr<Network> m_network;
    std::array<Side, 2> m_sides;
};

} // namespace strop::test
