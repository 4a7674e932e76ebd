#include "tests/demo/main_job.h"
#include "tests/demo/open_house.h"
#include "tests/support/driver/driver_options.h"

using namespace strop;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QString headless = QStringLiteral("headless");
    const test::DriverOptions options = test::readDriverOptions(
        application, QStringLiteral("Runs Strop's main job on the real programs."),
        {{headless, QStringLiteral("Draw offscreen and drive the windows, instead of showing them.")}});
    const bool drives = options.switchesSet.contains(headless);
    return test::exitCodeOf(drives ? demo_run::runMainJob(options.programs, options.out)
                                   : demo_run::runOpenHouse(options.programs, options.out));
}
