#include "shared/app_options/app_options.h"

#include <QCommandLineParser>
#include <QFont>
#include <QGuiApplication>
#include <QPalette>
#include <QQmlApplicationEngine>
#include <QStandardPaths>

namespace strop {

AppOptions readAppOptions(QGuiApplication &application, const QString &description)
{
    QGuiApplication::setApplicationVersion(QStringLiteral(STROP_VERSION));
    QGuiApplication::setFont(QFont(QStringLiteral("Inter")));
    QCommandLineParser parser;
    parser.setApplicationDescription(description);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption data(QStringLiteral("data"), QStringLiteral("Folder of this device's data."),
                                  QStringLiteral("DIR"),
                                  QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    const QCommandLineOption server(QStringLiteral("server"),
                                    QStringLiteral("Server proposed on the first run."),
                                    QStringLiteral("URL"), QStringLiteral("http://localhost:8420"));
    const QCommandLineOption dark(QStringLiteral("dark"),
                                  QStringLiteral("Dark colours, whatever the system uses."));
    const QCommandLineOption rightToLeft(QStringLiteral("rtl"),
                                         QStringLiteral("Lay out from right to left."));
    const QCommandLineOption textScale(QStringLiteral("text-scale"),
                                       QStringLiteral("Size of the text; 2 doubles it."),
                                       QStringLiteral("FACTOR"), QStringLiteral("1"));
    const QCommandLineOption reducedMotion(QStringLiteral("reduced-motion"),
                                           QStringLiteral("Nothing slides or fades."));
    const QCommandLineOption windowed(
        QStringLiteral("windowed"), QStringLiteral("A kiosk in a window instead of over the whole screen."));
    parser.addOptions({data, server, dark, rightToLeft, textScale, reducedMotion, windowed});
    parser.process(application);
    if (parser.isSet(rightToLeft))
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    constexpr int darkLightness = 128;
    return {parser.value(data),
            parser.value(server),
            parser.isSet(dark) || QGuiApplication::palette().window().color().lightness() < darkLightness,
            parser.isSet(rightToLeft),
            qBound(0.5, parser.value(textScale).toDouble(), 3.0),
            parser.isSet(reducedMotion),
            parser.isSet(windowed)};
}

bool loadWindow(QQmlApplicationEngine &engine, const QString &mainFile, QObject *app,
                const AppOptions &options)
{
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(app)},
                                 {QStringLiteral("dark"), options.dark},
                                 {QStringLiteral("textScale"), options.textScale},
                                 {QStringLiteral("mirrored"), options.rightToLeft},
                                 {QStringLiteral("reducedMotion"), options.reducedMotion}});
    engine.load(QUrl(mainFile));
    return !engine.rootObjects().isEmpty();
}

} // namespace strop
