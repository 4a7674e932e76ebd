#pragma once

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace strop::kiosk {

/// Notices that the customer has walked away: after 45 s without a touch or a key it warns for 20 s, then
/// asks for a reset. Watches every input event of the application while it is active; the one that ends a
/// warning goes no further. Lives on the UI thread.
class IdleGuard final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the application.")

    /// True while there is something to lose: away from the attract screen.
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY changed)
    Q_PROPERTY(bool warning READ isWarning NOTIFY changed)

    /// Seconds left in the warning.
    Q_PROPERTY(int secondsLeft READ secondsLeft NOTIFY changed)

public:
    static constexpr int idleSeconds = 45;
    static constexpr int warningSeconds = 20;

    explicit IdleGuard(QObject *parent);
    ~IdleGuard() override;

    [[nodiscard]] bool isActive() const { return m_active; }
    void setActive(bool active);
    [[nodiscard]] bool isWarning() const { return m_active && m_idleFor >= idleSeconds; }
    [[nodiscard]] int secondsLeft() const { return idleSeconds + warningSeconds - m_idleFor; }

    /// Somebody is here.
    Q_INVOKABLE void touch();

    /// One second has passed. The guard's own timer calls it.
    void tick();

Q_SIGNALS:
    void changed();
    void expired();

private:
    bool eventFilter(QObject *watched, QEvent *event) override;

    bool m_active = false;
    int m_idleFor = 0; ///< Seconds.
    QTimer m_second;
};

} // namespace strop::kiosk
