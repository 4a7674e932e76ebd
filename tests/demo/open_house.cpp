#include "tests/demo/open_house.h"

#include "tests/support/driver/demo_stage.h"
#include "tests/support/driver/step_report.h"

#include <QEventLoop>
#include <QSocketNotifier>
#include <QTextStream>
#include <cstdio>

namespace strop::demo_run {
namespace {

void toggle(test::ServerUnderTest &server)
{
    const bool wasRunning = server.isRunning();
    const Result<void> done = wasRunning ? server.stop() : server.start();
    QTextStream(stdout) << (done ? (wasRunning ? "The server is stopped.\n" : "The server runs again.\n")
                                 : done.error().message + u'\n');
}

/// Until both windows are closed.
void keepOpen(test::ServerUnderTest &server, test::AppUnderTest &desktop, test::AppUnderTest &kiosk)
{
    QEventLoop loop;
    int open = 2;
    for (test::AppUnderTest *app : {&desktop, &kiosk}) {
        app->whenFinished([&loop, &open] {
            if (--open == 0)
                loop.quit();
        });
    }
    QTextStream input(stdin);
    QSocketNotifier typed(fileno(stdin), QSocketNotifier::Read);
    QObject::connect(&typed, &QSocketNotifier::activated, &loop, [&] {
        if (input.readLine().isNull())
            typed.setEnabled(false); // the input has ended: nobody will type any more
        else
            toggle(server);
    });
    loop.exec();
}

} // namespace

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
    QTextStream(stdout) << "The shop is open: book at the kiosk and watch the desktop.\n"
                           "Enter stops the server, and starts it again. Close both windows to end.\n";
    keepOpen(stage.server(), desktop, kiosk);
    return {};
}

} // namespace strop::demo_run
