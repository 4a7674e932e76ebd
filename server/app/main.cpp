#include "server/app/config.h"
#include "server/app/server.h"
#include "server/app/signals.h"
#include "server/eventloop/epoll_dispatcher.h"
#include "shared/base/log.h"

#include <QCoreApplication>
#include <QTextStream>
#include <sys/resource.h>

using namespace strop;
using namespace strop::server;

namespace {

/// A connection is a file descriptor; the soft limit is usually 1024.
void raiseFileLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

int complain(const Error &error)
{
    QTextStream(stderr) << "strop-server: " << error.message << '\n';
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    TerminationSignals::block();
    raiseFileLimit();
    EpollDispatcher::installOnMainThread();
    QCoreApplication application(argc, argv);
    log::captureQtMessages();

    const auto commandLine = readCommandLine(QCoreApplication::arguments().mid(1),
                                             QProcessEnvironment::systemEnvironment(), readConfigFile);
    if (!commandLine)
        return complain(commandLine.error());
    if (commandLine->request == CommandLine::Request::ShowHelp) {
        QTextStream(stdout) << helpText();
        return 0;
    }
    if (commandLine->request == CommandLine::Request::ShowVersion) {
        QTextStream(stdout) << "strop-server " STROP_VERSION "\n";
        return 0;
    }
    log::setLevel(commandLine->config.logLevel);

    const auto signals = TerminationSignals::listen();
    if (!signals)
        return complain(signals.error());
    QObject::connect(signals->get(), &TerminationSignals::received, &application, &QCoreApplication::quit);

    const SystemClock clock;
    SystemRandom random;
    auto server = Server::start(commandLine->config, clock, random);
    if (!server)
        return complain(server.error());
    QTextStream(stdout) << "listening on " << (*server)->url().toString() << Qt::endl;
    log::info("server.started", {{"url", (*server)->url().toString()}});

    const int code = QCoreApplication::exec();
    log::info("server.draining");
    server->reset();
    log::info("server.stopped");
    return code;
}
