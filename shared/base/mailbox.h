#pragma once

#include <QMutex>
#include <QObject>
#include <functional>

namespace strop {

/// The way back onto a thread that runs an event loop: what is posted from any thread runs there, in order.
/// Shared by those who may post and the owner, who closes it when it goes: later posts are dropped.
class Mailbox
{
public:
    /// For the thread that `context` lives on. close() before it dies.
    explicit Mailbox(QObject &context)
        : m_context(&context)
    {}

    void post(std::function<void()> task);
    void close();

private:
    QMutex m_mutex;
    QObject *m_context;
};

} // namespace strop
