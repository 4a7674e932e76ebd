#include "tests/load/load_process.h"

#include "tests/support/driver/program.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <unistd.h>

namespace strop::load {
namespace {

constexpr int answerMs = 60'000;
constexpr int stopMs = 5'000;

Result<QByteArray> readProc(qint64 pid, const char *what)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(pid).arg(QLatin1String(what)));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, QStringLiteral("Process %1 is gone.").arg(pid));
    return file.readAll();
}

} // namespace

LoadProcess::~LoadProcess()
{
    m_process.closeWriteChannel();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(stopMs)) {
        m_process.kill();
        m_process.waitForFinished(stopMs);
    }
}

void LoadProcess::start(const QString &fleetFile, int from, int to, const FleetShape &shape, quint16 port)
{
    test::endWithParent(m_process);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/strop-load-devices"),
                    {QStringLiteral("--fleet"), fleetFile, QStringLiteral("--from"), QString::number(from),
                     QStringLiteral("--to"), QString::number(to), QStringLiteral("--devices-each"),
                     QString::number(shape.devicesEach), QStringLiteral("--port"), QString::number(port)});
}

void LoadProcess::deliver(double pushesPerSecond, int seconds)
{
    m_process.write(QByteArray::number(pushesPerSecond) + ' ' + QByteArray::number(seconds) + '\n');
    m_process.waitForBytesWritten();
}

Result<QJsonObject> LoadProcess::answer()
{
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(answerMs) && !m_process.canReadLine())
            return fail(ErrorCode::Unavailable, QStringLiteral("The simulated devices do not answer."));
    }
    return QJsonDocument::fromJson(m_process.readLine()).object();
}

Result<ProcessUsage> usageOf(qint64 pid)
{
    ProcessUsage usage;
    STROP_TRY_ASSIGN(const QByteArray stat, readProc(pid, "stat"));
    // proc(5): fields 14 and 15 are the ticks in user and kernel mode; the name in field 2 may hold spaces.
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    usage.cpuSeconds =
        double(fields.value(11).toLongLong() + fields.value(12).toLongLong()) / double(sysconf(_SC_CLK_TCK));
    STROP_TRY_ASSIGN(const QByteArray memory, readProc(pid, "statm"));
    usage.residentBytes = memory.split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
    return usage;
}

} // namespace strop::load
