#include "tests/demo/open_house.h"

#include "tests/support/driver/demo_stage.h"
#include "tests/support/driver/step_report.h"

#include <QTextStream>

namespace strop::demo_run {

Result<void> runOpenHouse(const test::Programs &programs, const QString &out)
{
    test::StepReport report;
    test::DemoStage stage(programs, out + QStringLiteral("/data"));
    STROP_TRY(
        report.step(QStringLiteral("makes a barbershop with 6 barbers, 20 services and a year behind it"),
                    [&] { return stage.makeShop(); }));
    STROP_TRY(report.step(QStringLiteral("starts the server"), [&] { return stage.server().start(); }));
    test::AppUnderTest desktop(programs, "strop-desktop", stage.desktopArguments(), true);
    test::AppUnderTest kiosk(programs, "strop-kiosk", stage.kioskArguments(), true);
    STROP_TRY(report.step(QStringLiteral("opens the desktop, and the owner logs in"), [&]() -> Result<void> {
        STROP_TRY(desktop.start());
        return stage.logIn(desktop);
    }));
    STROP_TRY(report.step(QStringLiteral("opens the kiosk, and pairs it"), [&]() -> Result<void> {
        STROP_TRY(kiosk.start());
        STROP_TRY(test::DemoStage::pair(desktop, kiosk));
        return desktop.tap(test::Target::named(QStringLiteral("railCalendar")));
    }));
    QTextStream(stdout) << QStringLiteral(
                               "The shop is open: book at the kiosk and watch the desktop. To see it work "
                               "without a network, stop the server: kill %1\n"
                               "Close both windows to end.\n")
                               .arg(stage.server().pid());
    desktop.waitForEnd();
    kiosk.waitForEnd();
    return {};
}

} // namespace strop::demo_run
