#include "shared/sync/entity_query.h"

#include "tests/unit/synced_store.h"

using namespace strop;
using namespace strop::domain;
using namespace strop::sync;
using namespace strop::test;

namespace {

Staff barber(quint8 number, const QString &name, qint64 rank)
{
    Staff made;
    made.id = idOf<StaffId>(number);
    made.shopId = idOf<ShopId>(2);
    made.name = name;
    made.rank = rank;
    return made;
}

template <typename Entity>
std::vector<Entity> resultOf(SyncedStore &store, QuerySpec<Entity> spec)
{
    std::vector<Entity> rows;
    LiveQuery<Entity> query(std::move(spec), [&](const Diff<Entity> &diff) { applyDiff(rows, diff); });
    must(query.refresh(*store.database));
    return rows;
}

} // namespace

TEST(EntityQuery, GivesWholeEntitiesInTheOrderAskedFor)
{
    SyncedStore store;
    const Staff anna = barber(3, u"Anna"_qs, 2);
    const Staff ben = barber(4, u"Ben"_qs, 1);
    must(store.rows.put(anna));
    must(store.rows.put(ben));
    EXPECT_EQ(resultOf(store, entityQuery<Staff>(u" ORDER BY rank"_qs)), (std::vector{ben, anna}));
}

TEST(EntityQuery, LeavesOutDeletedRowsAndThoseThatTheConditionExcludes)
{
    SyncedStore store;
    must(store.rows.put(barber(3, u"Anna"_qs, 1)));
    must(store.rows.put(barber(4, u"Ben"_qs, 2)));
    must(store.rows.put(barber(5, u"Cem"_qs, 3)));
    must(store.rows.removeRow(storage::tableOf<Staff>(), uuidOf(3)));
    const auto left = resultOf(store, entityQuery<Staff>(u" AND rank < ?"_qs, {qint64(3)}));
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left.front().name, u"Ben"_qs);
}

TEST(EntityQuery, ShowsRowsThatDoNotDecodeEmptyAndApart)
{
    SyncedStore store;
    for (const quint8 number : {7, 8}) {
        Appointment booked;
        booked.id = idOf<AppointmentId>(number);
        must(store.rows.put(booked));
    }
    must(store.database->run(u"UPDATE appointment SET status = 'of_the_future'"_qs));
    const auto shown = resultOf(store, entityQuery<Appointment>(u" ORDER BY id"_qs));
    ASSERT_EQ(shown.size(), 2U);
    EXPECT_EQ(shown[0].id, idOf<AppointmentId>(7)) << "keys are unique within a list";
    EXPECT_EQ(shown[1].id, idOf<AppointmentId>(8));
}
