#include "client/device_cli/commands.h"
#include "shared/base/log.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSysInfo>

using namespace strop;
using namespace strop::client;

namespace {

Result<DeviceCall> readCall(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("A device without a screen, for scripts and tests.\n\n") +
                                     deviceVerbs());
    parser.addHelpOption();
    parser.addVersionOption();
    const auto option = [&](const char *name, const char *what, const char *value) {
        QCommandLineOption one(QString::fromLatin1(name), QString::fromLatin1(what),
                               QString::fromLatin1(value));
        parser.addOption(one);
        return one;
    };
    const auto data = option("data", "The device's folder.", "DIR");
    const auto server = option("server", "The server's address, for pair.", "URL");
    const auto name = option("name", "How the device is listed, for pair.", "NAME");
    const auto where = option("where", "Only rows of which this holds; may be repeated.", "CONDITION");
    const auto timeout = option("timeout", "When sync --until-idle gives up; 60 seconds.", "SECONDS");
    const QCommandLineOption untilIdle(QStringLiteral("until-idle"),
                                       QStringLiteral("End as soon as everything is in sync."));
    parser.addOption(untilIdle);
    parser.addPositionalArgument(QStringLiteral("verb"), QStringLiteral("What to do."));
    parser.process(arguments);

    DeviceCall call;
    call.arguments = parser.positionalArguments();
    if (call.arguments.isEmpty() || !parser.isSet(data))
        parser.showHelp(2);
    call.verb = call.arguments.takeFirst();
    call.dataDir = parser.value(data);
    call.server = parser.value(server);
    call.name = parser.isSet(name) ? parser.value(name) : QSysInfo::machineHostName();
    call.where = parser.values(where);
    call.untilIdle = parser.isSet(untilIdle);
    if (parser.isSet(timeout)) {
        STROP_TRY_ASSIGN(call.timeoutSeconds, readSeconds(parser.value(timeout)));
    }
    return call;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationVersion(QStringLiteral(STROP_VERSION));
    log::captureQtMessages();
    const Result<DeviceCall> call = readCall(QCoreApplication::arguments());
    const SystemClock clock;
    SystemRandom random;
    QTextStream out(stdout);
    const Result<void> done = call ? runDevice(*call, clock, random, out) : tl::unexpected(call.error());
    out.flush();
    if (!done) {
        QTextStream(stderr) << "strop-device: " << done.error().message << '\n';
        return 1;
    }
    return 0;
}
