#pragma once

#include "tests/bench/bench_program.h"
#include "tests/load/fleet.h"

#include <QJsonObject>
#include <QProcess>

namespace strop::load {

/// A strop-load-devices process. Ends with this object.
class LoadProcess
{
public:
    ~LoadProcess();

    /// Starts it for devices [from, to) of the fleet in that file.
    void start(const QString &fleetFile, int from, int to, const FleetShape &shape, quint16 port);

    /// Asks for pushes at a steady rate.
    void deliver(double pushesPerSecond, int seconds);

    /// Blocks until it has answered the last step.
    [[nodiscard]] Result<QJsonObject> answer();

private:
    QProcess m_process;
};

/// What a process has used up to now, as the kernel counts it.
struct ProcessUsage
{
    double cpuSeconds = 0;
    qint64 residentBytes = 0;
};
[[nodiscard]] Result<ProcessUsage> usageOf(qint64 pid);

} // namespace strop::load
