#include "server/eventloop/epoll_dispatcher.h"

#include "shared/base/log.h"

#include <QCoreApplication>
#include <QThread>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace strop::server {
namespace {

/// By QSocketNotifier::Type. Errors and hang-ups are told to every notifier of the descriptor, as poll(2)
/// users expect; epoll reports them unasked.
constexpr std::array<quint32, 3> interestOfType{EPOLLIN, EPOLLOUT, EPOLLPRI};
constexpr quint32 toldToAll = EPOLLERR | EPOLLHUP;

int checked(int fd, const char *call)
{
    if (fd < 0)
        qFatal("%s: %s. Raise the limit of open files (ulimit -n).", call, std::strerror(errno));
    return fd;
}

} // namespace

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , m_epollFd(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1"))
    , m_wakeUpFd(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd"))
{
    epoll_event event{.events = EPOLLIN, .data = {.fd = m_wakeUpFd}};
    checked(::epoll_ctl(m_epollFd, EPOLL_CTL_ADD, m_wakeUpFd, &event), "epoll_ctl");
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(m_wakeUpFd);
    ::close(m_epollFd);
}

void EpollDispatcher::installOnMainThread()
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
}

void EpollDispatcher::installOn(QThread &thread)
{
    thread.setEventDispatcher(new EpollDispatcher);
}

// Nothing may run between sendPostedEvents and the wait but aboutToBlock: whoever posts an event calls
// wakeUp, so an event posted after the list was emptied ends the wait at once. The wake-up is accepted only
// after a wait, hence one that comes before this function is never lost either.
bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    const quint32 interruptsBefore = m_interrupts;
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();

    const bool mayBlock = flags.testFlag(QEventLoop::WaitForMoreEvents) && m_interrupts == interruptsBefore;
    if (mayBlock)
        Q_EMIT aboutToBlock();
    if (m_interrupts != interruptsBefore)
        return false;

    bool any = false;
    if (flags.testFlag(QEventLoop::ExcludeSocketNotifiers)) {
        any |= waitForWakeUp(mayBlock);
    } else {
        any |= waitForAnything(mayBlock);
        any |= activateNotifiers();
    }
    any |= activateTimers();
    return any;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    Q_ASSERT(notifier->thread() == thread() && thread() == QThread::currentThread());
    const int fd = int(notifier->socket());
    Watched &watched = m_watched[fd];
    Watched::Slot &slot = watched.byType[notifier->type()];
    if (slot.notifier)
        log::warning("socket_notifier_replaced", {{"fd", fd}, {"type", int(notifier->type())}});
    slot = {notifier, false};
    updateInterest(fd, watched);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    Q_ASSERT(thread() == QThread::currentThread());
    const int fd = int(notifier->socket());
    const auto found = m_watched.find(fd);
    if (found == m_watched.end() || found->second.byType[notifier->type()].notifier != notifier)
        return;
    found->second.byType[notifier->type()] = {};
    updateInterest(fd, found->second);
    if (found->second.interest == 0)
        m_watched.erase(found);
}

void EpollDispatcher::updateInterest(int fd, Watched &watched)
{
    quint32 wanted = 0;
    for (size_t type = 0; type < interestOfType.size(); ++type) {
        if (watched.byType[type].notifier)
            wanted |= interestOfType[type];
    }
    const int operation = wanted == 0 ? EPOLL_CTL_DEL : watched.interest == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    watched.interest = wanted;
    m_alwaysReady.remove(fd);
    epoll_event event{.events = wanted, .data = {.fd = fd}};
    if (::epoll_ctl(m_epollFd, operation, fd, &event) == 0 || wanted == 0)
        return;
    if (errno != EPERM)
        log::warning("socket_notifier_refused",
                     {{"fd", fd}, {"reason", QLatin1String(std::strerror(errno))}});
    else if (wanted & (EPOLLIN | EPOLLOUT))
        m_alwaysReady.insert(fd);
}

void EpollDispatcher::markReady(int fd, quint32 readiness)
{
    const auto found = m_watched.find(fd);
    if (found == m_watched.end())
        return;
    for (size_t type = 0; type < interestOfType.size(); ++type) {
        Watched::Slot &slot = found->second.byType[type];
        if (slot.notifier && (readiness & (interestOfType[type] | toldToAll)) != 0)
            slot.pending = true;
    }
    m_ready.push_back(fd);
}

int EpollDispatcher::timeoutMs() const
{
    const auto deadline = m_timers.nextDeadline();
    if (!deadline)
        return -1;
    const auto left = std::chrono::ceil<Millis>(*deadline - std::chrono::steady_clock::now());
    return int(std::clamp<qint64>(left.count(), 0, std::numeric_limits<int>::max()));
}

bool EpollDispatcher::waitForAnything(bool mayBlock)
{
    std::array<epoll_event, 256> events;
    int count = 0;
    do {
        const int timeout = mayBlock && m_alwaysReady.isEmpty() ? timeoutMs() : 0;
        count = ::epoll_wait(m_epollFd, events.data(), int(events.size()), timeout);
    } while (count < 0 && errno == EINTR);

    bool wokenUp = false;
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[size_t(i)];
        if (event.data.fd == m_wakeUpFd) {
            acceptWakeUps();
            wokenUp = true;
        } else {
            markReady(event.data.fd, event.events);
        }
    }
    for (const int fd : std::as_const(m_alwaysReady))
        markReady(fd, EPOLLIN | EPOLLOUT);
    return wokenUp;
}

bool EpollDispatcher::waitForWakeUp(bool mayBlock)
{
    pollfd wakeUp{.fd = m_wakeUpFd, .events = POLLIN, .revents = 0};
    int count = 0;
    do {
        count = ::poll(&wakeUp, 1, mayBlock ? timeoutMs() : 0);
    } while (count < 0 && errno == EINTR);
    if (count != 1)
        return false;
    acceptWakeUps();
    return true;
}

void EpollDispatcher::acceptWakeUps()
{
    eventfd_t ignored;
    ::eventfd_read(m_wakeUpFd, &ignored);
    m_wokenUp.exchange(false);
}

bool EpollDispatcher::activateNotifiers()
{
    bool any = false;
    while (!m_ready.empty()) {
        const int fd = m_ready.front();
        m_ready.pop_front();
        for (size_t type = 0; type < interestOfType.size(); ++type) {
            // Looked up for each event: a handler may remove this notifier, others, or all of the descriptor.
            const auto found = m_watched.find(fd);
            if (found == m_watched.end())
                break;
            Watched::Slot &slot = found->second.byType[type];
            if (!std::exchange(slot.pending, false))
                continue;
            QEvent event(QEvent::SockAct);
            QCoreApplication::sendEvent(slot.notifier, &event);
            any = true;
        }
    }
    return any;
}

bool EpollDispatcher::activateTimers()
{
    const auto now = std::chrono::steady_clock::now();
    bool any = false;
    while (const auto firing = m_timers.takeDue(now)) {
        QTimerEvent event(firing->id);
        QCoreApplication::sendEvent(firing->receiver, &event);
        m_timers.putBack(*firing);
        any = true;
    }
    return any;
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    Q_ASSERT(interval >= 0 && object->thread() == thread() && thread() == QThread::currentThread());
    m_timers.add(timerId, Millis(interval), timerType, object, std::chrono::steady_clock::now());
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    Q_ASSERT(thread() == QThread::currentThread());
    return m_timers.remove(timerId);
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    Q_ASSERT(thread() == QThread::currentThread());
    return m_timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    return m_timers.timersOf(object);
}

int EpollDispatcher::remainingTime(int timerId)
{
    const auto remaining = m_timers.remaining(timerId, std::chrono::steady_clock::now());
    return remaining ? int(remaining->count()) : -1;
}

void EpollDispatcher::wakeUp()
{
    if (!m_wokenUp.exchange(true))
        ::eventfd_write(m_wakeUpFd, 1);
}

void EpollDispatcher::interrupt()
{
    ++m_interrupts;
    wakeUp();
}

} // namespace strop::server
