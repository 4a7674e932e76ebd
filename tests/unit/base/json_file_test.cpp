#include "shared/base/json_file.h"

#include "tests/unit/expect.h"
#include "tests/unit/unprivileged.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <csignal>
#include <sys/resource.h>

using namespace strop;
using namespace strop::test;

namespace {

class JsonFile : public testing::Test
{
protected:
    [[nodiscard]] QString path(const QString &name = u"settings.json"_qs) const
    {
        return m_dir.filePath(name);
    }

    [[nodiscard]] QString fileOf(const QByteArray &content) const
    {
        QFile file(path());
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(content);
        return path();
    }

    QTemporaryDir m_dir;
    const QJsonObject m_settings{{u"shop"_qs, u"Señor \"Schere\""_qs}, {u"columns"_qs, 3}};
};

/// Lets no file grow past a size while it lives: as a full disk does, in the middle of a write.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, SIG_DFL);
    }
    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;

private:
    rlimit m_before{};
};

} // namespace

TEST_F(JsonFile, ReadsBackWhatWasWritten)
{
    ASSERT_THAT(writeJsonFile(path(), {{u"old"_qs, true}}), Succeeds());
    ASSERT_THAT(writeJsonFile(path(), m_settings), Succeeds());
    EXPECT_EQ(readJsonFile(path()), m_settings);
}

TEST_F(JsonFile, IsReadableByItsOwnerAlone)
{
    ASSERT_THAT(writeJsonFile(path(), m_settings), Succeeds());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    EXPECT_EQ(QFile::permissions(path()) & others, QFile::Permissions());
}

TEST_F(JsonFile, WhichIsMissingIsNotFound)
{
    EXPECT_THAT(readJsonFile(path()), FailsSaying(ErrorCode::NotFound, path()));
}

TEST_F(JsonFile, WithASyntaxErrorIsRefusedWithItsOffset)
{
    EXPECT_THAT(readJsonFile(fileOf(R"({"a": 1, nonsense})")),
                FailsSaying(ErrorCode::InvalidArgument, u"at byte"_qs));
}

TEST_F(JsonFile, OfAnythingButAnObjectIsRefused)
{
    for (const char *content : {"", "[1, 2]", "\"text\"", "\xff\xfe\x00"})
        EXPECT_THAT(readJsonFile(fileOf(content)), FailsWith(ErrorCode::InvalidArgument)) << content;
}

TEST_F(JsonFile, OverTheLimitIsRefusedUnread)
{
    const QString file = fileOf(R"({"a": 1})");
    EXPECT_THAT(readJsonFile(file, 7), FailsSaying(ErrorCode::InvalidArgument, u"larger than 7 bytes"_qs));
    EXPECT_THAT(readJsonFile(file, 8), Succeeds());
}

TEST_F(JsonFile, ThatCannotBeOpenedIsAStorageFailure)
{
    EXPECT_THAT(readJsonFile(m_dir.path()), FailsWith(ErrorCode::StorageFailure));
}

TEST_F(JsonFile, SurvivesAFailedWriteOnAFullDisk)
{
    ASSERT_THAT(writeJsonFile(path(), m_settings), Succeeds());
    const FileSizeLimit full(4096);
    EXPECT_THAT(writeJsonFile(path(), {{u"big"_qs, QString(100'000, u'x')}}),
                FailsWith(ErrorCode::StorageFull));
    EXPECT_EQ(readJsonFile(path()), m_settings);
    EXPECT_EQ(QDir(m_dir.path()).entryList(QDir::Files).size(), 1) << "nothing is left aside";
}

TEST_F(JsonFile, InAFolderThatIsMissingOrTakenCannotBeWritten)
{
    EXPECT_THAT(writeJsonFile(path(u"missing/settings.json"_qs), m_settings),
                FailsWith(ErrorCode::StorageReadOnly));
    EXPECT_THAT(writeJsonFile(m_dir.path(), m_settings), FailsWith(ErrorCode::StorageReadOnly));
}

TEST_F(JsonFile, WhichIsWriteProtectedIsSaidToBeSoAndNotADiskThatIsFull)
{
    QFile::setPermissions(m_dir.path(), QFile::Permissions(0x7755));
    QFile::setPermissions(fileOf("{}"), QFile::Permissions(0x4444));
    const Unprivileged user;
    EXPECT_THAT(writeJsonFile(path(), m_settings), FailsWith(ErrorCode::StorageReadOnly));
}
