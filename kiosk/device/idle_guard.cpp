#include "kiosk/device/idle_guard.h"

#include <QCoreApplication>
#include <QEvent>

namespace strop::kiosk {

IdleGuard::IdleGuard(QObject *parent)
    : QObject(parent)
{
    connect(&m_second, &QTimer::timeout, this, &IdleGuard::tick);
    m_second.setInterval(1000);
    if (QCoreApplication::instance())
        QCoreApplication::instance()->installEventFilter(this);
}

IdleGuard::~IdleGuard()
{
    if (QCoreApplication::instance())
        QCoreApplication::instance()->removeEventFilter(this);
}

void IdleGuard::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    m_idleFor = 0;
    if (active)
        m_second.start();
    else
        m_second.stop();
    Q_EMIT changed();
}

void IdleGuard::touch()
{
    if (std::exchange(m_idleFor, 0) != 0)
        Q_EMIT changed();
}

void IdleGuard::tick()
{
    if (!m_active)
        return;
    ++m_idleFor;
    if (secondsLeft() <= 0) {
        m_idleFor = 0;
        Q_EMIT expired();
    }
    Q_EMIT changed();
}

bool IdleGuard::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::TouchBegin:
    case QEvent::KeyPress: {
        // What answers the warning does not also press what lies below it.
        const bool answer = isWarning();
        if (m_active)
            touch();
        if (answer)
            event->accept();
        return answer;
    }
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace strop::kiosk
