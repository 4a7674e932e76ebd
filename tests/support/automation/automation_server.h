#pragma once

#include <QElapsedTimer>
#include <QJsonObject>
#include <QLocalServer>
#include <QPointer>
#include <QQueue>
#include <QTimer>

class QLocalSocket;

namespace strop::automation {

/// Takes requests as JSON lines on a local socket and answers each with one line, {"ok": true, …} or {"ok":
/// false, "error": …}, in order. {"do": "wait", "target": …, "state": "visible"|"gone", "timeoutMs": n} is
/// answered when it holds or the time is over.
class AutomationServer final : public QObject
{
    Q_OBJECT
public:
    explicit AutomationServer(const QString &socketPath);

private:
    struct Waiting
    {
        QPointer<QLocalSocket> socket;
        QJsonObject request;
    };

    void accept();
    void work();
    bool answered(const Waiting &waiting);
    static void reply(QLocalSocket *socket, const QJsonObject &answer);

    QLocalServer m_server;
    QQueue<Waiting> m_queue;
    QElapsedTimer m_waitingFor; ///< Since the first of the queue began to wait.
    QTimer m_poll;
    bool m_working = false;
};

} // namespace strop::automation
