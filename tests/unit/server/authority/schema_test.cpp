#include "server/authority/schema.h"

#include "server/authority/business_head.h"
#include "shared/mutators/mutation.h"
#include "tests/unit/synced_store.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace strop;
using namespace strop::server;
using namespace strop::test;

namespace {

class ServerDatabase : public testing::Test
{
protected:
    [[nodiscard]] QString folder() const { return m_dir.filePath(u"new/folder"_qs); }
    [[nodiscard]] QByteArray fileContent() const
    {
        QFile file(folder() + u"/strop.db"_qs);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }

    QTemporaryDir m_dir;
};

} // namespace

TEST_F(ServerDatabase, IsMadeWithItsFolderAndKeepsItsEpoch)
{
    const QByteArray epoch = must(serverEpoch(*must(openServerDatabase(folder()))));
    EXPECT_EQ(epoch.size(), 16);
    EXPECT_EQ(must(serverEpoch(*must(openServerDatabase(folder())))), epoch);
    EXPECT_NE(must(serverEpoch(*must(openServerDatabase(m_dir.filePath(u"other"_qs))))), epoch)
        << "another file is another history";
}

TEST_F(ServerDatabase, OfANewerProgramIsRefusedUntouched)
{
    must(must(openServerDatabase(folder()))->setSchemaVersion(99));
    const QByteArray before = fileContent();
    EXPECT_THAT(openServerDatabase(folder()), FailsWith(ErrorCode::DatabaseTooNew));
    EXPECT_THAT(openServerDatabase(folder(), true), FailsWith(ErrorCode::DatabaseTooNew));
    EXPECT_EQ(fileContent(), before);
}

TEST_F(ServerDatabase, CannotBeMadeByAReader)
{
    EXPECT_THAT(openServerDatabase(folder(), true), FailsWith(ErrorCode::StorageReadOnly));
    EXPECT_FALSE(QFile::exists(folder()));
}

TEST_F(ServerDatabase, UnderAFileInsteadOfAFolderIsRefusedInPlainWords)
{
    QFile file(m_dir.filePath(u"new"_qs));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    EXPECT_THAT(openServerDatabase(folder()),
                FailsSaying(ErrorCode::StorageReadOnly, u"cannot be created"_qs));
}

TEST_F(ServerDatabase, OfTheFirstSchemaKeepsEverythingAndLearnsUuids)
{
    ASSERT_TRUE(QDir().mkpath(folder()));
    const auto device = idOf<DeviceId>(5);
    const QByteArray business = uuidOf(1).toBytes();
    {
        const auto old = must(storage::Database::open({.path = folder() + u"/strop.db"_qs}));
        must(storage::createSyncedTables(*old));
        for (const char *statement :
             {"CREATE TABLE business_head (business_id BLOB PRIMARY KEY, version BIGINT NOT NULL)",
              "CREATE TABLE account (id BLOB PRIMARY KEY, business_id BLOB NOT NULL, email TEXT NOT NULL "
              "UNIQUE, "
              "password_hash BLOB NOT NULL)",
              "CREATE TABLE device (id BLOB PRIMARY KEY, business_id BLOB NOT NULL, role TEXT NOT NULL, "
              "shop_id "
              "BLOB, name TEXT NOT NULL, public_key BLOB NOT NULL, enrolled_ms BIGINT NOT NULL, revoked "
              "BIGINT "
              "NOT NULL, last_mutation_id BIGINT NOT NULL, chain_hash BLOB NOT NULL)",
              "CREATE TABLE pairing_code (digest BLOB PRIMARY KEY, business_id BLOB NOT NULL, role TEXT NOT "
              "NULL, shop_id BLOB, expires_ms BIGINT NOT NULL)",
              "CREATE TABLE mutation_log (device_id BLOB NOT NULL, mutation_id BIGINT NOT NULL, business_id "
              "BLOB "
              "NOT NULL, version BIGINT NOT NULL, hash BLOB NOT NULL, mutation BLOB NOT NULL, code TEXT, "
              "message "
              "TEXT, at_ms BIGINT NOT NULL, PRIMARY KEY (device_id, mutation_id)) WITHOUT ROWID",
              "CREATE TABLE server (epoch BLOB NOT NULL)", "INSERT INTO server VALUES (x'0102')",
              "CREATE TABLE schema_version (version BIGINT NOT NULL)",
              "INSERT INTO schema_version VALUES (1)"})
            must(old->run(QString::fromLatin1(statement)));
        must(old->run(u"INSERT INTO business_head VALUES (?, 12)"_qs, {business}));
        for (qint64 id = 1; id <= 3; ++id)
            must(old->run(u"INSERT INTO mutation_log VALUES (?, ?, ?, 9, x'aa', x'bb', NULL, NULL, 4)"_qs,
                          {device.uuid.toBytes(), id, business}));
    }
    const auto database = must(openServerDatabase(folder()));
    const BusinessHead head = must(readHead(*database, idOf<BusinessId>(1)));
    EXPECT_EQ(head.version, 12);
    EXPECT_EQ(head.epoch, QByteArray::fromHex("0102"));
    EXPECT_EQ(head.durable, 0);
    EXPECT_EQ(must(commitCount(*database)), 0);
    EXPECT_EQ(
        must(database->cell(u"SELECT mutation_id FROM mutation_log WHERE business_id = ? AND uuid = ?"_qs,
                            {business, mutators::derivedUuid(device, 2).toBytes()})),
        storage::Value(qint64(2)));
}

TEST_F(ServerDatabase, IsHeldByOneServerAtATime)
{
    {
        const auto held = must(lockServerFolder(folder()));
        EXPECT_THAT(lockServerFolder(folder()), FailsSaying(ErrorCode::Unavailable, u"Stop it first"_qs));
    }
    EXPECT_THAT(lockServerFolder(folder()), Succeeds());
}
