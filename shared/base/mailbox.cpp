#include "shared/base/mailbox.h"

#include <QMutexLocker>

namespace strop {

void Mailbox::post(std::function<void()> task)
{
    const QMutexLocker lock(&m_mutex);
    if (m_context)
        QMetaObject::invokeMethod(m_context, std::move(task), Qt::QueuedConnection);
}

void Mailbox::close()
{
    const QMutexLocker lock(&m_mutex);
    m_context = nullptr;
}

} // namespace strop
