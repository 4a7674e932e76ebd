#include "shared/storage/database.h"

#include "tests/unit/expect.h"
#include "tests/unit/unprivileged.h"

#include <QFile>
#include <QTemporaryDir>

using namespace strop;
using namespace strop::storage;
using namespace strop::test;

namespace {

class DatabaseFile : public testing::Test
{
protected:
    [[nodiscard]] QString path() const { return m_dir.filePath(u"shop.db"_qs); }

    [[nodiscard]] std::unique_ptr<Database> opened() const { return must(Database::open({.path = path()})); }

    QTemporaryDir m_dir;
};

std::unique_ptr<Database> inMemory(const QString &ddl = u"CREATE TABLE t (a, b)"_qs)
{
    auto database = must(Database::open({.path = u":memory:"_qs}));
    must(database->run(ddl));
    return database;
}

qint64 countOf(Database &database)
{
    return std::get<qint64>(*database.cell(u"SELECT count(*) FROM t"_qs).value());
}

Result<void> insert(Database &database, const Value &a)
{
    return database.run(u"INSERT INTO t (a) VALUES (?)"_qs, {a}).map([](qint64) {});
}

} // namespace

TEST(Database, BindsAndReadsEveryKindOfValueUnchanged)
{
    const auto database = inMemory();
    const QString withNul = u"a"_qs + QChar(0) + u"b 🪒"_qs;
    for (const Value &value :
         {Value(), Value(qint64(0)), Value(std::numeric_limits<qint64>::min()),
          Value(std::numeric_limits<qint64>::max()), Value(u""_qs), Value(QString()), Value(u"12"_qs),
          Value(withNul), Value(QByteArray()), Value(QByteArray("")), Value(QByteArray("\0\xff\x80", 3))}) {
        must(database->run(u"DELETE FROM t"_qs));
        ASSERT_THAT(insert(*database, value), Succeeds());
        EXPECT_EQ(must(database->cell(u"SELECT a FROM t"_qs)), value);
    }
}

TEST(Database, GivesTheRowsInOrderWithTypedReaders)
{
    const auto database = inMemory();
    const Uuid id = *Uuid::fromBytes("0123456789abcdef");
    must(database->run(u"INSERT INTO t VALUES (?, ?)"_qs, {qint64(7), id.toBytes()}));
    must(database->run(u"INSERT INTO t VALUES (?, ?)"_qs, {u"text"_qs, Value()}));
    int row = 0;
    ASSERT_THAT(database->each(u"SELECT a, b FROM t ORDER BY rowid"_qs, {},
                               [&](const RowReader &reader) -> Result<void> {
                                   if (row++ == 0) {
                                       EXPECT_EQ(reader.integer(0), 7);
                                       EXPECT_TRUE(reader.boolean(0));
                                       EXPECT_EQ(reader.instant(0), instantFromMs(7));
                                       EXPECT_EQ(reader.uuid(1), id);
                                   } else {
                                       EXPECT_EQ(reader.text(0), u"text"_qs);
                                       EXPECT_TRUE(reader.isNull(1));
                                       EXPECT_TRUE(reader.uuid(1).isNil());
                                   }
                                   return {};
                               }),
                Succeeds());
    EXPECT_EQ(row, 2);
}

TEST(Database, PassesOnTheErrorOfAVisitorAndCanRunTheSameQueryAgain)
{
    const auto database = inMemory();
    for (qint64 i = 0; i < 3; ++i)
        must(insert(*database, i));
    const QString select = u"SELECT a FROM t ORDER BY a"_qs;
    int visited = 0;
    EXPECT_THAT(database->each(select, {},
                               [&](const RowReader &) -> Result<void> {
                                   if (++visited == 2)
                                       return fail(ErrorCode::Conflict, u"Enough."_qs);
                                   return {};
                               }),
                FailsSaying(ErrorCode::Conflict, u"Enough."_qs));
    EXPECT_EQ(visited, 2);
    EXPECT_EQ(must(database->cell(select)), Value(qint64(0)));
}

TEST(Database, LetsAVisitorRunTheStatementThatIsRunning)
{
    const auto database = inMemory();
    for (qint64 i = 0; i < 3; ++i)
        must(insert(*database, i));
    const QString select = u"SELECT a FROM t ORDER BY a"_qs;
    std::vector<qint64> seen;
    ASSERT_THAT(database->each(select, {},
                               [&](const RowReader &outer) {
                                   seen.push_back(outer.integer(0));
                                   return database->each(select, {},
                                                         [&](const RowReader &inner) -> Result<void> {
                                                             seen.push_back(10 + inner.integer(0));
                                                             return {};
                                                         });
                               }),
                Succeeds());
    EXPECT_EQ(seen, (std::vector<qint64>{0, 10, 11, 12, 1, 10, 11, 12, 2, 10, 11, 12}));
}

TEST(Database, AnswersHowManyRowsAStatementChanged)
{
    const auto database = inMemory();
    for (qint64 i = 0; i < 5; ++i)
        must(insert(*database, i));
    EXPECT_EQ(database->run(u"UPDATE t SET b = 1 WHERE a >= ?"_qs, {qint64(2)}), 3);
    EXPECT_FALSE(must(database->cell(u"SELECT a FROM t WHERE a = 99"_qs)));
}

TEST(Database, NamesTheStatementThatItRefused)
{
    const auto database = inMemory();
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto refused = database->run(u"SELEKT 1"_qs);
        ASSERT_THAT(refused, FailsWith(ErrorCode::StorageFailure));
        EXPECT_TRUE(refused.error().detail.contains(u"SELEKT 1"_qs));
    }
}

TEST(Database, InTransactionCommitsAllOfAChangeOrNothing)
{
    const auto database = inMemory();
    EXPECT_THAT(inTransaction(*database, [&] { return insert(*database, qint64(1)); }), Succeeds());
    EXPECT_THAT(inTransaction(*database,
                              [&]() -> Result<void> {
                                  STROP_TRY(insert(*database, qint64(2)));
                                  return fail(ErrorCode::SlotTaken, u"No."_qs);
                              }),
                FailsWith(ErrorCode::SlotTaken));
    EXPECT_EQ(countOf(*database), 1);
    EXPECT_THAT(database->begin(), Succeeds()) << "no transaction was left open";
}

TEST_F(DatabaseFile, KeepsWhatWasCommittedAndForgetsWhatWasNot)
{
    {
        const auto database = opened();
        must(database->run(u"CREATE TABLE t (a)"_qs));
        must(inTransaction(*database, [&] { return insert(*database, qint64(1)); }));
        must(database->begin());
        must(insert(*database, qint64(2)));
    }
    EXPECT_EQ(countOf(*opened()), 1);
}

TEST_F(DatabaseFile, ReadsOneUnchangingViewWhileAnotherConnectionWrites)
{
    const auto writer = opened();
    must(writer->cell(u"PRAGMA journal_mode = WAL"_qs));
    must(writer->run(u"CREATE TABLE t (a)"_qs));
    const auto reader = must(Database::open({.path = path(), .readOnly = true}));
    must(reader->beginReading());
    EXPECT_EQ(countOf(*reader), 0);
    must(insert(*writer, qint64(1)));
    EXPECT_EQ(countOf(*reader), 0);
    must(reader->commit());
    EXPECT_EQ(countOf(*reader), 1);
}

TEST_F(DatabaseFile, TellsInPlainWordsThatTheDiskIsFullAndGoesOnOnceThereIsRoom)
{
    const auto database = opened();
    must(database->run(u"CREATE TABLE t (a)"_qs));
    must(database->limitPages(8));
    Result<void> outcome;
    for (int i = 0; i < 100 && outcome; ++i)
        outcome = insert(*database, QByteArray(1000, 'x'));
    EXPECT_THAT(outcome, FailsSaying(ErrorCode::StorageFull, u"disk is full"_qs));
    const qint64 before = countOf(*database);
    must(database->limitPages(1000));
    EXPECT_THAT(insert(*database, QByteArray(1000, 'x')), Succeeds());
    EXPECT_EQ(countOf(*database), before + 1);
}

TEST_F(DatabaseFile, ReportsAFullDiskInATransactionAsWhatItIs)
{
    const auto database = opened();
    must(database->run(u"CREATE TABLE t (a)"_qs));
    must(database->limitPages(8));
    EXPECT_THAT(inTransaction(*database, [&] { return insert(*database, QByteArray(100'000, 'x')); }),
                FailsWith(ErrorCode::StorageFull));
    EXPECT_EQ(countOf(*database), 0);
    EXPECT_THAT(inTransaction(*database, [&] { return insert(*database, qint64(1)); }), Succeeds());
}

TEST_F(DatabaseFile, InAFolderThatCannotBeWrittenIsSaidToBeSo)
{
    EXPECT_THAT(Database::open({.path = m_dir.filePath(u"missing/shop.db"_qs)}),
                FailsSaying(ErrorCode::StorageReadOnly, u"missing/shop.db"_qs));
    must(opened()->run(u"CREATE TABLE t (a)"_qs));
    QFile::setPermissions(m_dir.path(), QFile::Permissions(0x5555));
    QFile::setPermissions(path(), QFile::Permissions(0x4444));
    const Unprivileged user;
    const auto database = opened();
    EXPECT_THAT(insert(*database, qint64(1)), FailsSaying(ErrorCode::StorageReadOnly, path()));
}

TEST_F(DatabaseFile, OpenedReadOnlyRefusesToWrite)
{
    EXPECT_THAT(Database::open({.path = path(), .readOnly = true}), FailsWith(ErrorCode::StorageReadOnly));
    must(opened()->run(u"CREATE TABLE t (a)"_qs));
    const auto database = must(Database::open({.path = path(), .readOnly = true}));
    EXPECT_THAT(insert(*database, qint64(1)), FailsWith(ErrorCode::StorageReadOnly));
    EXPECT_EQ(countOf(*database), 0);
}

TEST_F(DatabaseFile, ThatIsNoDatabaseIsSaidToBeDamaged)
{
    QFile file(path());
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    EXPECT_THAT(Database::open({.path = path()}), FailsSaying(ErrorCode::StorageCorrupt, path()));
}

TEST_F(DatabaseFile, WithADamagedPageDoesNotVerify)
{
    {
        const auto database = opened();
        must(database->run(u"CREATE TABLE t (a)"_qs));
        for (int i = 0; i < 50; ++i)
            must(insert(*database, QByteArray(1000, 'x')));
        EXPECT_THAT(database->verify(), Succeeds());
    }
    QFile file(path());
    ASSERT_TRUE(file.open(QIODevice::ReadWrite));
    file.seek(2 * 4096);
    file.write(QByteArray(4096, '\xee'));
    file.close();
    EXPECT_THAT(opened()->verify(), FailsSaying(ErrorCode::StorageCorrupt, u"backup"_qs));
}

TEST_F(DatabaseFile, MovesItsLogIntoTheFileAtACheckpoint)
{
    const auto database = must(Database::open({.path = path()}));
    must(database->cell(u"PRAGMA journal_mode = WAL"_qs));
    must(database->run(u"CREATE TABLE t (a)"_qs));
    must(insert(*database, QByteArray(10'000, 'x')));
    const QString log = path() + u"-wal"_qs;
    EXPECT_GT(QFile(log).size(), 0);
    ASSERT_THAT(database->checkpoint(), Succeeds());
    EXPECT_EQ(QFile(log).size(), 0);
    EXPECT_EQ(countOf(*database), 1);
}
