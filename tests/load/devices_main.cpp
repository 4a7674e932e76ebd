#include "tests/load/load_loop.h"

#include "shared/base/log.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QTextStream>
#include <sys/resource.h>

using namespace strop;
using namespace strop::load;

namespace {

struct Options
{
    QString fleet;
    size_t from = 0;
    size_t to = 0;
    int devicesEach = 1;
    quint16 port = 0;
};

Options readOptions(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Simulates devices of a fleet against a strop-server on loopback: connects them all, "
                       "then takes lines "
                       "\"PUSHES_PER_SECOND SECONDS\" from standard input. Answers each step with a JSON "
                       "line; ends with its input."));
    parser.addHelpOption();
    const auto option = [&parser](const char *name, const char *what) {
        const QCommandLineOption one(QString::fromLatin1(name), QString::fromLatin1(what),
                                     QStringLiteral("VALUE"));
        parser.addOption(one);
        return one;
    };
    const auto fleet = option("fleet", "File of the devices.");
    const auto from = option("from", "First device of this process.");
    const auto to = option("to", "First device that is not of this process any more.");
    const auto each = option("devices-each", "Devices of one business.");
    const auto port = option("port", "Of the server.");
    parser.process(application);
    return {parser.value(fleet), parser.value(from).toULong(), parser.value(to).toULong(),
            parser.value(each).toInt(), quint16(parser.value(port).toUInt())};
}

void answer(const QJsonObject &line)
{
    QTextStream(stdout) << QJsonDocument(line).toJson(QJsonDocument::Compact) << Qt::endl;
}

Result<void> run(const Options &options)
{
    STROP_TRY_ASSIGN(const Fleet all, loadFleet(options.fleet));
    if (options.from >= options.to || options.to > all.size() || options.devicesEach < 1)
        return fail(ErrorCode::InvalidArgument, QStringLiteral("There are no such devices in the fleet."));
    LoadLoop loop({all.begin() + qsizetype(options.from), all.begin() + qsizetype(options.to)},
                  options.devicesEach, options.port);
    STROP_TRY(loop.connectAll());
    answer({{QStringLiteral("live"), loop.live()}});
    while (const std::optional<QByteArray> line = loop.nextLine()) {
        const QList<QByteArray> words = line->split(' ');
        const double rate = words.value(0).toDouble();
        const int seconds = words.value(1).toInt();
        if (rate <= 0 || seconds <= 0)
            return fail(ErrorCode::InvalidArgument, QStringLiteral("A line has a rate and seconds."));
        answer(loop.deliver(rate, std::chrono::seconds(seconds)));
    }
    return {};
}

void raiseFileLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    log::captureQtMessages();
    raiseFileLimit();
    const Result<void> done = run(readOptions(application));
    if (done)
        return 0;
    QTextStream(stderr) << argv[0] << ": " << done.error().message << ' ' << done.error().detail << Qt::endl;
    return 1;
}
