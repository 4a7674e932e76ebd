#pragma once

#include "kiosk/app/kiosk_app.h"
#include "tests/qml/support/test_device.h"

namespace strop::test {

/// The real kiosk application, without its window.
class TestKiosk : public TestDevice
{
    Q_OBJECT
    QML_ELEMENT

    Q_PROPERTY(strop::kiosk::KioskApp *app READ app NOTIFY started)

public:
    TestKiosk()
        : TestDevice(Role::Kiosk)
    {}
    [[nodiscard]] kiosk::KioskApp *app() const { return m_app.get(); }

    /// So many seconds pass in which nobody touches anything.
    Q_INVOKABLE void idleFor(int seconds)
    {
        for (int i = 0; i < seconds; ++i)
            m_app->idle()->tick();
    }

Q_SIGNALS:
    void started();

private:
    void start() override
    {
        m_app = std::make_unique<kiosk::KioskApp>(folder(), m_server, m_clock, m_random);
        m_app->start();
        Q_EMIT started();
    }

    std::unique_ptr<kiosk::KioskApp> m_app;
};

} // namespace strop::test
