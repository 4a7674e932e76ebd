#include "tests/shots/shoot.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QTextStream>

using namespace strop;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Draws every page of Strop's apps to PNG files."));
    parser.addHelpOption();
    const QCommandLineOption bin(QStringLiteral("bin"), QStringLiteral("Where the programs are."),
                                 QStringLiteral("DIR"));
    const QCommandLineOption plugins(
        QStringLiteral("plugins"), QStringLiteral("Where the automation plugin is."), QStringLiteral("DIR"));
    const QCommandLineOption out(QStringLiteral("out"), QStringLiteral("Where the pictures go."),
                                 QStringLiteral("DIR"));
    parser.addOptions({bin, plugins, out});
    parser.process(application);
    if (!parser.isSet(bin) || !parser.isSet(plugins) || !parser.isSet(out))
        parser.showHelp(2);
    const Result<void> done =
        shots::shootAll({parser.value(bin), parser.value(plugins)}, QDir(parser.value(out)).absolutePath());
    if (!done) {
        QTextStream(stderr) << "strop-shots: " << done.error().message << '\n';
        return 1;
    }
    return 0;
}
