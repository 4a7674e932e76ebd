#include "tests/demo/main_job.h"
#include "tests/demo/open_house.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QTextStream>

using namespace strop;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Runs Strop's main job on the real programs."));
    parser.addHelpOption();
    const QCommandLineOption bin(QStringLiteral("bin"), QStringLiteral("Where the programs are."),
                                 QStringLiteral("DIR"));
    const QCommandLineOption plugins(
        QStringLiteral("plugins"), QStringLiteral("Where the automation plugin is."), QStringLiteral("DIR"));
    const QCommandLineOption out(QStringLiteral("out"), QStringLiteral("Where pictures, logs and data go."),
                                 QStringLiteral("DIR"));
    const QCommandLineOption headless(
        QStringLiteral("headless"),
        QStringLiteral("Draw offscreen and drive the windows, instead of showing them."));
    parser.addOptions({bin, plugins, out, headless});
    parser.process(application);
    if (!parser.isSet(bin) || !parser.isSet(plugins) || !parser.isSet(out))
        parser.showHelp(2);

    const test::Programs programs{parser.value(bin), parser.value(plugins)};
    const QString folder = QDir(parser.value(out)).absolutePath();
    const Result<void> done = parser.isSet(headless) ? demo_run::runMainJob(programs, folder)
                                                     : demo_run::runOpenHouse(programs, folder);
    if (!done) {
        QTextStream(stderr) << "strop-demo: " << done.error().message << '\n';
        return 1;
    }
    return 0;
}
