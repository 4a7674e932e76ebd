#include "server/app/config.h"

#include "tests/unit/expect.h"

#include <QTemporaryDir>

using namespace strop;
using namespace strop::server;
using namespace strop::test;

namespace {

class Config : public testing::Test
{
protected:
    void variable(const QString &name, const QString &value) { m_environment.insert(name, value); }
    void file(const QString &path, const QByteArray &content) { m_files[path] = content; }

    [[nodiscard]] Result<CommandLine> read(const QStringList &arguments) const
    {
        return readCommandLine(arguments, m_environment, [this](const QString &path) -> Result<QByteArray> {
            const auto found = m_files.find(path);
            if (found == m_files.end())
                return fail(ErrorCode::NotFound, u"%1 does not exist."_qs.arg(path));
            return found->second;
        });
    }

    [[nodiscard]] ServerConfig config(const QStringList &arguments = {u"--data"_qs, u"/data"_qs}) const
    {
        return must(read(arguments)).config;
    }

    QProcessEnvironment m_environment;
    std::map<QString, QByteArray> m_files;
};

const QString data = u"--data=/data"_qs;

} // namespace

TEST_F(Config, IsAllDefaultsButForTheDataFolder)
{
    const ServerConfig defaults;
    const ServerConfig read = config();
    EXPECT_EQ(read.dataDir, u"/data"_qs);
    EXPECT_EQ(read.address, QHostAddress(QHostAddress::LocalHost));
    EXPECT_EQ(read.port, 8420);
    EXPECT_EQ(read.hubThreads, defaults.hubThreads);
    EXPECT_EQ(read.signup, Signup::Open);
    EXPECT_EQ(read.heartbeat, Millis(4000));
    EXPECT_TRUE(read.trustedProxy.isNull());
}

TEST_F(Config, TakesEverySettingFromAFlag)
{
    const ServerConfig read =
        config({data, u"--listen=[::1]:0"_qs, u"--hub-threads"_qs, u"3"_qs, u"--log-level=debug"_qs,
                u"--signup"_qs, u"closed"_qs, u"--max-message-bytes=300000"_qs, u"--max-connections=7"_qs,
                u"--heartbeat-ms=2000"_qs, u"--drain-ms=0"_qs, u"--trusted-proxy=::1"_qs});
    EXPECT_EQ(read.address, QHostAddress(QHostAddress::LocalHostIPv6));
    EXPECT_EQ(read.port, 0);
    EXPECT_EQ(read.hubThreads, 3);
    EXPECT_EQ(read.logLevel, log::Level::Debug);
    EXPECT_EQ(read.signup, Signup::Closed);
    EXPECT_EQ(read.maxMessageBytes, 300'000);
    EXPECT_EQ(read.maxConnections, 7);
    EXPECT_EQ(read.heartbeat, Millis(2000));
    EXPECT_EQ(read.drain, Millis(0));
    EXPECT_EQ(read.trustedProxy, QHostAddress(QHostAddress::LocalHostIPv6));
}

TEST_F(Config, PutsFlagsBeforeTheEnvironmentAndThatBeforeTheFile)
{
    file(u"/data/strop-server.conf"_qs, "hub-threads = 1\nmax-connections = 1\nlisten = 0.0.0.0:1\n");
    variable(u"STROP_HUB_THREADS"_qs, u"2"_qs);
    variable(u"STROP_MAX_CONNECTIONS"_qs, u"2"_qs);
    const ServerConfig read = config({data, u"--hub-threads=3"_qs});
    EXPECT_EQ(read.hubThreads, 3);
    EXPECT_EQ(read.maxConnections, 2);
    EXPECT_EQ(read.port, 1);
}

TEST_F(Config, ReadsTheFileThatItIsToldToInsteadOfTheOneInTheDataFolder)
{
    file(u"/data/strop-server.conf"_qs, "hub-threads = 1\n");
    file(u"/etc/a.conf"_qs, "hub-threads = 2\n");
    file(u"/etc/b.conf"_qs, "hub-threads = 3\n");
    EXPECT_EQ(config().hubThreads, 1);
    variable(u"STROP_CONFIG"_qs, u"/etc/a.conf"_qs);
    EXPECT_EQ(config().hubThreads, 2);
    EXPECT_EQ(config({data, u"--config=/etc/b.conf"_qs}).hubThreads, 3);
}

TEST_F(Config, TakesTheDataFolderFromAnywhere)
{
    variable(u"STROP_DATA"_qs, u"/from/environment"_qs);
    EXPECT_EQ(config({}).dataDir, u"/from/environment"_qs);
    m_environment.clear();
    file(u"/etc/strop.conf"_qs, "# where\n\n ; all is\ndata = /from/file\n");
    EXPECT_EQ(config({u"--config"_qs, u"/etc/strop.conf"_qs}).dataDir, u"/from/file"_qs);
}

TEST_F(Config, CountsAnEmptyVariableAsUnset)
{
    variable(u"STROP_HUB_THREADS"_qs, QString());
    variable(u"STROP_CONFIG"_qs, QString());
    EXPECT_EQ(config().hubThreads, 0);
}

TEST_F(Config, MissesAFileOnlyWhenItWasAskedFor)
{
    EXPECT_THAT(read({data}), Succeeds());
    EXPECT_THAT(read({data, u"--config=/etc/missing.conf"_qs}),
                FailsSaying(ErrorCode::NotFound, u"/etc/missing.conf"_qs));
}

TEST_F(Config, AsksForADataFolder)
{
    EXPECT_THAT(read({}), FailsSaying(ErrorCode::InvalidArgument, u"--data FOLDER or STROP_DATA"_qs));
    EXPECT_THAT(read({u"--data="_qs}), FailsSaying(ErrorCode::InvalidArgument, u"--data"_qs));
}

TEST_F(Config, SaysWhichFlagIsWrongAndWhatIsAllowed)
{
    EXPECT_THAT(read({data, u"--colour"_qs}),
                FailsSaying(ErrorCode::InvalidArgument, u"--colour is not an option"_qs));
    EXPECT_THAT(read({u"stray"_qs}), FailsSaying(ErrorCode::InvalidArgument, u"stray"_qs));
    EXPECT_THAT(read({data, u"--listen"_qs}),
                FailsSaying(ErrorCode::InvalidArgument, u"--listen needs a value"_qs));
    EXPECT_THAT(read({data, u"--hub-threads=257"_qs}),
                FailsSaying(ErrorCode::InvalidArgument,
                            u"--hub-threads: “257” cannot be used. Allowed: 0 to 256."_qs));
}

TEST_F(Config, RefusesEveryValueOutOfItsBounds)
{
    for (const QString &bad :
         {u"--listen=8420"_qs, u"--listen=localhost:8420"_qs, u"--listen=127.0.0.1:65536"_qs,
          u"--listen=::1:8420"_qs, u"--listen=[127.0.0.1]:8420"_qs, u"--listen=127.0.0.1:"_qs,
          u"--hub-threads=-1"_qs, u"--hub-threads=two"_qs, u"--hub-threads="_qs, u"--hub-threads=1.5"_qs,
          u"--log-level=loud"_qs, u"--signup=maybe"_qs, u"--max-message-bytes=262143"_qs,
          u"--max-connections=0"_qs, u"--heartbeat-ms=1999"_qs, u"--heartbeat-ms=60001"_qs,
          u"--drain-ms=99999999999999999999"_qs, u"--trusted-proxy="_qs, u"--trusted-proxy=proxy"_qs})
        EXPECT_THAT(read({data, bad}), FailsSaying(ErrorCode::InvalidArgument, u"Allowed: "_qs))
            << bad.toStdString();
}

TEST_F(Config, SaysWhichVariableOrLineIsWrong)
{
    variable(u"STROP_SIGNUP"_qs, u"maybe"_qs);
    EXPECT_THAT(read({data}), FailsSaying(ErrorCode::InvalidArgument, u"STROP_SIGNUP"_qs));
    m_environment.clear();
    for (const auto &[content, complaint] : std::initializer_list<std::pair<QByteArray, QString>>{
             {"\nsignup = maybe\n", u"/data/strop-server.conf, line 2: signup"_qs},
             {"colour = red\n", u"line 1: “colour” is not a setting"_qs},
             {"# fine\nhub-threads\n", u"line 2: “hub-threads” is not of the form key = value"_qs},
             {"drain-ms = 1\ndrain-ms = 2\n", u"line 2: drain-ms is set a second time"_qs}}) {
        file(u"/data/strop-server.conf"_qs, content);
        EXPECT_THAT(read({data}), FailsSaying(ErrorCode::InvalidArgument, complaint)) << content.constData();
    }
}

TEST_F(Config, ShowsHelpAndVersionWithoutReadingAnythingElse)
{
    variable(u"STROP_SIGNUP"_qs, u"maybe"_qs);
    EXPECT_EQ(must(read({u"--help"_qs})).request, CommandLine::Request::ShowHelp);
    EXPECT_EQ(must(read({u"-h"_qs})).request, CommandLine::Request::ShowHelp);
    EXPECT_EQ(must(read({data, u"--version"_qs})).request, CommandLine::Request::ShowVersion);
}

TEST_F(Config, HelpsWithEveryFlagVariableAndDefault)
{
    const QString help = helpText();
    for (const QString &text :
         {u"--listen ADDRESS:PORT"_qs, u"STROP_LISTEN"_qs, u"127.0.0.1:8420"_qs, u"--heartbeat-ms"_qs,
          u"STROP_HEARTBEAT_MS"_qs, u"--config FILE"_qs, u"STROP_CONFIG"_qs})
        EXPECT_TRUE(help.contains(text)) << text.toStdString();
}

TEST(ConfigFile, IsReadFromTheDisk)
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"strop-server.conf"_qs);
    EXPECT_THAT(readConfigFile(path), FailsWith(ErrorCode::NotFound));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("signup = closed\n");
    file.close();
    EXPECT_EQ(must(readConfigFile(path)), QByteArray("signup = closed\n"));
    EXPECT_THAT(readConfigFile(dir.path()), FailsWith(ErrorCode::StorageFailure));
}
