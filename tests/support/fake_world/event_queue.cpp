#include "tests/support/fake_world/event_queue.h"

namespace strop::test {

void EventQueue::post(Millis delay, std::function<void()> event)
{
    Q_ASSERT(delay >= Millis(0));
    m_events.emplace(m_now + delay, std::move(event));
}

bool EventQueue::runOne(Millis latest)
{
    const auto next = m_events.begin();
    if (next == m_events.end() || next->first > latest)
        return false;
    m_now = next->first;
    const std::function<void()> event = std::move(next->second);
    m_events.erase(next);
    event();
    return true;
}

void EventQueue::pass(Millis duration)
{
    const Millis until = m_now + duration;
    while (runOne(until)) {
    }
    m_now = until;
}

} // namespace strop::test
