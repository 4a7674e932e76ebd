#pragma once

#include "shared/base/result.h"

#include <QObject>
#include <QSocketNotifier>
#include <memory>

namespace strop::server {

/// SIGTERM and SIGINT as a Qt signal on the event loop of the thread that made the object, through
/// signalfd(2): handlers are ordinary code, not restricted to what is safe in a signal handler.
class TerminationSignals final : public QObject
{
    Q_OBJECT
public:
    /// Keeps both signals from ending the program. Call first thing in main: it counts for the calling thread
    /// and for the threads started from it later, and a thread that does not block them would die of them.
    /// Child processes inherit the block across exec.
    static void block();

    /// Listens from now on; a signal that came since block() is reported too. Unavailable if the program is
    /// out of descriptors.
    [[nodiscard]] static Result<std::unique_ptr<TerminationSignals>> listen();

    ~TerminationSignals() override;

Q_SIGNALS:
    /// SIGTERM or SIGINT.
    void received(int signalNumber);

private:
    explicit TerminationSignals(int fd);
    void readSignals();

    const int m_fd;
    QSocketNotifier m_notifier;
};

} // namespace strop::server
