#pragma once

#include "server/eventloop/epoll_dispatcher.h"

#include <QCoreApplication>
#include <QThread>
#include <QTimer>
#include <functional>

namespace strop::test {

/// Runs a function on a thread of its own whose event loop is epoll, and waits for its end.
inline void onEpollThread(std::function<void()> body)
{
    const std::unique_ptr<QThread> thread(QThread::create(std::move(body)));
    server::EpollDispatcher::installOn(*thread);
    thread->start();
    thread->wait();
}

/// Turns this thread's event loop until the condition holds; false after ten seconds without it. A tick ends
/// the wait that follows a turn in which posted events made the condition true.
template <typename Condition>
bool turnUntil(const Condition &condition)
{
    int ticksLeft = 1000;
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &tick, [&] { --ticksLeft; });
    tick.start(10);
    while (!condition() && ticksLeft > 0)
        QThread::currentThread()->eventDispatcher()->processEvents(QEventLoop::WaitForMoreEvents);
    return condition();
}

/// One turn that waits for nothing.
inline bool turnOnce(QEventLoop::ProcessEventsFlags flags = QEventLoop::AllEvents)
{
    return QThread::currentThread()->eventDispatcher()->processEvents(flags);
}

} // namespace strop::test
