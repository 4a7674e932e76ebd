#pragma once

#include "shared/base/instant.h"

#include <QAbstractEventDispatcher>
#include <QList>
#include <chrono>
#include <compare>
#include <optional>
#include <set>
#include <unordered_map>

namespace strop::server {

/// The timers of one thread, ordered by deadline. It reads no clock: every call that needs the time is given
/// it.
///
/// No timer is ever early. A precise timer is due at its interval; a coarse one on the next multiple of a
/// power of two milliseconds that is at most 5% of its interval; a very coarse one on the next whole second.
/// Timers of all objects share these grids, so that thousands of them wake the thread together.
class TimerQueue
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// A timer whose event is being sent. It is out of the queue, so that an event loop inside its handler
    /// neither sends it again nor wakes up for it.
    struct Firing
    {
        int id;
        quint64 serial;
        QObject *receiver;
    };

    /// Starts a timer; the id must be free.
    void add(int id, Millis interval, Qt::TimerType type, QObject *receiver, Time now);

    /// Stops a timer, one that is firing too. False if there is none of that id.
    bool remove(int id);

    /// Stops all timers of an object. False if it had none.
    bool removeAll(const QObject *receiver);

    [[nodiscard]] QList<QAbstractEventDispatcher::TimerInfo> timersOf(const QObject *receiver) const;

    /// Time until the timer is due, rounded up; 0 when it is overdue, none if there is no timer of that id.
    [[nodiscard]] std::optional<Millis> remaining(int id, Time now) const;

    /// When the first timer is due that is not firing; none if there is no such timer.
    [[nodiscard]] std::optional<Time> nextDeadline() const;

    /// Takes out the first timer that is due and sets its next deadline, which lies after `now`: calling
    /// until there is none left sends each timer at most once. Ticks that were missed are skipped.
    [[nodiscard]] std::optional<Firing> takeDue(Time now);

    /// Puts a timer back after its event was sent, unless it was stopped meanwhile.
    void putBack(const Firing &firing);

private:
    struct Timer
    {
        quint64 serial; ///< Tells this timer from an earlier one of the same id, and keeps equal deadlines in
                        ///< order.
        Millis interval;
        Qt::TimerType type;
        QObject *receiver;
        Time due;      ///< By the interval alone, so that rounding never adds up.
        Time deadline; ///< `due`, rounded up by the timer's type.
    };

    struct Entry
    {
        Time deadline;
        quint64 serial;
        int id;

        friend auto operator<=>(const Entry &, const Entry &) = default;
    };

    std::unordered_map<int, Timer> m_timers;
    std::set<Entry> m_queue;
    quint64 m_lastSerial = 0;
};

} // namespace strop::server
