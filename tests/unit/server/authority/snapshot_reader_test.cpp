#include "server/authority/snapshot_reader.h"

#include "server/authority/schema.h"
#include "shared/storage/row_store.h"
#include "tests/unit/synced_store.h"

#include <QTemporaryDir>
#include <rapidcheck/gtest.h>

using namespace strop;
using namespace strop::server;
using namespace strop::test;
using storage::Row;

namespace {

using RowsById = std::map<std::pair<QString, Uuid>, Row>;

/// A server's database with one fresh business a test case.
class CatchUp : public testing::Test
{
protected:
    void freshBusiness()
    {
        m_business = BusinessId{Uuid::v7(instantFromMs(++m_businesses), m_random)};
        m_rows = std::make_unique<storage::RowStore>(*m_database, m_business);
        m_head = 0;
    }

    /// One authoritative transaction that puts that many rows, some of them for a second time.
    void commit(int rowCount)
    {
        m_rows->setVersion(++m_head);
        for (int i = 0; i < rowCount; ++i) {
            const Uuid id = uuidOf(quint8(m_random.below(60)));
            domain::Service service;
            service.id = ServiceId{id};
            service.name = u"v%1"_qs.arg(m_head);
            domain::Customer customer;
            customer.id = CustomerId{id};
            must(m_random.below(2) ? m_rows->put(service) : m_rows->put(customer));
        }
        if (m_random.below(4) == 0)
            must(m_rows->removeRow(storage::tableOf<domain::Service>(), uuidOf(quint8(m_random.below(60)))));
        must(m_database->run(u"INSERT OR REPLACE INTO business_head (business_id, version) VALUES (?, ?)"_qs,
                             {m_business.uuid.toBytes(), m_head}));
    }

    [[nodiscard]] RowsById rowsAbove(qint64 cursor, Role role)
    {
        RowsById all;
        for (const storage::TableDescriptor *table : storage::allTables()) {
            must(m_rows->eachRow(*table, [&](const Row &row) -> Result<void> {
                if (row.version > cursor && table->visibleTo(role))
                    all.emplace(std::pair(table->name(), row.id), row);
                return {};
            }));
        }
        return all;
    }

    QTemporaryDir m_dir;
    std::unique_ptr<storage::Database> m_database = must(openServerDatabase(m_dir.path()));
    SeededRandom m_random{7};
    qint64 m_businesses = 0;
    BusinessId m_business;
    std::unique_ptr<storage::RowStore> m_rows;
    qint64 m_head = 0;
};

RowsById rowsIn(const protocol::Snapshot &snapshot)
{
    RowsById rows;
    for (const QCborArray &encoded : snapshot.batch.tables) {
        const storage::TableRows table = must(storage::decodeRows(encoded));
        for (const Row &row : table.rows)
            rows.emplace(std::pair(table.table->name(), row.id), row);
    }
    return rows;
}

} // namespace

RC_GTEST_FIXTURE_PROP(CatchUp, BringsEveryRowOnceInChunksThatEndAtCompleteVersions, ())
{
    freshBusiness();
    for (const int rowCount : *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 12)))
        commit(rowCount);
    const Role role = *rc::gen::element(Role::Owner, Role::Kiosk);
    const qint64 page = *rc::gen::inRange<qint64>(1, 20);
    qint64 cursor = *rc::gen::inRange<qint64>(0, m_head + 1);

    RowsById missing = rowsAbove(cursor, role);
    for (bool final = false; !final;) {
        const protocol::Snapshot chunk = must(readSnapshot(*m_database, m_business, role, cursor, page));
        RC_ASSERT(chunk.batch.from == cursor);
        RC_ASSERT(chunk.final || chunk.batch.to > cursor);
        for (const auto &[key, row] : rowsIn(chunk)) {
            const auto expected = missing.find(key);
            RC_ASSERT(expected != missing.end());
            RC_ASSERT(expected->second.version == row.version && expected->second.deleted == row.deleted);
            missing.erase(expected);
        }
        cursor = chunk.batch.to;
        for (const auto &[key, row] : missing)
            RC_ASSERT(row.version > cursor);
        final = chunk.final;
    }
    RC_ASSERT(missing.empty());
    RC_ASSERT(cursor == m_head);
}

TEST_F(CatchUp, OfAnEmptyBusinessIsOneFinalEmptyChunk)
{
    freshBusiness();
    const protocol::Snapshot chunk = must(readSnapshot(*m_database, m_business, Role::Owner, 0));
    EXPECT_TRUE(chunk.final);
    EXPECT_TRUE(chunk.batch.tables.empty());
    EXPECT_EQ(chunk.batch.to, 0);
}

TEST_F(CatchUp, WidensAPageThatCannotHoldOneVersion)
{
    freshBusiness();
    commit(40);
    const protocol::Snapshot chunk = must(readSnapshot(*m_database, m_business, Role::Owner, 0, 1));
    EXPECT_TRUE(chunk.final);
    EXPECT_EQ(rowsIn(chunk).size(), rowsAbove(0, Role::Owner).size());
}

TEST_F(CatchUp, LeavesTheDatabaseFreeForTheNextRead)
{
    freshBusiness();
    commit(3);
    for (int i = 0; i < 3; ++i)
        EXPECT_THAT(readSnapshot(*m_database, m_business, Role::Owner, 0), Succeeds());
    EXPECT_THAT(m_database->begin(), Succeeds());
}
