#include "shared/sync/device_identity.h"

#include "tests/unit/synced_store.h"
#include "tests/unit/unprivileged.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

using namespace strop;
using namespace strop::sync;
using namespace strop::test;

namespace {

DeviceIdentity identity()
{
    return {crypto::SigningKey::generate(),
            {idOf<DeviceId>(1), idOf<BusinessId>(2), Role::Kiosk, idOf<ShopId>(3)},
            QUrl(u"http://127.0.0.1:8080"_qs)};
}

} // namespace

TEST(DeviceIdentity, IsTheSameAfterARestart)
{
    QTemporaryDir dir;
    const QString folder = dir.filePath(u"a/new/folder"_qs);
    const DeviceIdentity saved = identity();
    ASSERT_THAT(saveIdentity(folder, saved), Succeeds());
    const DeviceIdentity loaded = must(loadIdentity(folder));
    EXPECT_EQ(loaded.key.seed(), saved.key.seed());
    EXPECT_EQ(loaded.key.publicKey(), saved.key.publicKey());
    EXPECT_EQ(loaded.enrolment.device, saved.enrolment.device);
    EXPECT_EQ(loaded.enrolment.business, saved.enrolment.business);
    EXPECT_EQ(loaded.enrolment.role, saved.enrolment.role);
    EXPECT_EQ(loaded.enrolment.shop, saved.enrolment.shop);
    EXPECT_EQ(loaded.server, saved.server);
}

TEST(DeviceIdentity, CanBeReadByItsOwnerAlone)
{
    QTemporaryDir dir;
    must(saveIdentity(dir.path(), identity()));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    EXPECT_FALSE(QFileInfo(dir.filePath(u"device.json"_qs)).permissions() & others);
}

TEST(DeviceIdentity, OfAFolderThatWasNeverPairedIsNotFound)
{
    QTemporaryDir dir;
    EXPECT_THAT(loadIdentity(dir.path()), FailsWith(ErrorCode::NotFound));
}

TEST(DeviceIdentity, ThatIsDamagedIsRefusedAndNotReplaced)
{
    for (const QByteArray &content :
         {QByteArray("{"), QByteArray("{}"), QByteArray(R"({"seed":"AAAA","enrolment":{}})")}) {
        QTemporaryDir dir;
        QFile file(dir.filePath(u"device.json"_qs));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        EXPECT_FALSE(loadIdentity(dir.path())) << content.constData();
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        EXPECT_EQ(file.readAll(), content);
    }
}

TEST(DeviceIdentity, CannotBeSavedInAReadOnlyFolder)
{
    QTemporaryDir dir;
    ASSERT_TRUE(QFile::setPermissions(dir.path(), QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther |
                                                      QFile::ExeOther));
    const Unprivileged nobody;
    EXPECT_THAT(saveIdentity(dir.filePath(u"below"_qs), identity()), FailsWith(ErrorCode::StorageReadOnly));
}

TEST(DeviceIdentity, WhatTheFormerOneHeldIsPutAsideWhole)
{
    QTemporaryDir dir;
    for (const QString &name :
         {u"outbox.db"_qs, u"confirmed.db"_qs, u"confirmed.db-wal"_qs, u"device.json"_qs})
        ASSERT_TRUE(QFile(dir.filePath(name)).open(QIODevice::WriteOnly));
    ASSERT_THAT(setReplicaAside(dir.path(), instantFromMs(0)), Succeeds());
    EXPECT_FALSE(QFile::exists(dir.filePath(u"outbox.db"_qs)));
    EXPECT_FALSE(QFile::exists(dir.filePath(u"confirmed.db-wal"_qs)));
    EXPECT_TRUE(QFile::exists(dir.filePath(u"device.json"_qs)));
    EXPECT_TRUE(QFile::exists(dir.filePath(u"before-19700101-000000-000/outbox.db"_qs)));
    EXPECT_THAT(setReplicaAside(dir.path(), instantFromMs(1)), Succeeds()) << "nothing is left to move";
}

TEST(DeviceIdentity, TakesThePreparedKeyWithItsEnrolment)
{
    QTemporaryDir dir;
    const DeviceIdentity old = identity();
    must(saveIdentity(dir.path(), old));
    const crypto::SigningKey next = must(prepareFork(dir.path()));
    EXPECT_EQ(must(prepareFork(dir.path())).seed(), next.seed()) << "the same one until it is taken";
    EXPECT_EQ(must(loadIdentity(dir.path())).key.seed(), old.key.seed());
    protocol::Enrolment enrolment = old.enrolment;
    enrolment.device = idOf<DeviceId>(9);
    must(adoptFork(dir.path(), enrolment));
    const DeviceIdentity taken = must(loadIdentity(dir.path()));
    EXPECT_EQ(taken.key.seed(), next.seed());
    EXPECT_EQ(taken.enrolment.device, enrolment.device);
    EXPECT_EQ(taken.server, old.server);
    EXPECT_FALSE(taken.nextKey);
    EXPECT_THAT(adoptFork(dir.path(), enrolment), FailsWith(ErrorCode::Internal));
    EXPECT_NE(must(prepareFork(dir.path())).seed(), next.seed());
}
