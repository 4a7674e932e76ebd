#include "tests/blackbox/shell.h"
#include "tests/unit/http_client.h"

#include <QTcpServer>

using namespace strop;
using namespace strop::test;

namespace {

/// An environment variable of this process and of the programs that it starts.
class Variable
{
public:
    Variable(const char *name, const QByteArray &value)
        : m_name(name)
    {
        qputenv(name, value);
    }
    ~Variable() { qunsetenv(m_name); }
    Variable(const Variable &) = delete;
    Variable &operator=(const Variable &) = delete;

private:
    const char *m_name;
};

class Settings : public testing::Test
{
protected:
    /// 200 where signup is open, 403 where it is closed.
    [[nodiscard]] int statusOfSignup()
    {
        return m_http
            .pair(m_shell.server().url(),
                  protocol::CreateBusiness{{u"Desk"_qs, crypto::SigningKey::generate().publicKey()},
                                           u"Sharp Cuts"_qs,
                                           Shell::email,
                                           QString::fromLatin1(Shell::password)})
            .status;
    }

    Shell m_shell;
    HttpClient m_http;
};

} // namespace

TEST_F(Settings, OfTheFileWinOverTheDefaults)
{
    m_shell.configure("# the operator's\nsignup = closed\n");
    must(m_shell.server().start());
    EXPECT_EQ(statusOfSignup(), 403);
}

TEST_F(Settings, OfTheEnvironmentWinOverTheFile)
{
    m_shell.configure("signup = closed\n");
    const Variable signup("STROP_SIGNUP", "open");
    must(m_shell.server().start());
    EXPECT_EQ(statusOfSignup(), 200);
}

TEST_F(Settings, OfFlagsWinOverTheEnvironmentAndTheFile)
{
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost));
    const QByteArray taken = "127.0.0.1:" + QByteArray::number(other.serverPort());
    m_shell.configure("listen = " + taken + "\n");
    const Variable listen("STROP_LISTEN", taken);
    must(m_shell.server().start());
    EXPECT_EQ(m_http.get(m_shell.server().url(), u"/health"_qs).status, 200);
}

TEST_F(Settings, OfTheFileThatAVariableNamesAreUsed)
{
    QFile file(m_shell.folder(u"mine.conf"_qs));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("signup = closed\n");
    file.close();
    const Variable config("STROP_CONFIG", file.fileName().toUtf8());
    must(m_shell.server().start());
    EXPECT_EQ(statusOfSignup(), 403);
}

TEST_F(Settings, AreAllInTheHelpText)
{
    const Ending help = run("strop-server", {u"--help"_qs});
    EXPECT_EQ(help.exitCode, 0);
    for (const char *flag :
         {"--data", "--listen", "--signup", "--max-connections", "STROP_DRAIN_MS", "--config"})
        EXPECT_TRUE(help.out.contains(flag)) << flag;
    EXPECT_EQ(run("strop-server", {u"--version"_qs}).out, "strop-server " STROP_VERSION "\n");
}
