#include "server/admin/backup.h"

#include "server/authority/business_head.h"
#include "server/authority/schema.h"
#include "tests/unit/server/salon_server.h"

#include <QDir>
#include <QFile>

using namespace strop;
using namespace strop::server;
using namespace strop::test;

namespace {

class Backup : public testing::Test
{
protected:
    [[nodiscard]] QString file(const QString &name) const { return m_elsewhere.filePath(name); }
    [[nodiscard]] Result<void> restore(const QString &name)
    {
        m_server.store.reset();
        return restoreBackup(m_server.folder.path(), file(name), m_server.clock);
    }
    void open()
    {
        m_server.store = must(Store::open(m_server.folder.path(), m_server.clock, m_server.random));
    }
    [[nodiscard]] BusinessHead head()
    {
        return must(readHead(m_server.store->database(), m_server.business));
    }
    void write(quint8 customer)
    {
        must(must(m_server.store->push({m_desktop.job({m_desktop.write(m_server.customer(customer))})}))
                 .answers.front());
    }

    QTemporaryDir m_elsewhere;
    SalonServer m_server;
    PushingDevice m_desktop = m_server.device();
};

} // namespace

TEST_F(Backup, MakesWhatItHoldsDurableAndNothingElse)
{
    const BusinessHead before = head();
    const auto held = must(backUp(*m_server.store, file(u"a.db"_qs)));
    ASSERT_EQ(held.size(), 1U);
    EXPECT_EQ(held.front().version, before.version);
    write(1);
    EXPECT_EQ(head().durable, before.version);
    EXPECT_EQ(head().epoch, before.epoch);
    open();
    EXPECT_EQ(head().epoch, before.epoch) << "making a backup is no restore";
}

TEST_F(Backup, DoesNotOverwriteAFile)
{
    must(backUp(*m_server.store, file(u"a.db"_qs)));
    EXPECT_THAT(backUp(*m_server.store, file(u"a.db"_qs)), FailsWith(ErrorCode::AlreadyExists));
}

TEST_F(Backup, PutBackBringsItsRowsUnderANewEpochAndKeepsWhatWasThere)
{
    write(1);
    must(backUp(*m_server.store, file(u"a.db"_qs)));
    write(2);
    const BusinessHead before = head();
    ASSERT_THAT(restore(u"a.db"_qs), Succeeds());
    open();
    EXPECT_EQ(m_server.count(u"customer"_qs), 1);
    EXPECT_EQ(head().version, before.version - 1);
    EXPECT_EQ(head().durable, head().version) << "it is in the backup that it came from";
    EXPECT_NE(head().epoch, before.epoch);
    EXPECT_TRUE(m_server.store->isRecovering(m_server.business));
    const QStringList kept = QDir(m_server.folder.path()).entryList({u"before-restore-*.db"_qs});
    ASSERT_EQ(kept.size(), 1);
    const auto old = must(storage::Database::open({m_server.folder.filePath(kept.front()), {}, true}));
    EXPECT_EQ(must(old->cell(u"SELECT count(*) FROM customer"_qs)), storage::Value(qint64(2)));
}

TEST_F(Backup, PutInAnEmptyFolderIsANewEpochToo)
{
    must(backUp(*m_server.store, file(u"a.db"_qs)));
    const BusinessHead before = head();
    QTemporaryDir machine;
    ASSERT_THAT(restoreBackup(machine.path(), file(u"a.db"_qs), m_server.clock), Succeeds());
    const auto moved = must(Store::open(machine.path(), m_server.clock, m_server.random));
    EXPECT_NE(must(readHead(moved->database(), m_server.business)).epoch, before.epoch);
}

TEST_F(Backup, CopiedByHandIsRecognised)
{
    must(backUp(*m_server.store, file(u"a.db"_qs)));
    const BusinessHead before = head();
    m_server.store.reset();
    const QString database = serverDatabasePath(m_server.folder.path());
    ASSERT_TRUE(QFile::remove(database));
    ASSERT_TRUE(QFile::remove(m_server.folder.filePath(u"strop.mark"_qs)));
    ASSERT_TRUE(QFile::copy(file(u"a.db"_qs), database));
    open();
    EXPECT_NE(head().epoch, before.epoch);
}

TEST_F(Backup, IsNotPutUnderARunningServer)
{
    must(backUp(*m_server.store, file(u"a.db"_qs)));
    const auto running = must(lockServerFolder(m_server.folder.path()));
    EXPECT_THAT(restore(u"a.db"_qs), FailsWith(ErrorCode::Unavailable));
}

TEST_F(Backup, ThatIsNoneChangesNothing)
{
    QFile nonsense(file(u"b.db"_qs));
    ASSERT_TRUE(nonsense.open(QIODevice::WriteOnly));
    nonsense.write(QByteArray(8192, 'x'));
    nonsense.close();
    const BusinessHead before = head();
    EXPECT_THAT(restore(u"b.db"_qs), FailsWith(ErrorCode::StorageCorrupt));
    EXPECT_THAT(restore(u"none.db"_qs), FailsWith(ErrorCode::NotFound));
    open();
    EXPECT_EQ(head().epoch, before.epoch);
    EXPECT_EQ(head().version, before.version);
}
