#include "server/app/signals.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <sys/signalfd.h>
#include <unistd.h>

namespace strop::server {
namespace {

sigset_t terminationSet()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

} // namespace

void TerminationSignals::block()
{
    const sigset_t set = terminationSet();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Result<std::unique_ptr<TerminationSignals>> TerminationSignals::listen()
{
    const sigset_t set = terminationSet();
    const int fd = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0)
        return fail(ErrorCode::Unavailable,
                    QStringLiteral("Signals cannot be received. Raise the limit of open files (ulimit -n)."),
                    QLatin1String(strerror(errno)));
    return std::unique_ptr<TerminationSignals>(new TerminationSignals(fd));
}

TerminationSignals::TerminationSignals(int fd)
    : m_fd(fd)
    , m_notifier(fd, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &TerminationSignals::readSignals);
}

TerminationSignals::~TerminationSignals()
{
    m_notifier.setEnabled(false);
    ::close(m_fd);
}

void TerminationSignals::readSignals()
{
    signalfd_siginfo info;
    while (::read(m_fd, &info, sizeof(info)) == sizeof(info))
        Q_EMIT received(int(info.ssi_signo));
}

} // namespace strop::server
