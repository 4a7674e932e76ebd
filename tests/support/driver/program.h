#pragma once

#include "shared/base/result.h"

#include <QProcess>
#include <QUrl>

namespace strop::test {

/// Where the programs under test are.
struct Programs
{
    QString bin;     ///< build/<preset>/bin
    QString plugins; ///< build/<preset>/tests/plugins

    [[nodiscard]] QString path(const char *name) const { return bin + u'/' + QLatin1String(name); }
};

/// Has a program that is started from now on end with this one, however this one ends.
void endWithParent(QProcess &process);

/// Runs a program to its end and gives what it printed. The error holds what it complained of.
[[nodiscard]] Result<QByteArray> runTool(const QString &program, const QStringList &arguments,
                                         const QByteArray &input = {});

/// A strop-server of one's own on loopback. Ends with this object.
class ServerUnderTest
{
public:
    ServerUnderTest(const Programs &programs, const QString &dataDir);
    ~ServerUnderTest();

    /// Starts it, on a free port the first time and on the same one afterwards.
    Result<void> start();

    /// SIGTERM, and waits. InvalidArgument for an exit code other than 0.
    Result<void> stop();
    void kill();

    [[nodiscard]] const QUrl &url() const { return m_url; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }

private:
    QString m_program;
    QString m_dataDir;
    QUrl m_url;
    QProcess m_process;
};

} // namespace strop::test
