#include "tests/blackbox/shell.h"
#include "tests/unit/eventually.h"
#include "tests/unit/http_client.h"

#include <QDir>
#include <unistd.h>

using namespace strop;
using namespace strop::test;
using testing::SizeIs;

namespace {

/// A server whose data folder is a tiny disk of its own, in a mount namespace that ends with it.
class FullDisk : public testing::Test
{
protected:
    void SetUp() override { ASSERT_TRUE(QDir().mkpath(m_shell.folder(u"server"_qs))); }
    void TearDown() override
    {
        m_server.terminate();
        m_server.waitForFinished();
    }

    void start(const QString &size)
    {
        endWithParent(m_server);
        m_server.start(
            u"unshare"_qs,
            {m_isRoot ? u"-m"_qs : u"-rm"_qs, u"sh"_qs, u"-c"_qs,
             u"mount -t tmpfs -o size=$1 none \"$2\" && exec \"$3\" --data \"$2\" --listen 127.0.0.1:0"_qs,
             u"sh"_qs, size, m_shell.folder(u"server"_qs), realPrograms().path("strop-server")});
    }
    [[nodiscard]] bool listens()
    {
        if (!eventually([this] { return m_server.canReadLine(); }))
            return false;
        m_url = QUrl(QString::fromUtf8(m_server.readLine()).trimmed().section(u' ', -1));
        return true;
    }
    [[nodiscard]] QString ballast() const
    {
        return u"/proc/%1/root%2/ballast"_qs.arg(m_server.processId()).arg(m_shell.folder(u"server"_qs));
    }
    QByteArray admin(const QStringList &arguments, const QByteArray &input = {}) const
    {
        const QStringList into =
            m_isRoot ? QStringList{u"-m"_qs} : QStringList{u"-U"_qs, u"--preserve-credentials"_qs, u"-m"_qs};
        return must(runTool(u"nsenter"_qs,
                            into +
                                QStringList{u"-t"_qs, QString::number(m_server.processId()),
                                            realPrograms().path("strop-admin"), u"--data"_qs,
                                            m_shell.folder(u"server"_qs)} +
                                arguments,
                            input));
    }

    /// Leaves no byte of the disk free.
    void fill()
    {
        QFile file(ballast());
        ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (file.write(QByteArray(4096, 'x')) > 0) {
        }
    }

    /// Others mount in a user namespace of their own (user_namespaces(7)).
    const bool m_isRoot = ::geteuid() == 0;
    Shell m_shell;
    QProcess m_server;
    QUrl m_url;
};

} // namespace

TEST_F(FullDisk, AtTheStartIsSaidInPlainWords)
{
    for (const QString &size : {u"8k"_qs, u"64k"_qs}) {
        start(size);
        ASSERT_TRUE(eventually([this] { return m_server.state() == QProcess::NotRunning; }));
        EXPECT_EQ(m_server.exitCode(), 1);
        EXPECT_EQ(m_server.readAllStandardOutput(), "");
        const QByteArray said = m_server.readAllStandardError();
        EXPECT_TRUE(said.contains("The disk is full")) << said.constData();
    }
}

TEST_F(FullDisk, AcknowledgesNoWriteUntilThereIsRoomAgain)
{
    start(u"4m"_qs);
    ASSERT_TRUE(listens());
    admin({u"create-business"_qs, u"Sharp Cuts"_qs, u"--email"_qs, Shell::email, u"--password-stdin"_qs},
          Shell::password + '\n');
    const QByteArray made = admin({u"pairing-code"_qs, u"--role"_qs, u"owner"_qs});
    m_shell.device(u"desk"_qs, {u"pair"_qs, jsonLines(made).front().value(u"code"_qs).toString(),
                                u"--server"_qs, m_url.toString()});
    m_shell.sync(u"desk"_qs);
    m_shell.mutate(u"desk"_qs, u"shop.put"_qs,
                   {{u"id"_qs, Shell::shop},
                    {u"name"_qs, u"Old Street"_qs},
                    {u"zone"_qs, u"Europe/London"_qs},
                    {u"currency"_qs, u"GBP"_qs},
                    {u"locale"_qs, u"en-GB"_qs},
                    {u"booking_grid_minutes"_qs, 15}});
    for (int i = 0; i < 3; ++i)
        m_shell.mutate(u"desk"_qs, u"customer.put"_qs,
                       {{u"id"_qs, m_shell.freshId()},
                        {u"shop_id"_qs, Shell::shop},
                        {u"name"_qs, u"Rosina"_qs},
                        {u"notes"_qs, QString(4000, u'x')}});
    fill();
    EXPECT_FALSE(m_shell.tryDevice(u"desk"_qs, {u"sync"_qs, u"--until-idle"_qs, u"--timeout"_qs, u"2"_qs}));
    const auto waiting = jsonLines(m_shell.device(u"desk"_qs, {u"pending"_qs}));
    EXPECT_THAT(waiting, SizeIs(4));
    for (const QJsonObject &write : waiting)
        EXPECT_EQ(write.value(u"state"_qs).toString(), u"waiting"_qs);
    EXPECT_EQ(HttpClient().get(m_url, u"/health"_qs).status, 200);

    ASSERT_TRUE(QFile::remove(ballast()));
    m_shell.sync(u"desk"_qs);
    EXPECT_EQ(m_shell.device(u"desk"_qs, {u"pending"_qs}), "");
    EXPECT_EQ(admin({u"verify"_qs}), "{\"verified\":true}\n");
    const QByteArray log = m_server.readAllStandardError();
    EXPECT_TRUE(log.contains(R"("code":"storage_full")")) << log.constData();
}
