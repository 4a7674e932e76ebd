#include "server/admin/commands.h"
#include "shared/base/log.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace strop;
using namespace strop::server;

namespace {

AdminCall readCall(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Works on the data folder of a strop-server.\n\n") +
                                     adminVerbs());
    parser.addHelpOption();
    parser.addVersionOption();
    const auto option = [&](const char *name, const char *what, const char *value) {
        QCommandLineOption one(QString::fromLatin1(name), QString::fromLatin1(what),
                               QString::fromLatin1(value));
        parser.addOption(one);
        return one;
    };
    const auto data = option("data", "The server's data folder.", "DIR");
    const auto email = option("email", "E-mail address of the owner.", "ADDRESS");
    const auto role = option("role", "owner, manager, barber, kiosk or display.", "ROLE");
    const auto business = option("business", "Which business, when there are several.", "ID");
    const auto shop = option("shop", "Which shop, when there are several.", "ID");
    const auto zone = option("zone", "IANA zone of the demo shop; Europe/London.", "ZONE");
    const QCommandLineOption password(QStringLiteral("password-stdin"),
                                      QStringLiteral("Read the owner's password from standard input."));
    parser.addOption(password);
    parser.addPositionalArgument(QStringLiteral("verb"), QStringLiteral("What to do."));
    parser.process(arguments);

    AdminCall call;
    call.arguments = parser.positionalArguments();
    if (call.arguments.isEmpty() || !parser.isSet(data))
        parser.showHelp(2);
    call.verb = call.arguments.takeFirst();
    call.dataDir = parser.value(data);
    call.email = parser.value(email);
    if (parser.isSet(role))
        call.role = parser.value(role);
    call.business = parser.value(business);
    call.shop = parser.value(shop);
    if (parser.isSet(zone))
        call.zone = parser.value(zone);
    if (parser.isSet(password))
        call.password = QTextStream(stdin).readLine();
    return call;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationVersion(QStringLiteral(STROP_VERSION));
    log::captureQtMessages();
    const AdminCall call = readCall(QCoreApplication::arguments());
    const SystemClock clock;
    SystemRandom random;
    QTextStream out(stdout);
    const Result<void> done = runAdmin(call, clock, random, out);
    out.flush();
    if (!done) {
        QTextStream(stderr) << "strop-admin: " << done.error().message << '\n';
        return 1;
    }
    return 0;
}
