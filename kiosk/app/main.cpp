#include "kiosk/app/kiosk_app.h"
#include "shared/app_options/app_options.h"
#include "shared/base/log.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QWindow>

using namespace strop;

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationName(QStringLiteral("strop-kiosk"));
    log::captureQtMessages();
    const AppOptions options =
        readAppOptions(application, QStringLiteral("Where the customers of a Strop barbershop book."));

    const SystemClock clock;
    SystemRandom random;
    kiosk::KioskApp app(options.data, options.server, clock, random);
    app.start();

    QQmlApplicationEngine engine;
    if (!loadWindow(engine, QStringLiteral("qrc:/qt/qml/Strop/Kiosk/Main.qml"), &app, options))
        return 1;
    if (!options.windowed)
        qobject_cast<QWindow *>(engine.rootObjects().constFirst())->showFullScreen();
    return QGuiApplication::exec();
}
