#pragma once

#include "client/app/desktop_app.h"
#include "tests/qml/support/test_device.h"

namespace strop::test {

/// The real desktop application, without its window.
class TestDesktop : public TestDevice
{
    Q_OBJECT
    QML_ELEMENT

    Q_PROPERTY(strop::client::DesktopApp *app READ app NOTIFY started)

public:
    TestDesktop()
        : TestDevice(Role::Owner)
    {}
    [[nodiscard]] client::DesktopApp *app() const { return m_app.get(); }

Q_SIGNALS:
    void started();

private:
    void start() override
    {
        m_app = std::make_unique<client::DesktopApp>(folder(), m_server, m_clock, m_random);
        m_app->start();
        Q_EMIT started();
    }

    std::unique_ptr<client::DesktopApp> m_app;
};

} // namespace strop::test
