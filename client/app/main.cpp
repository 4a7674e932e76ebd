#include "client/app/desktop_app.h"
#include "shared/base/log.h"

#include <QCommandLineParser>
#include <QFont>
#include <QGuiApplication>
#include <QPalette>
#include <QQmlApplicationEngine>
#include <QStandardPaths>

using namespace strop;
using namespace strop::client;

namespace {

struct Options
{
    QString data;
    QString server;
    bool dark = false;
    bool rightToLeft = false;
    double textScale = 1;
};

Options readOptions(const QGuiApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("The owner's view of a Strop barbershop."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    parser.addOptions({{QStringLiteral("data"), QStringLiteral("Folder of this device's data."),
                        QStringLiteral("DIR"), folder},
                       {QStringLiteral("server"), QStringLiteral("Server proposed on the first run."),
                        QStringLiteral("URL"), QStringLiteral("http://localhost:8420")},
                       {QStringLiteral("dark"), QStringLiteral("Dark colours, whatever the system uses.")},
                       {QStringLiteral("rtl"), QStringLiteral("Lay out from right to left.")},
                       {QStringLiteral("text-scale"), QStringLiteral("Size of the text; 2 doubles it."),
                        QStringLiteral("FACTOR"), QStringLiteral("1")}});
    parser.process(application);
    constexpr int darkLightness = 128;
    return {parser.value(QStringLiteral("data")), parser.value(QStringLiteral("server")),
            parser.isSet(QStringLiteral("dark")) ||
                QGuiApplication::palette().window().color().lightness() < darkLightness,
            parser.isSet(QStringLiteral("rtl")),
            qBound(0.5, parser.value(QStringLiteral("text-scale")).toDouble(), 3.0)};
}

} // namespace

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationName(QStringLiteral("strop-desktop"));
    QGuiApplication::setApplicationVersion(QStringLiteral(STROP_VERSION));
    QGuiApplication::setFont(QFont(QStringLiteral("Inter")));
    log::captureQtMessages();
    const Options options = readOptions(application);
    if (options.rightToLeft)
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);

    const SystemClock clock;
    SystemRandom random;
    DesktopApp app(options.data, options.server, clock, random);
    app.start();

    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&app)},
                                 {QStringLiteral("dark"), options.dark},
                                 {QStringLiteral("textScale"), options.textScale},
                                 {QStringLiteral("mirrored"), options.rightToLeft}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Strop/Desktop/Main.qml")));
    return engine.rootObjects().isEmpty() ? 1 : QGuiApplication::exec();
}
