#pragma once

#include "tests/support/driver/app_under_test.h"

#include <QDateTime>

namespace strop::test {

/// Where it is a bright morning at that moment, so that a barbershop has free times left today. An IANA zone.
[[nodiscard]] QString morningZone(const QDateTime &now);

/// The demo shop with its own server, and the real apps brought into it through their windows as a person
/// would do it. The folders lie under `folder`: server, desktop, kiosk. Blocking calls, each of which answers
/// with what went wrong.
class DemoStage
{
public:
    DemoStage(const Programs &programs, const QString &folder);

    /// Makes the demo shop in a fresh folder, where it is morning.
    Result<void> makeShop();

    [[nodiscard]] ServerUnderTest &server() { return m_server; }
    [[nodiscard]] QString path(const QString &inside) const { return m_folder + u'/' + inside; }

    /// What the app is started with: its own folder, and the server's address for its first run. Once that is
    /// done, the address is kept in the folder.
    [[nodiscard]] QStringList desktopArguments() const { return arguments(QStringLiteral("desktop")); }
    [[nodiscard]] QStringList kioskArguments() const
    {
        return arguments(QStringLiteral("kiosk")) << QStringLiteral("--windowed");
    }

    /// First run of the desktop: joins with the owner's account, and waits for the day view.
    [[nodiscard]] Result<void> logIn(AppUnderTest &desktop) const;

    /// The desktop makes a code, the kiosk is given it, and its attract screen comes up.
    [[nodiscard]] static Result<void> pair(AppUnderTest &desktop, AppUnderTest &kiosk);

private:
    [[nodiscard]] QStringList arguments(const QString &app) const;

    Programs m_programs;
    QString m_folder;
    ServerUnderTest m_server;
};

/// Taps through the kiosk's screens from the first one to the question who it is for.
[[nodiscard]] Result<void> chooseFirstFree(AppUnderTest &kiosk, const QString &service);

/// The details screen: types the name and goes on to the phone, taps the phone's digits on the kiosk's own
/// keys, and confirms; the last returns when "You are booked" shows.
[[nodiscard]] Result<void> enterName(AppUnderTest &kiosk, const QString &name);
[[nodiscard]] Result<void> enterPhone(AppUnderTest &kiosk, const QString &phone);
[[nodiscard]] Result<void> confirmBooking(AppUnderTest &kiosk);

} // namespace strop::test
