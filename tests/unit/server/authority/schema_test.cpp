#include "server/authority/schema.h"

#include "tests/unit/expect.h"

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
