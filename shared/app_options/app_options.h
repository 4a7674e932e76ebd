#pragma once

#include <QString>
#include <QVariantMap>

class QGuiApplication;
class QQmlApplicationEngine;

namespace strop {

/// What both apps take on their command line.
struct AppOptions
{
    QString data;   ///< Folder of this device's data.
    QString server; ///< Proposed on the first run.
    bool dark = false;
    bool rightToLeft = false;
    double textScale = 1; ///< 0.5 to 3.
    bool reducedMotion = false;
    bool windowed = false; ///< A kiosk in a window, which people can close, instead of over the whole screen.
};

/// Sets the application's font, version and layout direction, and reads its options; ends the program for
/// --help and the like. Dark where the system is, or by --dark.
[[nodiscard]] AppOptions readAppOptions(QGuiApplication &application, const QString &description);

/// Loads an app's Main.qml, whose `app`, `dark`, `textScale`, `mirrored` and `reducedMotion` are set. False
/// when it could not be loaded.
[[nodiscard]] bool loadWindow(QQmlApplicationEngine &engine, const QString &mainFile, QObject *app,
                              const AppOptions &options);

} // namespace strop
