#include "server/eventloop/timer_queue.h"

#include <algorithm>
#include <bit>

namespace strop::server {
namespace {

using Time = TimerQueue::Time;

Millis grid(Millis interval, Qt::TimerType type)
{
    switch (type) {
    case Qt::PreciseTimer:
        return Millis(0);
    case Qt::CoarseTimer:
        return Millis(std::bit_floor(quint64(interval.count()) / 20));
    case Qt::VeryCoarseTimer:
        return std::chrono::seconds(1);
    }
    Q_UNREACHABLE();
}

Time roundedUp(Time due, Millis step)
{
    if (step == Millis(0))
        return due;
    const auto past = due.time_since_epoch() % step;
    return past == past.zero() ? due : due + (step - past);
}

} // namespace

void TimerQueue::add(int id, Millis interval, Qt::TimerType type, QObject *receiver, Time now)
{
    const Time due = now + interval;
    const Timer timer{++m_lastSerial, interval, type, receiver, due, roundedUp(due, grid(interval, type))};
    [[maybe_unused]] const bool isNew = m_timers.emplace(id, timer).second;
    Q_ASSERT_X(isNew, "TimerQueue::add", "timer id already in use");
    m_queue.insert({timer.deadline, timer.serial, id});
}

bool TimerQueue::remove(int id)
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return false;
    m_queue.erase({found->second.deadline, found->second.serial, id});
    m_timers.erase(found);
    return true;
}

bool TimerQueue::removeAll(const QObject *receiver)
{
    const auto timers = timersOf(receiver);
    for (const auto &timer : timers)
        remove(timer.timerId);
    return !timers.isEmpty();
}

QList<QAbstractEventDispatcher::TimerInfo> TimerQueue::timersOf(const QObject *receiver) const
{
    QList<QAbstractEventDispatcher::TimerInfo> timers;
    for (const auto &[id, timer] : m_timers) {
        if (timer.receiver == receiver)
            timers.emplaceBack(id, int(timer.interval.count()), timer.type);
    }
    return timers;
}

std::optional<Millis> TimerQueue::remaining(int id, Time now) const
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return std::nullopt;
    return std::max(std::chrono::ceil<Millis>(found->second.deadline - now), Millis(0));
}

std::optional<Time> TimerQueue::nextDeadline() const
{
    if (m_queue.empty())
        return std::nullopt;
    return m_queue.begin()->deadline;
}

std::optional<TimerQueue::Firing> TimerQueue::takeDue(Time now)
{
    if (m_queue.empty() || m_queue.begin()->deadline > now)
        return std::nullopt;
    const int id = m_queue.begin()->id;
    m_queue.erase(m_queue.begin());

    Timer &timer = m_timers.at(id);
    timer.due += timer.interval;
    if (timer.due <= now)
        timer.due = now + std::max<Time::duration>(timer.interval, Time::duration(1));
    timer.deadline = roundedUp(timer.due, grid(timer.interval, timer.type));
    return Firing{id, timer.serial, timer.receiver};
}

void TimerQueue::putBack(const Firing &firing)
{
    const auto found = m_timers.find(firing.id);
    if (found != m_timers.end() && found->second.serial == firing.serial)
        m_queue.insert({found->second.deadline, firing.serial, firing.id});
}

} // namespace strop::server
