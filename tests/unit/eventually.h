#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>
#include <functional>

namespace strop::test {

/// Lets the event loop run until a condition holds. False when the deadline comes first.
[[nodiscard]] inline bool eventually(const std::function<bool()> &condition, int deadlineMs = 8000)
{
    // Without a timer of its own the loop could wait for an event that never comes.
    QTimer wake;
    wake.start(2);
    const QDeadlineTimer deadline(deadlineMs);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

} // namespace strop::test
