#include "tests/support/fake_world/connection.h"

namespace strop::test {

void Connection::send(End from, const QByteArray &message)
{
    if (!at(from).open)
        return;
    std::deque<Fate> &fates = m_network->from(from).fates;
    if (fates.empty())
        return put(from, message);
    const Fate fate = fates.front();
    fates.pop_front();
    tamper(from, fate, message);
}

void Connection::tamper(End from, Fate fate, const QByteArray &message)
{
    std::deque<std::optional<QByteArray>> &sent = at(from).sent;
    if (fate == Fate::Doubled) {
        put(from, message);
        return put(from, message);
    }
    if (fate == Fate::Overtakes && sent.empty()) { // until there is somebody to overtake
        m_network->from(from).fates.push_front(fate);
        return put(from, message);
    }
    if (fate == Fate::Overtakes) {
        sent.insert(sent.end() - 1, message);
        schedule(from);
    }
    if (m_network->cutAfterTampering)
        m_time.post(*m_network->cutAfterTampering, [self = shared_from_this()] { self->cut(); });
}

void Connection::close(End by)
{
    if (!at(by).open)
        return;
    put(by, std::nullopt);
    finish(by);
}

void Connection::cut()
{
    for (const End end : {End::Device, End::Server}) {
        at(end).sent.clear();
        finish(end);
    }
}

void Connection::resume(End from)
{
    for (int i = std::exchange(at(from).piledUp, 0); i > 0; --i)
        m_time.post(Millis(0), [self = shared_from_this(), from] { self->arrive(from); });
}

qint64 Connection::bytesUnderWay(End from) const
{
    qint64 bytes = 0;
    for (const std::optional<QByteArray> &message : at(from).sent)
        bytes += message ? message->size() : 0;
    return bytes;
}

bool Connection::isQuiet() const
{
    return at(End::Device).sent.empty() && at(End::Server).sent.empty();
}

void Connection::put(End from, std::optional<QByteArray> message)
{
    at(from).sent.push_back(std::move(message));
    schedule(from);
}

void Connection::schedule(End from)
{
    m_time.post(m_network->from(from).delay, [self = shared_from_this(), from] { self->arrive(from); });
}

void Connection::arrive(End from)
{
    Side &sender = at(from);
    if (sender.sent.empty())
        return; // it was cut
    if (m_network->from(from).held || m_network->silent) {
        ++sender.piledUp;
        return;
    }
    const std::optional<QByteArray> message = std::move(sender.sent.front());
    sender.sent.pop_front();
    const End to = otherEnd(from);
    if (!at(to).open)
        return;
    if (!message)
        return finish(to);
    const auto listener = at(to).listener.message; // the listener may let go of itself
    listener(*message);
}

void Connection::finish(End end)
{
    if (!std::exchange(at(end).open, false))
        return;
    m_time.post(Millis(0), [self = shared_from_this(), end] {
        if (const auto over = std::exchange(self->at(end).listener, {}).over)
            over();
    });
}

} // namespace strop::test
