#include "tests/support/automation/automation_server.h"

#include "tests/support/automation/commands.h"
#include "tests/support/automation/item_finder.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QScopedValueRollback>

namespace strop::automation {
namespace {

constexpr int pollMs = 5;

} // namespace

AutomationServer::AutomationServer(const QString &socketPath)
{
    QAccessible::setActive(true);
    connect(&m_server, &QLocalServer::newConnection, this, &AutomationServer::accept);
    connect(&m_poll, &QTimer::timeout, this, &AutomationServer::work);
    if (!m_server.listen(socketPath))
        qFatal("automation: %s", qPrintable(m_server.errorString()));
}

void AutomationServer::accept()
{
    QLocalSocket *socket = m_server.nextPendingConnection();
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        while (socket->canReadLine())
            m_queue.enqueue({socket, QJsonDocument::fromJson(socket->readLine()).object()});
        if (!m_poll.isActive()) {
            m_waitingFor.start();
            m_poll.start(0);
        }
    });
}

void AutomationServer::work()
{
    // A tap handles the window's events before it returns, and this timer is one of them.
    if (m_working)
        return;
    const QScopedValueRollback<bool> working(m_working, true);
    m_poll.setInterval(pollMs);
    while (!m_queue.isEmpty()) {
        const Waiting waiting = m_queue.head();
        if (!answered(waiting))
            return;
        m_queue.dequeue();
        m_waitingFor.start();
    }
    m_poll.stop();
}

bool AutomationServer::answered(const Waiting &waiting)
{
    const QJsonObject &request = waiting.request;
    const QString name = request.value(QStringLiteral("do")).toString();
    if (name == QStringLiteral("quit")) {
        reply(waiting.socket, {{QStringLiteral("ok"), true}});
        QCoreApplication::quit();
        return true;
    }
    if (name == QStringLiteral("wait")) {
        const QJsonObject target = request.value(QStringLiteral("target")).toObject();
        const bool gone = request.value(QStringLiteral("state")).toString() == QStringLiteral("gone");
        const QList<QQuickItem *> found = visibleItems(target);
        if (found.isEmpty() == gone) {
            if (!gone)
                reveal(found.front());
            reply(waiting.socket, {{QStringLiteral("ok"), true}});
            return true;
        }
        if (m_waitingFor.elapsed() < request.value(QStringLiteral("timeoutMs")).toInt(5000))
            return false;
        const auto item = findItem(target);
        reply(waiting.socket, {{QStringLiteral("ok"), false},
                               {QStringLiteral("error"),
                                item ? QStringLiteral("It is still there.") : item.error().message}});
        return true;
    }
    Result<QJsonObject> answer = runCommand(request);
    if (answer)
        answer->insert(QStringLiteral("ok"), true);
    reply(waiting.socket, answer ? *answer
                                 : QJsonObject{{QStringLiteral("ok"), false},
                                               {QStringLiteral("error"), answer.error().message}});
    return true;
}

void AutomationServer::reply(QLocalSocket *socket, const QJsonObject &answer)
{
    if (!socket)
        return;
    socket->write(QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n');
    socket->flush();
}

} // namespace strop::automation
