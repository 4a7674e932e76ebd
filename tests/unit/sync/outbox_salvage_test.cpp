#include "shared/sync/outbox_salvage.h"

#include "shared/sync/outbox.h"
#include "tests/unit/synced_store.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

/// What becomes of a damaged outbox.db: all that is proven is kept, what is not is told, and a kill on the
/// way changes neither.

using namespace strop;
using namespace strop::sync;
using namespace strop::test;
using mutators::Mutation;

namespace {

const Instant noon = instantFromMs(1'777'975'200'000);
constexpr qint64 pageSize = 4096;

Mutation write(int number)
{
    return {u"test.write"_qs, 1, {{u"number"_qs, number}, {u"note"_qs, QString(200, u'n')}}, uuidOf(9)};
}

class DamagedOutbox : public testing::Test
{
protected:
    DamagedOutbox()
    {
        must(outbox->bind(owner));
        for (int i = 1; i <= count; ++i)
            must(outbox->append(write(i), noon + i * std::chrono::minutes(1)));
    }

    void overwrite(qint64 from, qint64 bytes)
    {
        outbox.reset();
        QFile file(path());
        ASSERT_TRUE(file.open(QIODevice::ReadWrite));
        ASSERT_TRUE(file.seek(from));
        file.write(QByteArray(bytes, '\x5a'));
    }
    void change(const QString &sql)
    {
        outbox.reset();
        must(must(storage::Database::open({path()}))->run(sql));
    }
    void open() { outbox = must(Outbox::open(path())); }

    [[nodiscard]] QString path() const { return m_dir.filePath(u"outbox.db"_qs); }
    [[nodiscard]] QStringList files() const { return QDir(m_dir.path()).entryList(QDir::Files); }
    [[nodiscard]] qint64 told(const QString &what) const
    {
        return outbox->rejections().front().mutation.arguments.value(what).toInteger();
    }

    static constexpr int count = 300;
    const OutboxOwner owner{idOf<DeviceId>(1), idOf<BusinessId>(2), Role::Kiosk};
    QTemporaryDir m_dir;
    std::unique_ptr<Outbox> outbox = must(Outbox::open(path()));
};

} // namespace

TEST_F(DamagedOutbox, KeepsEveryEntryOutsideOfABadPageAndCountsTheOthers)
{
    outbox.reset();
    const qint64 pages = QFile(path()).size() / pageSize;
    overwrite(pages / 2 * pageSize, pageSize);
    open();
    const auto &saved = outbox->entries();
    ASSERT_EQ(outbox->rejections().size(), 1U);
    EXPECT_EQ(outbox->rejections().front().error.code, ErrorCode::StorageCorrupt);
    EXPECT_GT(saved.size(), size_t(count - 40));
    EXPECT_EQ(qint64(saved.size()) + told(u"count"_qs), count);
    for (const OutboxEntry &entry : saved)
        EXPECT_EQ(entry.mutation, write(int(entry.id)));
    EXPECT_EQ(outbox->owner(), owner);
    EXPECT_FALSE(must(outbox->continuesFrom(0, {}))) << "it has a hole";
    EXPECT_EQ(must(outbox->append(write(1), noon)), count + 1) << "no number is used twice";
    open();
    EXPECT_EQ(outbox->rejections().size(), 1U) << "told once";
}

TEST_F(DamagedOutbox, TellsBetweenWhichTimesWritesAreLost)
{
    change(u"UPDATE entry SET hash = x'00' WHERE id IN (7, 8)"_qs);
    open();
    EXPECT_EQ(told(u"first"_qs), 7);
    EXPECT_EQ(told(u"last"_qs), 8);
    EXPECT_EQ(told(u"from_ms"_qs), toMs(noon + std::chrono::minutes(6)));
    EXPECT_EQ(told(u"until_ms"_qs), toMs(noon + std::chrono::minutes(9)));
    const QString message = outbox->rejections().front().error.message;
    EXPECT_TRUE(message.contains(u"2 changes"_qs)) << message.toStdString();
    EXPECT_TRUE(message.contains(u"numbers 7 to 8"_qs)) << message.toStdString();
}

TEST_F(DamagedOutbox, LosesNothingThatMattersWhenOnlyWhatWasSettledIsDamaged)
{
    must(outbox->settle({{1, {}}, {2, {}}, {3, {}}}, 5));
    outbox->retain(5);
    const QByteArray fourth = must(outbox->unsettledAfter(0, 1)).front().hash;
    change(u"UPDATE entry SET hash = x'00' WHERE id = 2"_qs);
    open();
    EXPECT_TRUE(outbox->rejections().empty()) << "the server has it";
    outbox->retain(5);
    EXPECT_EQ(outbox->entries().size(), size_t(count - 3));
    EXPECT_EQ(must(outbox->unsettledAfter(0, 1)).front().hash, fourth);
    EXPECT_FALSE(must(outbox->continuesFrom(1, {}))) << "should the server lose it, the chain begins again";
}

TEST_F(DamagedOutbox, SaysThatItDoesNotKnowWhatWasInAFileThatCannotBeRead)
{
    outbox.reset();
    overwrite(0, QFile(path()).size());
    open();
    EXPECT_TRUE(outbox->entries().empty());
    ASSERT_EQ(outbox->rejections().size(), 1U);
    EXPECT_EQ(told(u"count"_qs), 0);
    EXPECT_TRUE(outbox->rejections().front().error.message.contains(u"may be lost"_qs));
    EXPECT_LT(outbox->rejections().front().id, 0);
    EXPECT_FALSE(must(outbox->continuesFrom(0, {})));
    must(outbox->bind(owner));
    EXPECT_FALSE(must(outbox->continuesFrom(0, {}))) << "until it is numbered again";
    must(outbox->bind({idOf<DeviceId>(3), owner.business, owner.role}));
    EXPECT_TRUE(must(outbox->continuesFrom(0, {})));
}

TEST_F(DamagedOutbox, IsPutAsideAndNeverDeleted)
{
    for (int round = 1; round <= 2; ++round) {
        change(u"UPDATE entry SET hash = x'00' WHERE id = (SELECT max(id) FROM entry)"_qs);
        open();
        EXPECT_TRUE(files().contains(u"outbox.db.damaged-%1"_qs.arg(round)));
    }
    for (const QString &file : files())
        EXPECT_FALSE(file.contains(u"salvag"_qs) || file.contains(u"reading"_qs)) << file.toStdString();
}

TEST_F(DamagedOutbox, SavesWhatStoodInTheLogOfAKilledProgram)
{
    // The newest entries are in the write-ahead log only.
    QFile::copy(path(), m_dir.filePath(u"killed.db"_qs));
    QFile::copy(path() + u"-wal"_qs, m_dir.filePath(u"killed.db-wal"_qs));
    outbox = must(Outbox::open(m_dir.filePath(u"killed.db"_qs)));
    ASSERT_EQ(outbox->entries().size(), size_t(count));
    must(outbox->database().run(u"UPDATE entry SET hash = x'00' WHERE id = 4"_qs));
    ASSERT_TRUE(QFile::copy(m_dir.filePath(u"killed.db"_qs), m_dir.filePath(u"bad.db"_qs)));
    ASSERT_TRUE(QFile::copy(m_dir.filePath(u"killed.db-wal"_qs), m_dir.filePath(u"bad.db-wal"_qs)));
    outbox = must(Outbox::open(m_dir.filePath(u"bad.db"_qs)));
    EXPECT_EQ(outbox->entries().size(), size_t(count - 1));
}

TEST_F(DamagedOutbox, IsSavedOnceHoweverOftenTheProgramIsKilledMeanwhile)
{
    change(u"UPDATE entry SET hash = x'00' WHERE id = 5"_qs);
    const auto image = [this] {
        std::map<QString, QByteArray> content;
        for (const QString &name : files()) {
            QFile file(m_dir.filePath(name));
            if (file.open(QIODevice::ReadOnly))
                content[name] = file.readAll();
        }
        return content;
    };
    const auto damaged = image();
    open();
    outbox.reset();
    const auto whole = image();
    const QByteArray fresh = whole.at(u"outbox.db"_qs);
    const QByteArray old = damaged.at(u"outbox.db"_qs);
    // What the folder holds after each step of the way.
    const std::vector<std::map<QString, QByteArray>> steps{
        {{u"outbox.db"_qs, old}, {u"outbox.db.reading"_qs, old}},
        {{u"outbox.db"_qs, old}, {u"outbox.db.salvaging"_qs, fresh.left(pageSize)}},
        {{u"outbox.db"_qs, old}, {u"outbox.db.salvaged"_qs, fresh}},
        {{u"outbox.db.damaged-1"_qs, old}, {u"outbox.db-wal"_qs, ""}, {u"outbox.db.salvaged"_qs, fresh}},
        {{u"outbox.db.damaged-1"_qs, old}, {u"outbox.db.salvaged"_qs, fresh}},
    };
    for (const auto &step : steps) {
        for (const QString &name : files())
            ASSERT_TRUE(QFile::remove(m_dir.filePath(name)));
        for (const auto &[name, content] : step) {
            QFile file(m_dir.filePath(name));
            ASSERT_TRUE(file.open(QIODevice::WriteOnly));
            file.write(content);
        }
        open();
        EXPECT_EQ(outbox->entries().size(), size_t(count - 1));
        EXPECT_EQ(outbox->rejections().size(), 1U);
        outbox.reset();
        EXPECT_TRUE(files().contains(u"outbox.db.damaged-1"_qs));
        EXPECT_FALSE(files().contains(u"outbox.db.salvaged"_qs));
    }
}

TEST_F(DamagedOutbox, LosesNothingThatWaitsWhenItIsFoundOutWhileRunning)
{
    const auto spoil = [this](const QString &name, qint64 from) {
        QFile file(path() + name);
        ASSERT_TRUE(file.open(QIODevice::ReadWrite));
        ASSERT_TRUE(file.seek(from));
        file.write(QByteArray(file.size() - from, '\x5a'));
    };
    must(outbox->settle({{1, {}}}, 5));
    spoil(QString(), 100);
    spoil(u"-wal"_qs, 56); // the heads of log and frame
    must(outbox->database().run(u"PRAGMA cache_size = 0"_qs));
    must(outbox->database().run(u"PRAGMA shrink_memory"_qs));
    ASSERT_THAT(outbox->append(write(1), noon), FailsWith(ErrorCode::StorageCorrupt));
    ASSERT_THAT(outbox->mend(), Succeeds());
    EXPECT_EQ(outbox->entries().size(), size_t(count));
    EXPECT_EQ(outbox->entries().front().settledVersion, 5);
    EXPECT_TRUE(outbox->rejections().empty());
    EXPECT_EQ(must(outbox->append(write(1), noon)), count + 1);
    open();
    EXPECT_EQ(outbox->entries().size(), size_t(count + 1));
    EXPECT_TRUE(must(outbox->continuesFrom(0, {})));
    EXPECT_TRUE(files().contains(u"outbox.db.damaged-1"_qs));
}
