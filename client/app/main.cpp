#include "client/app/desktop_app.h"
#include "shared/app_options/app_options.h"
#include "shared/base/log.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>

using namespace strop;

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationName(QStringLiteral("strop-desktop"));
    log::captureQtMessages();
    const AppOptions options =
        readAppOptions(application, QStringLiteral("The owner's view of a Strop barbershop."));

    const SystemClock clock;
    SystemRandom random;
    client::DesktopApp app(options.data, options.server, clock, random);
    app.start();

    QQmlApplicationEngine engine;
    if (!loadWindow(engine, QStringLiteral("qrc:/qt/qml/Strop/Desktop/Main.qml"), &app, options))
        return 1;
    return QGuiApplication::exec();
}
