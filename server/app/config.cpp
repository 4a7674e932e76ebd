#include "server/app/config.h"

#include "shared/protocol/messages.h"

#include <QFile>
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace strop::server {
namespace {

/// One setting. Its name gives the flag (--hub-threads), the environment variable (STROP_HUB_THREADS) and the
/// key in the file (hub-threads).
struct Option
{
    const char *name;
    const char *placeholder;
    const char *help;
    const char *allowed; ///< Completes "Allowed: …".
    bool (*parse)(const QString &text, ServerConfig &config);
    QString (*print)(const ServerConfig &config);

    [[nodiscard]] QString key() const { return QString::fromLatin1(name); }
    [[nodiscard]] QString flag() const { return QStringLiteral("--") + key(); }
    [[nodiscard]] QString variable() const
    {
        return QStringLiteral("STROP_") + key().toUpper().replace(QLatin1Char('-'), QLatin1Char('_'));
    }
};

/// Sets `target` to a whole number within the bounds; false otherwise.
template <typename Number>
bool parseNumber(const QString &text, qint64 lowest, qint64 highest, Number &target)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber || number < lowest || number > highest)
        return false;
    target = Number(number);
    return true;
}

template <typename Value>
struct Named
{
    const char *name;
    Value value;
};

template <typename Value, size_t count>
bool parseName(const QString &text, const std::array<Named<Value>, count> &names, Value &target)
{
    const auto found = std::find_if(names.begin(), names.end(), [&](const Named<Value> &candidate) {
        return text == QLatin1String(candidate.name);
    });
    if (found == names.end())
        return false;
    target = found->value;
    return true;
}

template <typename Value, size_t count>
QString printName(Value value, const std::array<Named<Value>, count> &names)
{
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const Named<Value> &candidate) { return candidate.value == value; });
    return QString::fromLatin1(found->name);
}

constexpr std::array logLevels{
    Named<log::Level>{"debug", log::Level::Debug}, Named<log::Level>{"info", log::Level::Info},
    Named<log::Level>{"warning", log::Level::Warning}, Named<log::Level>{"error", log::Level::Error}};

constexpr std::array signups{Named<Signup>{"open", Signup::Open}, Named<Signup>{"closed", Signup::Closed}};

/// ADDRESS:PORT, a v6 address in brackets (RFC 3986 §3.2.2).
bool parseEndpoint(const QString &text, ServerConfig &config)
{
    const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
    if (colon < 0)
        return false;
    QString host = text.left(colon);
    const bool inBrackets = host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']'));
    if (inBrackets)
        host = host.mid(1, host.size() - 2);
    const QHostAddress address(host);
    const auto expected = inBrackets ? QAbstractSocket::IPv6Protocol : QAbstractSocket::IPv4Protocol;
    if (address.protocol() != expected || !parseNumber(text.mid(colon + 1), 0, 65535, config.port))
        return false;
    config.address = address;
    return true;
}

QString printEndpoint(const ServerConfig &config)
{
    return QStringLiteral("%1:%2").arg(config.address.toString()).arg(config.port);
}

const std::array options{
    Option{"data", "FOLDER", "Folder of the databases and keys. Made if it is missing.",
           "the path of a folder",
           [](const QString &text, ServerConfig &config) {
               config.dataDir = text;
               return !text.isEmpty();
           },
           [](const ServerConfig &) { return QStringLiteral("none, must be given"); }},
    Option{"listen", "ADDRESS:PORT", "Where to listen. Port 0 takes a free one.",
           "an IP address and a port, such as 127.0.0.1:8420, 0.0.0.0:0 or [::1]:8420", parseEndpoint,
           printEndpoint},
    Option{"hub-threads", "COUNT", "Threads that serve connections; 0 for one per core.", "0 to 256",
           [](const QString &text, ServerConfig &config) {
               return parseNumber(text, 0, 256, config.hubThreads);
           },
           [](const ServerConfig &config) { return QString::number(config.hubThreads); }},
    Option{
        "log-level", "LEVEL", "The least important lines to log.", "debug, info, warning or error",
        [](const QString &text, ServerConfig &config) { return parseName(text, logLevels, config.logLevel); },
        [](const ServerConfig &config) { return printName(config.logLevel, logLevels); }},
    Option{"signup", "open|closed", "Whether anybody may create a business here.", "open or closed",
           [](const QString &text, ServerConfig &config) { return parseName(text, signups, config.signup); },
           [](const ServerConfig &config) { return printName(config.signup, signups); }},
    Option{"trusted-proxy", "ADDRESS",
           "Reverse proxy whose X-Forwarded-For names the peer for the limit of attempts.",
           "an IP address, such as 127.0.0.1",
           [](const QString &text, ServerConfig &config) { return config.trustedProxy.setAddress(text); },
           [](const ServerConfig &config) {
               return config.trustedProxy.isNull() ? QStringLiteral("none") : config.trustedProxy.toString();
           }},
    // Devices rely on being allowed what the protocol allows them.
    Option{"max-message-bytes", "BYTES", "Largest message taken from a device.", "262144 to 67108864",
           [](const QString &text, ServerConfig &config) {
               return parseNumber(text, protocol::maxDeviceMessageBytes, 64 << 20, config.maxMessageBytes);
           },
           [](const ServerConfig &config) { return QString::number(config.maxMessageBytes); }},
    Option{"max-connections", "COUNT", "Connections held at once; more are turned away.", "1 to 1000000",
           [](const QString &text, ServerConfig &config) {
               return parseNumber(text, 1, 1'000'000, config.maxConnections);
           },
           [](const ServerConfig &config) { return QString::number(config.maxConnections); }},
    // Devices look at their clock once a second; a shorter interval would cut connections that are alive.
    Option{"heartbeat-ms", "MILLISECONDS", "How long a device may be silent before it says that it is alive.",
           "2000 to 60000",
           [](const QString &text, ServerConfig &config) {
               return parseNumber(text, 2000, 60'000, config.heartbeat);
           },
           [](const ServerConfig &config) { return QString::number(config.heartbeat.count()); }},
    Option{
        "drain-ms", "MILLISECONDS", "Time for connections to finish when the server stops.", "0 to 60000",
        [](const QString &text, ServerConfig &config) { return parseNumber(text, 0, 60'000, config.drain); },
        [](const ServerConfig &config) { return QString::number(config.drain.count()); }},
};

constexpr const char *configFlag = "--config";
constexpr const char *configVariable = "STROP_CONFIG";
constexpr const char *defaultConfigName = "strop-server.conf";

/// A value on its way to the configuration, and where it came from.
struct Setting
{
    const Option *option;
    QString text;
    QString where;
};

struct Flags
{
    CommandLine::Request request = CommandLine::Request::Run;
    std::optional<QString> configPath;
    std::vector<Setting> settings;
};

const Option *findOption(const QString &key)
{
    const auto *found = std::find_if(options.begin(), options.end(),
                                     [&](const Option &option) { return option.key() == key; });
    return found == options.end() ? nullptr : found;
}

QString knownKeys()
{
    QStringList keys;
    for (const Option &option : options)
        keys.append(option.key());
    return keys.join(QStringLiteral(", "));
}

Result<Flags> parseFlags(const QStringList &arguments)
{
    Flags flags;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const qsizetype equals = arguments[i].indexOf(QLatin1Char('='));
        const QString name = arguments[i].left(equals);
        if (name == QLatin1String("--help") || name == QLatin1String("-h"))
            return Flags{.request = CommandLine::Request::ShowHelp, .configPath = {}, .settings = {}};
        if (name == QLatin1String("--version"))
            return Flags{.request = CommandLine::Request::ShowVersion, .configPath = {}, .settings = {}};

        const bool isConfig = name == QLatin1String(configFlag);
        const Option *option = name.startsWith(QLatin1String("--")) ? findOption(name.mid(2)) : nullptr;
        if (!isConfig && !option)
            return fail(ErrorCode::InvalidArgument,
                        QStringLiteral("%1 is not an option. --help lists those that are.").arg(name));
        if (equals < 0 && i + 1 == arguments.size())
            return fail(ErrorCode::InvalidArgument, QStringLiteral("%1 needs a value after it.").arg(name));
        const QString text = equals < 0 ? arguments[++i] : arguments[i].mid(equals + 1);
        if (isConfig)
            flags.configPath = text;
        else
            flags.settings.push_back({option, text, name});
    }
    return flags;
}

/// An empty variable counts as unset, as service managers write it.
std::vector<Setting> fromEnvironment(const QProcessEnvironment &environment)
{
    std::vector<Setting> settings;
    for (const Option &option : options) {
        const QString text = environment.value(option.variable());
        if (!text.isEmpty())
            settings.push_back({&option, text, option.variable()});
    }
    return settings;
}

/// Lines of `key = value`; empty lines and those that begin with # or ; are skipped.
Result<std::vector<Setting>> parseFile(const QString &path, const QByteArray &content)
{
    std::vector<Setting> settings;
    const QStringList lines = QString::fromUtf8(content).split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        if (line.isEmpty() || line.startsWith(QLatin1Char('#')) || line.startsWith(QLatin1Char(';')))
            continue;
        const QString where = QStringLiteral("%1, line %2").arg(path).arg(i + 1);
        const qsizetype equals = line.indexOf(QLatin1Char('='));
        if (equals < 0)
            return fail(ErrorCode::InvalidArgument,
                        QStringLiteral("%1: “%2” is not of the form key = value.").arg(where, line));
        const QString key = line.left(equals).trimmed();
        const Option *option = findOption(key);
        if (!option)
            return fail(
                ErrorCode::InvalidArgument,
                QStringLiteral("%1: “%2” is not a setting. Allowed: %3.").arg(where, key, knownKeys()));
        const bool isRepeated = std::any_of(settings.begin(), settings.end(),
                                            [&](const Setting &earlier) { return earlier.option == option; });
        if (isRepeated)
            return fail(
                ErrorCode::InvalidArgument,
                QStringLiteral("%1: %2 is set a second time. Keep one of the two lines.").arg(where, key));
        settings.push_back(
            {option, line.mid(equals + 1).trimmed(), QStringLiteral("%1: %2").arg(where, key)});
    }
    return settings;
}

Result<void> applySettings(const std::vector<Setting> &settings, ServerConfig &config)
{
    for (const auto &[option, text, where] : settings) {
        if (!option->parse(text, config))
            return fail(ErrorCode::InvalidArgument,
                        QStringLiteral("%1: “%2” cannot be used. Allowed: %3.")
                            .arg(where, text, QString::fromLatin1(option->allowed)));
    }
    return {};
}

/// The settings of the file that was asked for, or of the one in the data folder if it is there.
Result<std::vector<Setting>> fromFile(const std::optional<QString> &askedFor, const QString &dataDir,
                                      const FileReader &readFile)
{
    if (!askedFor && dataDir.isEmpty())
        return {};
    const QString path = askedFor.value_or(dataDir + QLatin1Char('/') + QLatin1String(defaultConfigName));
    const Result<QByteArray> content = readFile(path);
    if (!content && !askedFor && content.error().code == ErrorCode::NotFound)
        return {};
    if (!content)
        return tl::unexpected(content.error());
    return parseFile(path, *content);
}

} // namespace

Result<CommandLine> readCommandLine(const QStringList &arguments, const QProcessEnvironment &environment,
                                    const FileReader &readFile)
{
    STROP_TRY_ASSIGN(Flags flags, parseFlags(arguments));
    if (flags.request != CommandLine::Request::Run)
        return CommandLine{flags.request, {}};
    const std::vector<Setting> variables = fromEnvironment(environment);
    if (const QString path = environment.value(QLatin1String(configVariable)); !path.isEmpty())
        flags.configPath = flags.configPath.value_or(path);

    ServerConfig withoutFile;
    STROP_TRY(applySettings(variables, withoutFile));
    STROP_TRY(applySettings(flags.settings, withoutFile));
    STROP_TRY_ASSIGN(const auto fileSettings, fromFile(flags.configPath, withoutFile.dataDir, readFile));

    CommandLine result;
    STROP_TRY(applySettings(fileSettings, result.config));
    STROP_TRY(applySettings(variables, result.config));
    STROP_TRY(applySettings(flags.settings, result.config));
    if (result.config.dataDir.isEmpty())
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("There is no data folder. Give one with --data FOLDER or STROP_DATA."));
    return result;
}

Result<QByteArray> readConfigFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::NotFound, QStringLiteral("%1 does not exist.").arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::StorageFailure,
                    QStringLiteral("%1 cannot be read. Check its permissions.").arg(path),
                    file.errorString());
    return file.readAll();
}

QString helpText()
{
    QString text = QStringLiteral(
        "Usage: strop-server --data FOLDER [OPTION]…\n\n"
        "Flags win over environment variables, those over the configuration file, that over the defaults.\n"
        "The file has lines of key = value, where a key is a flag without its dashes.\n\n");
    const ServerConfig defaults;
    for (const Option &option : options) {
        text +=
            QStringLiteral("  %1 %2\n      %3\n      Allowed: %4. Default: %5. Environment: %6.\n")
                .arg(option.flag(), QString::fromLatin1(option.placeholder), QString::fromLatin1(option.help),
                     QString::fromLatin1(option.allowed), option.print(defaults), option.variable());
    }
    text +=
        QStringLiteral("  %1 FILE\n      Configuration file. Default: %2 in the data folder, if it is there. "
                       "Environment: %3.\n"
                       "  --version\n  --help\n")
            .arg(QLatin1String(configFlag), QLatin1String(defaultConfigName), QLatin1String(configVariable));
    return text;
}

} // namespace strop::server
