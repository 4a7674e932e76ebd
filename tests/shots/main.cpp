#include "tests/shots/shoot.h"
#include "tests/support/driver/driver_options.h"

using namespace strop;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const test::DriverOptions options = test::readDriverOptions(
        application, QStringLiteral("Draws every page of Strop's apps to PNG files."));
    return test::exitCodeOf(shots::shootAll(options.programs, options.out));
}
