#pragma once

#include "server/eventloop/timer_queue.h"

#include <QAbstractEventDispatcher>
#include <QSet>
#include <QSocketNotifier>
#include <array>
#include <atomic>
#include <deque>
#include <unordered_map>

class QThread;

namespace strop::server {

/// A Qt event loop on epoll. Qt's own one hands every socket to poll(2) at every turn, which ends at a few
/// thousand connections; here a turn costs as much as there are sockets with something to do.
///
/// Behaves as Qt's Unix dispatcher does, with these points of its own: a descriptor that cannot be polled (a
/// regular file) counts as always ready, as it does for poll(2); timers are as described at TimerQueue and at
/// most a millisecond late; an interrupt() meant for an outer event loop is not lost in an inner one.
/// As always in Qt, a notifier must be disabled or deleted before its descriptor is closed.
///
/// wakeUp() and interrupt() may be called from any thread, everything else only from the thread it runs.
class EpollDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT
public:
    /// Ends the program if the kernel refuses the two descriptors it needs.
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    /// Runs the main thread on epoll. Call before the QCoreApplication is made.
    static void installOnMainThread();

    /// Runs a thread on epoll. Call before it is started.
    static void installOn(QThread &thread);

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;

private:
    /// The notifiers of one descriptor, at the index of their QSocketNotifier::Type.
    struct Watched
    {
        struct Slot
        {
            QSocketNotifier *notifier = nullptr;
            bool pending = false; ///< Ready, and not yet told so.
        };
        std::array<Slot, 3> byType;
        quint32 interest = 0; ///< What epoll was asked for.
    };

    void updateInterest(int fd, Watched &watched);
    void markReady(int fd, quint32 readiness);
    bool waitForAnything(bool mayBlock);
    bool waitForWakeUp(bool mayBlock);
    void acceptWakeUps();
    bool activateNotifiers();
    bool activateTimers();
    [[nodiscard]] int timeoutMs() const;

    const int m_epollFd;
    const int m_wakeUpFd;
    std::unordered_map<int, Watched> m_watched; ///< By descriptor.
    QSet<int> m_alwaysReady;                    ///< Watched descriptors that epoll refuses.
    std::deque<int> m_ready;                    ///< Descriptors with pending notifiers; may name others too.
    TimerQueue m_timers;
    std::atomic<bool> m_wokenUp = false;   ///< m_wakeUpFd is readable, or about to be.
    std::atomic<quint32> m_interrupts = 0; ///< A count, so that each nested processEvents sees its own.
};

} // namespace strop::server
