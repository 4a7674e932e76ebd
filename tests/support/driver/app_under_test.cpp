#include "tests/support/driver/app_under_test.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QLocalServer>

namespace strop::test {
namespace {

constexpr int startMs = 20'000;
constexpr int stopMs = 10'000;
constexpr int retryMs = 10;

QProcessEnvironment environmentFor(const Programs &programs, const QString &socketPath, bool visible)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_GENERIC_PLUGINS"),
                       QStringLiteral("strop_automation:") + socketPath);
    environment.insert(QStringLiteral("QT_PLUGIN_PATH"), programs.plugins);
    if (!visible) {
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("QT_QUICK_BACKEND"), QStringLiteral("software"));
    }
    return environment;
}

} // namespace

AppUnderTest::AppUnderTest(const Programs &programs, const char *program, const QStringList &arguments,
                           bool visible)
    : m_program(programs.path(program))
    , m_arguments(arguments)
{
    endWithParent(m_process);
    m_process.setProcessEnvironment(
        environmentFor(programs, m_folder.filePath(QStringLiteral("ui")), visible));
}

AppUnderTest::~AppUnderTest()
{
    kill();
}

Result<void> AppUnderTest::start()
{
    const QString socketPath = m_folder.filePath(QStringLiteral("ui"));
    QLocalServer::removeServer(socketPath);
    m_process.start(m_program, m_arguments);
    QElapsedTimer waited;
    waited.start();
    do {
        m_socket.connectToServer(socketPath);
        if (m_socket.waitForConnected(startMs))
            return {};
        if (m_process.waitForFinished(retryMs))
            break;
    } while (waited.elapsed() < startMs);
    return fail(ErrorCode::Unavailable,
                QStringLiteral("%1 did not start: %2").arg(m_program, QString::fromUtf8(log())));
}

Result<void> AppUnderTest::quit()
{
    STROP_TRY(tell("quit"));
    const bool ended = m_process.state() == QProcess::NotRunning || m_process.waitForFinished(stopMs);
    m_socket.abort();
    if (ended && m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0)
        return {};
    return fail(ErrorCode::InvalidArgument,
                QStringLiteral("%1 did not end well: %2").arg(m_program, QString::fromUtf8(log())));
}

void AppUnderTest::kill()
{
    m_socket.abort();
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(stopMs);
}

void AppUnderTest::whenFinished(std::function<void()> finished)
{
    QObject::connect(&m_process, &QProcess::finished, &m_process, std::move(finished));
}

QByteArray AppUnderTest::log()
{
    m_log += m_process.readAllStandardError();
    return m_log;
}

Result<QJsonObject> AppUnderTest::ask(const char *what, QJsonObject request, int timeoutMs)
{
    request.insert(QStringLiteral("do"), QString::fromLatin1(what));
    m_socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    QElapsedTimer waited;
    waited.start();
    while (!m_socket.canReadLine()) {
        if (waited.elapsed() > timeoutMs ||
            (!m_socket.waitForReadyRead(timeoutMs) && !m_socket.canReadLine()))
            return fail(ErrorCode::Unavailable,
                        QStringLiteral("%1 does not answer: %2").arg(m_program, QString::fromUtf8(log())));
    }
    const QJsonObject answer = QJsonDocument::fromJson(m_socket.readLine()).object();
    if (!answer.value(QStringLiteral("ok")).toBool())
        return fail(ErrorCode::Conflict,
                    QStringLiteral("%1 %2: %3")
                        .arg(QLatin1String(what),
                             QString::fromUtf8(QJsonDocument(request).toJson(QJsonDocument::Compact)),
                             answer.value(QStringLiteral("error")).toString()));
    return answer;
}

Result<void> AppUnderTest::tell(const char *what, QJsonObject request, int timeoutMs)
{
    STROP_TRY(ask(what, std::move(request), timeoutMs));
    return {};
}

Result<void> AppUnderTest::tap(const Target &target)
{
    STROP_TRY(waitFor(target));
    return tell("tap", {{QStringLiteral("target"), target.json}});
}

Result<void> AppUnderTest::drag(const Target &target, int dx, int dy)
{
    STROP_TRY(waitFor(target));
    return tell(
        "drag",
        {{QStringLiteral("target"), target.json}, {QStringLiteral("dx"), dx}, {QStringLiteral("dy"), dy}});
}

Result<void> AppUnderTest::type(const QString &text)
{
    return tell("type", {{QStringLiteral("text"), text}});
}

Result<void> AppUnderTest::key(const QString &key)
{
    return tell("key", {{QStringLiteral("key"), key}});
}

Result<void> AppUnderTest::waitFor(const Target &target, int timeoutMs)
{
    return tell("wait", {{QStringLiteral("target"), target.json}, {QStringLiteral("timeoutMs"), timeoutMs}},
                2 * timeoutMs);
}

Result<void> AppUnderTest::waitUntilGone(const Target &target, int timeoutMs)
{
    return tell("wait",
                {{QStringLiteral("target"), target.json},
                 {QStringLiteral("state"), QStringLiteral("gone")},
                 {QStringLiteral("timeoutMs"), timeoutMs}},
                2 * timeoutMs);
}

Result<QString> AppUnderTest::text(const Target &target)
{
    STROP_TRY_ASSIGN(const QJsonObject answer, ask("text", {{QStringLiteral("target"), target.json}}));
    return answer.value(QStringLiteral("text")).toString();
}

Result<QJsonValue> AppUnderTest::property(const Target &target, const QString &property)
{
    STROP_TRY_ASSIGN(const QJsonObject answer, ask("property", {{QStringLiteral("target"), target.json},
                                                                {QStringLiteral("property"), property}}));
    return answer.value(QStringLiteral("value"));
}

Result<QJsonArray> AppUnderTest::find(const Target &target)
{
    STROP_TRY_ASSIGN(const QJsonObject answer, ask("find", {{QStringLiteral("target"), target.json}}));
    return answer.value(QStringLiteral("items")).toArray();
}

Result<QJsonObject> AppUnderTest::focusItem()
{
    STROP_TRY_ASSIGN(const QJsonObject answer, ask("focus"));
    return answer.value(QStringLiteral("item")).toObject();
}

Result<QJsonArray> AppUnderTest::tree()
{
    STROP_TRY_ASSIGN(const QJsonObject answer, ask("tree"));
    return answer.value(QStringLiteral("items")).toArray();
}

Result<void> AppUnderTest::grab(const QString &path)
{
    return tell("grab", {{QStringLiteral("path"), path}});
}

Result<void> AppUnderTest::resize(int width, int height)
{
    return tell("resize", {{QStringLiteral("width"), width}, {QStringLiteral("height"), height}});
}

Result<void> AppUnderTest::fill(const QString &objectName, const QString &text)
{
    STROP_TRY(tap(Target::named(objectName)));
    STROP_TRY(key(QStringLiteral("Ctrl+A")));
    return type(text);
}

} // namespace strop::test
