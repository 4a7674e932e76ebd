#include "tests/support/driver/program.h"

#include <QElapsedTimer>
#include <csignal>
#include <sys/prctl.h>

namespace strop::test {
namespace {

constexpr int startMs = 10'000;
constexpr int stopMs = 10'000;
constexpr int toolMs = 120'000;

} // namespace

void endWithParent(QProcess &process)
{
    process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

Result<QByteArray> runTool(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    endWithParent(process);
    process.start(program, arguments);
    if (!process.waitForStarted())
        return fail(
            ErrorCode::NotFound,
            QStringLiteral("%1 cannot be started: %2. Build it first.").arg(program, process.errorString()));
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(toolMs) || process.exitStatus() != QProcess::NormalExit ||
        process.exitCode() != 0)
        return fail(ErrorCode::Internal,
                    QStringLiteral("%1 failed: %2")
                        .arg(program, QString::fromUtf8(process.readAllStandardError()).trimmed()));
    return process.readAllStandardOutput();
}

ServerUnderTest::ServerUnderTest(const Programs &programs, const QString &dataDir)
    : m_program(programs.path("strop-server"))
    , m_dataDir(dataDir)
{
    endWithParent(m_process);
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
}

ServerUnderTest::~ServerUnderTest()
{
    kill();
}

Result<void> ServerUnderTest::start()
{
    m_process.setStandardErrorFile(m_dataDir + QStringLiteral(".log"), QIODevice::Append);
    m_process.start(m_program, {QStringLiteral("--data"), m_dataDir, QStringLiteral("--listen"),
                                QStringLiteral("127.0.0.1:%1").arg(m_url.port(0))});
    QElapsedTimer waited;
    waited.start();
    while (!m_process.canReadLine()) {
        if (waited.elapsed() > startMs ||
            (!m_process.waitForReadyRead(startMs) && m_process.state() == QProcess::NotRunning))
            return fail(ErrorCode::Unavailable,
                        QStringLiteral("The server did not start; see %1.log.").arg(m_dataDir));
    }
    const QString line = QString::fromUtf8(m_process.readLine()).trimmed();
    m_url = QUrl(line.section(u' ', -1));
    return {};
}

Result<void> ServerUnderTest::stop()
{
    m_process.terminate();
    if (!m_process.waitForFinished(stopMs) || m_process.exitCode() != 0)
        return fail(ErrorCode::Internal, QStringLiteral("The server did not stop cleanly."));
    return {};
}

void ServerUnderTest::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(stopMs);
}

} // namespace strop::test
