#include "shared/storage/row_store.h"

#include "tests/unit/expect.h"
#include "tests/unit/synced_store.h"

using namespace strop;
using namespace strop::storage;
using namespace strop::domain;
using namespace strop::test;

namespace {

const ShopId shop = idOf<ShopId>(2);

Customer customer(quint8 number, const QString &name = u"Ana"_qs)
{
    return {
        .id = idOf<CustomerId>(number), .shopId = shop, .name = name, .phone = {}, .email = {}, .notes = {}};
}

Appointment appointment(quint8 number, quint8 staff, qint64 startMs)
{
    Appointment made;
    made.id = idOf<AppointmentId>(number);
    made.shopId = shop;
    made.staffId = idOf<StaffId>(staff);
    made.start = instantFromMs(startMs);
    made.end = instantFromMs(startMs + 10);
    return made;
}

std::vector<int> numbersOf(const std::vector<Appointment> &appointments)
{
    std::vector<int> numbers;
    for (const Appointment &one : appointments)
        numbers.push_back(one.id.uuid.toBytes().back());
    return numbers;
}

std::vector<std::pair<qint64, int>> versionsOf(const std::vector<Row> &rows)
{
    std::vector<std::pair<qint64, int>> versions;
    for (const Row &row : rows)
        versions.emplace_back(row.version, row.id.toBytes().back());
    return versions;
}

} // namespace

class RowStoreTest : public testing::Test
{
protected:
    SyncedStore m_store;
    RowStore &m_rows = m_store.rows;
};

TEST_F(RowStoreTest, StampsWhatItWritesWithTheVersionInForce)
{
    ASSERT_THAT(m_rows.put(customer(1)), Succeeds());
    m_rows.setVersion(5);
    ASSERT_THAT(m_rows.put(customer(2)), Succeeds());
    m_rows.setVersion(6);
    ASSERT_THAT(m_rows.put(customer(1, u"Eva"_qs)), Succeeds());
    const auto &table = tableOf<Customer>();
    EXPECT_EQ(m_rows.getRow(table, uuidOf(1)).value()->version, 6);
    EXPECT_EQ(m_rows.getRow(table, uuidOf(2)).value()->version, 5);
    EXPECT_EQ(m_rows.get<Customer>(idOf<CustomerId>(1)).value()->name, u"Eva"_qs);
}

TEST_F(RowStoreTest, LeavesATombstoneThatReadsAsNothing)
{
    m_rows.setVersion(3);
    must(m_rows.put(customer(1)));
    m_rows.setVersion(4);
    ASSERT_THAT(m_rows.removeRow(tableOf<Customer>(), uuidOf(1)), Succeeds());
    EXPECT_FALSE(must(m_rows.get<Customer>(idOf<CustomerId>(1)))) << "live rows only";
    const Row stone = *must(m_rows.currentRow(tableOf<Customer>(), uuidOf(1)));
    EXPECT_TRUE(stone.deleted);
    EXPECT_EQ(stone.version, 4);
    EXPECT_EQ(stone.values, tableOf<Customer>().emptyValues());
}

TEST_F(RowStoreTest, RemovesNothingWhereThereIsNothing)
{
    EXPECT_THAT(m_rows.removeRow(tableOf<Customer>(), uuidOf(1)), Succeeds());
    EXPECT_FALSE(must(m_rows.currentRow(tableOf<Customer>(), uuidOf(1))));
    EXPECT_TRUE(m_rows.takeChanges().empty());
}

TEST_F(RowStoreTest, WritesARowExactlyAsGiven)
{
    const Row row{uuidOf(1), 77, true, tableOf<Customer>().emptyValues()};
    ASSERT_THAT(m_rows.writeRow(tableOf<Customer>(), row), Succeeds());
    EXPECT_EQ(must(m_rows.currentRow(tableOf<Customer>(), uuidOf(1))), row);
}

TEST_F(RowStoreTest, PutBringsADeletedRowBack)
{
    must(m_rows.put(customer(1)));
    must(m_rows.removeRow(tableOf<Customer>(), uuidOf(1)));
    must(m_rows.put(customer(1, u"Back"_qs)));
    EXPECT_EQ(m_rows.get<Customer>(idOf<CustomerId>(1)).value()->name, u"Back"_qs);
}

TEST_F(RowStoreTest, GivesTheRowsAboveAVersionByVersionThenId)
{
    for (const auto &[version, number] :
         std::initializer_list<std::pair<qint64, quint8>>{{3, 1}, {1, 2}, {2, 4}, {2, 3}}) {
        m_rows.setVersion(version);
        must(m_rows.put(customer(number)));
    }
    m_rows.setVersion(4);
    must(m_rows.removeRow(tableOf<Customer>(), uuidOf(2)));
    const auto above = [&](qint64 version, qint64 limit) {
        return versionsOf(m_rows.rowsAbove(tableOf<Customer>(), version, limit).value());
    };
    using Expected = std::vector<std::pair<qint64, int>>;
    EXPECT_EQ(above(0, 100), (Expected{{2, 3}, {2, 4}, {3, 1}, {4, 2}}));
    EXPECT_EQ(above(2, 100), (Expected{{3, 1}, {4, 2}}));
    EXPECT_EQ(above(0, 2), (Expected{{2, 3}, {2, 4}}));
    EXPECT_EQ(above(4, 100), Expected{});
}

TEST_F(RowStoreTest, WalksAnIndexWithinItsPrefixAndBounds)
{
    for (const auto &[number, staff, start] : std::initializer_list<std::tuple<quint8, quint8, qint64>>{
             {1, 8, 300}, {2, 8, 100}, {3, 9, 150}, {4, 8, 200}, {5, 8, 99}, {7, 8, 100}})
        must(m_rows.put(appointment(number, staff, start)));
    must(m_rows.removeRow(tableOf<Appointment>(), uuidOf(4)));
    const IndexRange range{u"staff_start"_qs, {uuidOf(8).toBytes()}, 100, 300};
    EXPECT_EQ(numbersOf(m_rows.range<Appointment>(range).value()), (std::vector{2, 7}))
        << "by start, then id; the end is exclusive and tombstones are left out";
    EXPECT_EQ(
        numbersOf(m_rows.range<Appointment>({u"shop_start"_qs, {shop.uuid.toBytes()}, 0, 1000}).value()),
        (std::vector{5, 2, 7, 3, 1}));
}

TEST_F(RowStoreTest, LeavesOutOfAnIndexWalkWhatIsNotAboveABound)
{
    for (const auto &[number, start] :
         std::initializer_list<std::pair<quint8, qint64>>{{1, 100}, {2, 110}, {3, 111}, {4, 130}})
        must(m_rows.put(appointment(number, 8, start)));
    const IndexRange unfinished{
        u"staff_start"_qs, {uuidOf(8).toBytes()}, 100, 130, IndexRange::Above{u"end_ms"_qs, 120}};
    EXPECT_EQ(numbersOf(m_rows.range<Appointment>(unfinished).value()), std::vector{3})
        << "each ends ten after its start";
}

TEST_F(RowStoreTest, TellsEachRowWrittenOnceUntilAsked)
{
    must(m_rows.put(customer(1)));
    must(m_rows.put(customer(1, u"Eva"_qs)));
    must(m_rows.put(appointment(3, 8, 100)));
    const RowStore::Changes changes = m_rows.takeChanges();
    EXPECT_EQ(changes, (RowStore::Changes{{&tableOf<Customer>(), {uuidOf(1)}},
                                          {&tableOf<Appointment>(), {uuidOf(3)}}}));
    EXPECT_TRUE(m_rows.takeChanges().empty());
}

TEST_F(RowStoreTest, KeepsBusinessesApartInOneFile)
{
    RowStore other(*m_store.database, idOf<BusinessId>(200));
    must(m_rows.put(customer(1, u"Ours"_qs)));
    must(other.put(customer(1, u"Theirs"_qs)));
    EXPECT_EQ(m_rows.get<Customer>(idOf<CustomerId>(1)).value()->name, u"Ours"_qs);
    EXPECT_EQ(other.rowsAbove(tableOf<Customer>(), -1, 10)->size(), 1U);
    ASSERT_THAT(m_rows.clear(), Succeeds());
    EXPECT_FALSE(must(m_rows.get<Customer>(idOf<CustomerId>(1))));
    EXPECT_EQ(other.get<Customer>(idOf<CustomerId>(1)).value()->name, u"Theirs"_qs);
}
