#include <QCoreApplication>
#include <QStandardPaths>
#include <gmock/gmock.h>

/// The main() of every GoogleTest program: an event loop for those who need one, and no way to the user's own
/// folders.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    testing::InitGoogleMock(&argc, argv);
    return RUN_ALL_TESTS();
}
