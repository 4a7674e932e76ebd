#include "shared/storage/database.h"
#include "shared/storage/migrations.h"
#include "tests/support/faulty_vfs/faulty_vfs.h"
#include "tests/unit/expect.h"

#include <QFile>
#include <QTemporaryDir>

/// The disk of the simulator does to SQLite what a power cut may do, and no more: a commit with
/// synchronous=FULL survives it, with NORMAL the newest may go, and the file is sound either way. A killed
/// program loses nothing.

using namespace strop;
using namespace strop::test;
using storage::Database;
using storage::Durability;

namespace {

constexpr int cuts = 150;

Result<void> createTable(Database &database)
{
    return database.run(QStringLiteral("CREATE TABLE note (id INTEGER PRIMARY KEY, text BLOB NOT NULL)"))
        .map([](qint64) {});
}

constexpr storage::Migration migrations[] = {{1, "notes", createTable}};

/// A program with a database that loses its power, and comes back.
class PowerCut : public testing::Test
{
protected:
    [[nodiscard]] QString path() const { return m_dir.filePath(QStringLiteral("notes.db")); }

    void open(Durability durability)
    {
        m_database.reset();
        m_database = must(storage::openMigrated({path(), durability}, migrations));
    }

    /// One commit of a few pages.
    Result<void> commit(int id)
    {
        return m_database
            ->run(QStringLiteral("INSERT INTO note VALUES (?, ?)"),
                  {qint64(id), QByteArray(6'000, char(id % 250 + 1))})
            .map([](qint64) {});
    }

    void die(bool ofPower, quint64 seed)
    {
        m_disk.halt(path());
        m_database.reset();
        QFile::remove(path() + QStringLiteral("-shm"));
        if (ofPower) {
            SeededRandom random(seed);
            m_disk.cutPower(path(), random);
        }
        m_disk.resume(path());
    }

    /// The notes 1, 2, 3, … in one unbroken row: how many. Every one is whole.
    int notes()
    {
        must(m_database->verify());
        int next = 0;
        must(m_database->each(QStringLiteral("SELECT id, text FROM note ORDER BY id"), {},
                              [&](const storage::RowReader &row) -> Result<void> {
                                  EXPECT_EQ(row.integer(0), ++next);
                                  EXPECT_EQ(row.bytes(1), QByteArray(6'000, char(next % 250 + 1)));
                                  return {};
                              }));
        return next;
    }

    FaultyVfs m_disk;
    QTemporaryDir m_dir;
    std::unique_ptr<Database> m_database;
};

} // namespace

TEST_F(PowerCut, CommitWithFullSynchronousSurvives)
{
    open(Durability::Full);
    SeededRandom random(1);
    int committed = 0;
    for (quint64 cut = 1; cut <= cuts; ++cut) {
        for (quint64 i = random.below(5); i > 0; --i)
            must(commit(++committed));
        if (cut % 10 == 0)
            must(m_database->checkpoint());
        die(true, cut);
        open(Durability::Full);
        ASSERT_EQ(notes(), committed) << "cut " << cut;
    }
    EXPECT_GT(committed, cuts);
}

TEST_F(PowerCut, NewestCommitsWithNormalSynchronousMayGoAndTheFileStaysSound)
{
    open(Durability::Normal);
    SeededRandom random(2);
    int lostCommits = 0;
    int keptUnsynced = 0;
    int committed = 0;
    for (quint64 cut = 1; cut <= cuts; ++cut) {
        const int before = committed;
        for (quint64 i = 1 + random.below(5); i > 0; --i)
            must(commit(++committed));
        const bool checkpointed = cut % 10 == 0;
        if (checkpointed)
            must(m_database->checkpoint());
        die(true, cut);
        open(Durability::Normal);
        const int left = notes();
        ASSERT_LE(left, committed) << "cut " << cut;
        ASSERT_GE(left, checkpointed ? committed : 0) << "cut " << cut;
        lostCommits += committed - left;
        keptUnsynced += left > before ? 1 : 0;
        committed = left;
    }
    EXPECT_GT(lostCommits, cuts / 2) << "a disk that loses nothing proves nothing";
    EXPECT_GT(keptUnsynced, cuts / 20) << "nor does one that loses everything";
}

TEST_F(PowerCut, KilledProgramLosesNoCommitOfAnyKind)
{
    open(Durability::Normal);
    int committed = 0;
    for (quint64 cut = 1; cut <= 20; ++cut) {
        must(commit(++committed));
        die(false, cut);
        open(Durability::Normal);
        ASSERT_EQ(notes(), committed);
    }
}

TEST_F(PowerCut, AtAnyChangeOfTheDiskKeepsWhatWasAcknowledged)
{
    for (const bool ofPower : {false, true}) {
        open(Durability::Full);
        int acknowledged = notes();
        bool died = true;
        int change = 1;
        for (; died; ++change) {
            died = false;
            m_disk.haltAt(path(), change, [&] { died = true; });
            const bool told = commit(acknowledged + 1).has_value();
            EXPECT_EQ(told, !died) << "change " << change;
            die(ofPower, quint64(change));
            open(Durability::Full);
            const int left = notes();
            // What nobody was told of may be there: the machine may die between the sync and the answer.
            ASSERT_GE(left, acknowledged + (told ? 1 : 0)) << "change " << change;
            ASSERT_LE(left, acknowledged + 1) << "change " << change;
            acknowledged = left;
        }
        EXPECT_GT(change, 3);
    }
}

TEST_F(PowerCut, AtAnyChangeOfACheckpointKeepsWhatWasAcknowledged)
{
    open(Durability::Full);
    int committed = 0;
    bool died = true;
    for (int change = 1; died; ++change) {
        died = false;
        for (int i = 0; i < 5; ++i)
            must(commit(++committed));
        m_disk.haltAt(path(), change, [&] { died = true; });
        (void)m_database->checkpoint();
        die(true, quint64(change));
        open(Durability::Full);
        ASSERT_EQ(notes(), committed) << "change " << change;
    }
    EXPECT_GT(committed, 20);
}

TEST_F(PowerCut, TornFramesOfTheWriteAheadLogAreRecoveredUpToTheLastWholeCommit)
{
    open(Durability::Normal);
    int torn = 0;
    int committed = 0;
    for (quint64 cut = 1; cut <= cuts; ++cut) {
        must(m_database->checkpoint());
        for (int i = 0; i < 6; ++i)
            must(commit(++committed));
        QFile seen(path() + QStringLiteral("-wal"));
        ASSERT_TRUE(seen.open(QIODevice::ReadOnly));
        const QByteArray whole = seen.readAll();
        die(true, cut);
        QFile after(path() + QStringLiteral("-wal"));
        const QByteArray left = after.open(QIODevice::ReadOnly) ? after.readAll() : QByteArray();
        open(Durability::Normal);
        const int recovered = notes();
        // Frames of a commit that was not recovered are in the file all the same.
        torn += left != whole && left.size() > 32 && recovered < committed ? 1 : 0;
        committed = recovered;
    }
    EXPECT_GT(torn, cuts / 10);
}

TEST_F(PowerCut, FileThatNeverWasSyncedMayVanish)
{
    int vanished = 0;
    int stayed = 0;
    for (quint64 cut = 1; cut <= 40; ++cut) {
        m_database = must(Database::open({path(), Durability::Normal}));
        must(m_database->run(QStringLiteral("PRAGMA synchronous = OFF")));
        must(m_database->run(QStringLiteral("CREATE TABLE t (a)")));
        die(true, cut);
        const bool isThere = QFile::exists(path());
        ++(isThere ? stayed : vanished);
        QFile::remove(path());
        QFile::remove(path() + QStringLiteral("-journal"));
    }
    EXPECT_GT(vanished, 3);
    EXPECT_GT(stayed, 3);
}

TEST(UnsyncedWrites, AreTornAtASectorOfTheFileAndTouchNothingBeside)
{
    const QByteArray before(4'096, 'a');
    const QByteArray written(1'500, 'b');
    constexpr qint64 offset = 700;
    QByteArray seen = before;
    seen.replace(offset, written.size(), written);
    std::set<QByteArray> outcomes;
    for (quint64 seed = 1; seed <= 300; ++seed) {
        UnsyncedWrites unsynced;
        unsynced.written(offset, before.mid(offset, written.size()), written, before.size());
        SeededRandom random(seed);
        const QByteArray left = unsynced.afterPowerCut(seen, random).value();
        ASSERT_EQ(left.size(), before.size());
        EXPECT_EQ(left.first(offset), before.first(offset));
        EXPECT_EQ(left.sliced(offset + written.size()), before.sliced(offset + written.size()));
        for (qint64 i = offset + 1; i < offset + written.size(); ++i) {
            const bool changesHere = left[i] != left[i - 1];
            EXPECT_TRUE(!changesHere || i % UnsyncedWrites::sectorBytes == 0) << i;
        }
        outcomes.insert(left);
    }
    EXPECT_EQ(outcomes.size(), 8U) << "all, nothing, and a head or a tail at each of three boundaries";
}

TEST(UnsyncedWrites, AreGoneOnceTheFileIsSynced)
{
    UnsyncedWrites unsynced;
    unsynced.created();
    unsynced.written(0, {}, QByteArray("abc"), 0);
    EXPECT_TRUE(unsynced.any());
    unsynced.synced();
    EXPECT_FALSE(unsynced.any());
    SeededRandom random(1);
    EXPECT_EQ(unsynced.afterPowerCut(QByteArray("abc"), random), QByteArray("abc"));
}

TEST(UnsyncedWrites, BringADeletedFileBackOrNot)
{
    std::set<bool> there;
    for (quint64 seed = 1; seed <= 20; ++seed) {
        UnsyncedWrites unsynced;
        unsynced.deleted(QByteArray("abc"));
        SeededRandom random(seed);
        const auto left = unsynced.afterPowerCut(std::nullopt, random);
        there.insert(left.has_value());
        EXPECT_EQ(left.value_or(QByteArray("abc")), QByteArray("abc"));
    }
    EXPECT_EQ(there.size(), 2U);
}
