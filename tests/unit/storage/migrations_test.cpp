#include "shared/storage/migrations.h"

#include "shared/crypto/digest.h"
#include "shared/storage/tables.h"
#include "tests/unit/expect.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace strop;
using namespace strop::storage;
using namespace strop::test;

namespace {

constexpr std::array steps{
    Migration{1, "a table",
              [](Database &database) -> Result<void> {
                  return database.run(u"CREATE TABLE t (a)"_qs).map([](qint64) {});
              }},
    Migration{2, "a row",
              [](Database &database) -> Result<void> {
                  return database.run(u"INSERT INTO t VALUES (2)"_qs).map([](qint64) {});
              }},
    Migration{3, "another row",
              [](Database &database) -> Result<void> {
                  return database.run(u"INSERT INTO t VALUES (3)"_qs).map([](qint64) {});
              }},
};

constexpr Migration refusing{3, "a row and a refusal", [](Database &database) -> Result<void> {
                                 STROP_TRY(database.run(u"INSERT INTO t VALUES (99)"_qs));
                                 return fail(ErrorCode::Conflict, u"Not today."_qs);
                             }};

constexpr Migration fillingTheDisk{
    3, "more than there is room for", [](Database &database) -> Result<void> {
        STROP_TRY(database.limitPages(6));
        return database.run(u"INSERT INTO t VALUES (zeroblob(100000))"_qs).map([](qint64) {});
    }};

class Migrations : public testing::Test
{
protected:
    [[nodiscard]] Result<std::unique_ptr<Database>> open(std::span<const Migration> migrations) const
    {
        return openMigrated({.path = m_path}, migrations);
    }
    [[nodiscard]] QByteArray digestOfFile() const
    {
        QFile file(m_path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return crypto::digest(file.readAll());
    }
    [[nodiscard]] QStringList files() const { return QDir(m_dir.path()).entryList(QDir::Files); }

    QTemporaryDir m_dir;
    QString m_path = m_dir.filePath(u"shop.db"_qs);
};

qint64 rowsOf(Database &database)
{
    return std::get<qint64>(*database.cell(u"SELECT count(*) FROM t"_qs).value());
}

} // namespace

TEST_F(Migrations, BringANewFileToTheLastStep)
{
    const auto database = must(open(steps));
    EXPECT_EQ(database->schemaVersion(), 3);
    EXPECT_EQ(rowsOf(*database), 2);
    EXPECT_EQ(must(database->cell(u"PRAGMA journal_mode"_qs)), Value(u"wal"_qs));
}

TEST_F(Migrations, ApplyOnlyTheStepsThatAreMissing)
{
    EXPECT_EQ(rowsOf(*open(std::span(steps).first(2)).value()), 1);
    EXPECT_EQ(rowsOf(*open(steps).value()), 2);
    EXPECT_EQ(rowsOf(*open(steps).value()), 2);
}

TEST_F(Migrations, LeaveTheLastGoodStepWhenOneFails)
{
    const std::array broken{steps[0], steps[1], refusing};
    EXPECT_THAT(open(broken), FailsSaying(ErrorCode::Conflict, u"Not today."_qs));
    const auto database = must(open(std::span(steps).first(2)));
    EXPECT_EQ(database->schemaVersion(), 2);
    EXPECT_EQ(rowsOf(*database), 1);
}

TEST_F(Migrations, SayThatTheDiskIsFullWhenItIs)
{
    const std::array broken{steps[0], steps[1], fillingTheDisk};
    EXPECT_THAT(open(broken), FailsWith(ErrorCode::StorageFull));
    EXPECT_EQ(rowsOf(*open(steps).value()), 2);
}

TEST_F(Migrations, RefuseAFileOfANewerProgramAndLeaveItByteForByte)
{
    {
        const auto newer = must(open(steps));
        must(newer->checkpoint());
    }
    const QByteArray before = digestOfFile();
    const QStringList filesBefore = files();
    EXPECT_THAT(open(std::span(steps).first(2)), FailsSaying(ErrorCode::DatabaseTooNew, u"newer version"_qs));
    EXPECT_EQ(digestOfFile(), before);
    EXPECT_EQ(files(), filesBefore);
}

TEST_F(Migrations, DoNotHappenInAFileOpenedForReading)
{
    must(open(std::span(steps).first(2)));
    const auto reader = must(openMigrated({.path = m_path, .readOnly = true}, steps));
    EXPECT_EQ(reader->schemaVersion(), 2);
}

TEST_F(Migrations, CreateEverySyncedTableWithItsIndexes)
{
    static constexpr std::array synced{Migration{1, "synced tables", createSyncedTables}};
    const auto database = must(open(synced));
    for (const TableDescriptor *table : allTables()) {
        const auto count = must(database->cell(u"SELECT count(*) FROM "_qs + table->name()));
        EXPECT_EQ(count, Value(qint64(0))) << table->name().toStdString();
        const auto indexes = must(database->cell(
            u"SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"_qs,
            {table->name()}));
        EXPECT_EQ(indexes, Value(qint64(table->indexes().size() + 1)));
    }
}

TEST_F(Migrations, LetOneBusinessBeReadByItsIndexesWithoutNamingIt)
{
    static constexpr std::array replica{Migration{1, "synced tables", createSyncedTables},
                                        Migration{2, "statistics", planForOneBusiness}};
    const QString dayOfAShop =
        u"EXPLAIN QUERY PLAN SELECT * FROM appointment WHERE shop_id = ? AND start_ms >= ? AND start_ms < ?"_qs;
    for (int opening = 0; opening < 2; ++opening) {
        QStringList plan;
        const Values anyShop{QByteArray(Uuid::size, 'x'), qint64(0), qint64(1)};
        must(must(open(replica))->each(dayOfAShop, anyShop, [&](const RowReader &step) -> Result<void> {
            plan += step.text(3);
            return {};
        }));
        EXPECT_THAT(plan.join(u'\n').toStdString(), testing::HasSubstr("USING INDEX appointment_shop_start"));
    }
}

TEST_F(Migrations, AddTheTablesAndColumnsThatAnOlderProgramDidNotKnow)
{
    static constexpr std::array older{
        Migration{1, "synced tables", [](Database &database) -> Result<void> {
                      STROP_TRY(createSyncedTables(database));
                      STROP_TRY(database.run(u"DROP TABLE visit"_qs));
                      STROP_TRY(database.run(u"ALTER TABLE business DROP COLUMN public_key"_qs));
                      return database.run(u"INSERT INTO business VALUES (x'01', x'02', 3, 0, 'Old')"_qs)
                          .map([](qint64) {});
                  }}};
    must(open(older));
    static constexpr std::array newer{older[0], Migration{2, "what is new", updateSyncedTables}};
    const auto database = must(open(newer));
    EXPECT_EQ(must(database->cell(u"SELECT name || length(public_key) FROM business"_qs)), Value(u"Old0"_qs));
    EXPECT_EQ(must(database->cell(u"SELECT count(*) FROM visit"_qs)), Value(qint64(0)));
    must(updateSyncedTables(*database)); // and once more, without effect
    for (const TableDescriptor *table : allTables())
        EXPECT_THAT(database->cell(u"SELECT %1 FROM %2"_qs.arg(table->columnList(), table->name())),
                    Succeeds());
}

TEST_F(Migrations, LeaveAFileAloneThatHasEverything)
{
    static constexpr std::array all{Migration{1, "synced tables", createSyncedTables}};
    const auto database = must(open(all));
    const QString schema = u"SELECT group_concat(sql) FROM sqlite_master"_qs;
    const auto before = must(database->cell(schema));
    must(updateSyncedTables(*database));
    EXPECT_EQ(must(database->cell(schema)), before);
}
