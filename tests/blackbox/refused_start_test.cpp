#include "server/authority/schema.h"
#include "shared/crypto/digest.h"
#include "tests/blackbox/shell.h"

#include <QDir>
#include <QTcpServer>
#include <unistd.h>

using namespace strop;
using namespace strop::test;

namespace {

/// Starts of the server that must fail with one plain sentence.
class RefusedStart : public testing::Test
{
protected:
    [[nodiscard]] static Ending start(const QString &data, const QStringList &more = {},
                                      bool asNobody = false)
    {
        return run("strop-server", QStringList{u"--data"_qs, data, u"--listen"_qs, u"127.0.0.1:0"_qs} + more,
                   {}, asNobody);
    }

    static void expectRefusal(const Ending &ending, const QByteArray &advice)
    {
        EXPECT_EQ(ending.exitCode, 1);
        EXPECT_EQ(ending.out, "") << "it never listened";
        EXPECT_EQ(ending.err.count('\n'), 1) << ending.err.constData();
        EXPECT_TRUE(ending.err.startsWith("strop-server: ")) << ending.err.constData();
        EXPECT_TRUE(ending.err.contains(advice)) << ending.err.constData();
    }

    [[nodiscard]] static QByteArray digestOf(const QString &path)
    {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return crypto::digest(file.readAll());
    }

    Shell m_shell;
};

} // namespace

TEST_F(RefusedStart, OnAFolderThatMayNotBeWrittenTellsToGivePermission)
{
    const QString data = m_shell.folder(u"data"_qs);
    ASSERT_TRUE(QDir().mkpath(data));
    for (const QString &path : {data, m_shell.folder(QString())})
        ASSERT_TRUE(QFile::setPermissions(path, QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther |
                                                    QFile::ExeOther));
    expectRefusal(start(data, {}, true), "permission");
    expectRefusal(start(data + u"/deeper"_qs, {}, true), "permission");
    ASSERT_TRUE(QFile::setPermissions(m_shell.folder(QString()),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    EXPECT_TRUE(QDir(data).isEmpty());
}

TEST_F(RefusedStart, OnADatabaseThatMayNotBeWrittenTellsToGivePermission)
{
    m_shell.createBusiness();
    const QString data = m_shell.folder(u"server"_qs);
    const QString file = data + u"/strop.db"_qs;
    ASSERT_TRUE(QFile::setPermissions(m_shell.folder(QString()), QFile::ReadOwner | QFile::WriteOwner |
                                                                     QFile::ExeOwner | QFile::ExeOther));
    ASSERT_TRUE(QFile::setPermissions(file, QFile::ReadOwner | QFile::ReadOther));
    const QByteArray before = digestOf(file);
    expectRefusal(start(data, {}, true), "permission");
    EXPECT_EQ(digestOf(file), before);
}

TEST_F(RefusedStart, UnderAFileInsteadOfAFolderSaysSo)
{
    const QString file = m_shell.folder(u"file"_qs);
    ASSERT_TRUE(QFile(file).open(QIODevice::WriteOnly));
    expectRefusal(start(file + u"/data"_qs), "cannot be created");
}

TEST_F(RefusedStart, OnADatabaseOfANewerProgramTellsToUpdateAndLeavesItUntouched)
{
    m_shell.createBusiness();
    const QString data = m_shell.folder(u"server"_qs);
    must(must(server::openServerDatabase(data))->setSchemaVersion(99));
    const QByteArray before = digestOf(data + u"/strop.db"_qs);
    expectRefusal(start(data), "Install the newest version");
    EXPECT_EQ(digestOf(data + u"/strop.db"_qs), before);
    EXPECT_EQ(QDir(data).entryList(QDir::Files), (QStringList{u"strop.db"_qs, u"strop.mark"_qs}));
    const Ending admin = run("strop-admin", {u"--data"_qs, data, u"verify"_qs});
    EXPECT_EQ(admin.exitCode, 1);
    EXPECT_TRUE(admin.err.contains("Install the newest version"));
}

TEST_F(RefusedStart, OnAFileThatIsNoDatabaseTellsToRestoreIt)
{
    const QString data = m_shell.folder(u"data"_qs);
    ASSERT_TRUE(QDir().mkpath(data));
    QFile file(data + u"/strop.db"_qs);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    expectRefusal(start(data), "Restore it from a backup");
}

TEST_F(RefusedStart, OnAPortThatIsTakenSaysWhich)
{
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost));
    const QString endpoint = u"127.0.0.1:%1"_qs.arg(other.serverPort());
    expectRefusal(run("strop-server", {u"--data"_qs, m_shell.folder(u"data"_qs), u"--listen"_qs, endpoint}),
                  QByteArray::number(other.serverPort()));
}

TEST_F(RefusedStart, WithASettingThatCannotBeNamesItAndWhatIsAllowed)
{
    const QString data = m_shell.folder(u"data"_qs);
    expectRefusal(start(data, {u"--shave"_qs, u"close"_qs}), "--shave is not an option");
    expectRefusal(start(data, {u"--hub-threads"_qs, u"many"_qs}), "Allowed: 0 to 256");
    expectRefusal(start(data, {u"--config"_qs, m_shell.folder(u"none.conf"_qs)}), "none.conf");
    expectRefusal(run("strop-server", {}), "--data");
    EXPECT_FALSE(QFile::exists(data)) << "nothing was made before the settings were read";
}

TEST_F(RefusedStart, OfTheToolsGivesAPlainSentenceToo)
{
    const Ending device =
        run("strop-device", {u"--data"_qs, m_shell.folder(u"tablet"_qs), u"query"_qs, u"shop"_qs});
    EXPECT_EQ(device.exitCode, 1);
    EXPECT_TRUE(device.err.contains("is not paired yet")) << device.err.constData();
    const Ending admin = run("strop-admin", {u"--data"_qs, m_shell.folder(u"none"_qs), u"verify"_qs});
    EXPECT_EQ(admin.exitCode, 1);
    EXPECT_TRUE(admin.err.startsWith("strop-admin: ")) << admin.err.constData();
    EXPECT_FALSE(QFile::exists(m_shell.folder(u"none"_qs)));
}
