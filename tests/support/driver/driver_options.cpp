#include "tests/support/driver/driver_options.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QTextStream>

namespace strop::test {

DriverOptions readDriverOptions(QCoreApplication &application, const QString &description,
                                const QList<QCommandLineOption> &switches)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(description);
    parser.addHelpOption();
    const auto folder = [](const char *name, const char *what) {
        return QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(what),
                                  QStringLiteral("DIR"));
    };
    const QCommandLineOption bin = folder("bin", "Where the programs are.");
    const QCommandLineOption plugins = folder("plugins", "Where the automation plugin is.");
    const QCommandLineOption out = folder("out", "Where pictures, logs and data go.");
    parser.addOptions({bin, plugins, out});
    parser.addOptions(switches);
    parser.process(application);
    if (!parser.isSet(bin) || !parser.isSet(plugins) || !parser.isSet(out))
        parser.showHelp(2);
    DriverOptions options{
        {parser.value(bin), parser.value(plugins)}, QDir(parser.value(out)).absolutePath(), {}};
    for (const QCommandLineOption &one : switches) {
        if (parser.isSet(one))
            options.switchesSet += one.names();
    }
    return options;
}

int exitCodeOf(const Result<void> &done)
{
    if (done)
        return 0;
    const QString program = QFileInfo(QCoreApplication::applicationFilePath()).fileName();
    QTextStream(stderr) << program << ": " << done.error().message << '\n';
    return 1;
}

} // namespace strop::test
