#include "shared/storage/tables.h"

#include "tests/unit/expect.h"

#include <QSet>

using namespace strop;
using namespace strop::storage;
using namespace strop::domain;

TEST(Tables, AreFoundByTheirNames)
{
    QSet<QString> names;
    for (const TableDescriptor *table : allTables()) {
        EXPECT_EQ(tableNamed(table->name()), table);
        names.insert(table->name());
    }
    EXPECT_EQ(names.size(), qsizetype(allTables().size()));
    EXPECT_EQ(tableNamed(u"sqlite_master"), nullptr);
    EXPECT_EQ(tableNamed(u""), nullptr);
}

TEST(Tables, IndexOnlyColumnsThatTheyHave)
{
    for (const TableDescriptor *table : allTables()) {
        for (const Index &index : table->indexes()) {
            for (const QString &column : index.columns)
                EXPECT_GE(table->columnIndex(column), 0) << column.toStdString();
        }
        EXPECT_EQ(table->columnIndex(u"no_such_column"), -1);
    }
}

TEST(Tables, ShowTheOwnerEverything)
{
    for (const TableDescriptor *table : allTables()) {
        EXPECT_TRUE(table->visibleTo(Role::Owner));
        EXPECT_EQ(table->columnsVisibleTo(Role::Owner).size(), table->columns().size());
    }
}

TEST(Tables, HoldEmptyValuesThatDecode)
{
    const Uuid id = *Uuid::fromBytes("0123456789abcdef");
    const auto decoded = tableOf<Appointment>().decode(id, tableOf<Appointment>().emptyValues());
    ASSERT_THAT(decoded, testing::Truly([](const auto &result) { return result.has_value(); }));
    EXPECT_EQ(decoded->id.uuid, id);
    EXPECT_EQ(decoded->status, AppointmentStatus::Booked);
}

TEST(Tables, DeclareTheSameColumnsForBothDatabases)
{
    for (const TableDescriptor *table : allTables()) {
        QStringList sqlite = table->ddl(u"BLOB"_qs);
        const QStringList postgres = table->ddl(u"BYTEA"_qs);
        EXPECT_EQ(sqlite.replaceInStrings(u"BLOB"_qs, u"BYTEA"_qs), postgres);
        EXPECT_TRUE(postgres.first().contains(u"PRIMARY KEY (business_id, id)"_qs));
        EXPECT_EQ(table->columnList().split(u", "_qs).size(), qsizetype(table->columns().size()) + 4);
    }
}
