#pragma once

#include "server/auth/signup.h"
#include "shared/base/instant.h"
#include "shared/base/log.h"
#include "shared/base/result.h"

#include <QByteArray>
#include <QHostAddress>
#include <QProcessEnvironment>
#include <QStringList>
#include <functional>

namespace strop::server {

/// Everything an operator can set. The values here are the defaults.
struct ServerConfig
{
    QString dataDir; ///< Never empty once resolved; may not exist yet.
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 8420; ///< 0 takes a free one.
    int hubThreads = 0;  ///< 0 stands for one per core.
    log::Level logLevel = log::Level::Info;
    Signup signup = Signup::Open;
    QHostAddress trustedProxy;     ///< Whose X-Forwarded-For is believed; null for nobody's.
    int maxMessageBytes = 1 << 20; ///< Of one message from a device, all its frames together.
    int maxConnections = 15'000;   ///< Of the whole server.
    Millis heartbeat{4000};        ///< Interval of the server's heartbeats on each connection.
    Millis drain{5000};            ///< How long a stopping server lets connections finish.
};

struct CommandLine
{
    enum class Request { Run, ShowHelp, ShowVersion };

    Request request = Request::Run;
    ServerConfig config; ///< Only for Run.
};

/// Gives the content of a file, or NotFound, or another reason why it cannot be read.
using FileReader = std::function<Result<QByteArray>(const QString &path)>;

/// What the operator asks for: flags win over the environment, the environment over the configuration file,
/// the file over the defaults. `arguments` go without the program's name. The file is that of --config or
/// STROP_CONFIG, else strop-server.conf in the data folder if there is one.
///
/// InvalidArgument says which setting is wrong, where it stands and what is allowed there: an unknown flag or
/// key is one too. An error of the reader is passed on, but for a missing strop-server.conf.
[[nodiscard]] Result<CommandLine> readCommandLine(const QStringList &arguments,
                                                  const QProcessEnvironment &environment,
                                                  const FileReader &readFile);

/// The FileReader of the real program.
[[nodiscard]] Result<QByteArray> readConfigFile(const QString &path);

/// What --help prints: every setting with its flag, environment variable, key and default.
[[nodiscard]] QString helpText();

} // namespace strop::server
