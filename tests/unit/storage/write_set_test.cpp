#include "shared/storage/write_set.h"

#include "tests/unit/expect.h"
#include "tests/unit/synced_store.h"

#include <rapidcheck/gtest.h>

using namespace strop;
using namespace strop::storage;
using namespace strop::domain;
using namespace strop::test;

/// A write set must read as if its writes had been made already, and leave nothing behind when it is dropped.

namespace {

Appointment appointment(quint8 number, quint8 staff, qint64 startMs)
{
    Appointment made;
    made.id = idOf<AppointmentId>(number);
    made.shopId = idOf<ShopId>(2);
    made.staffId = idOf<StaffId>(staff);
    made.start = instantFromMs(startMs);
    made.end = instantFromMs(startMs + 10);
    return made;
}

/// One of few barbers, one of few times: so that rows meet.
Appointment drawAppointment()
{
    return appointment(*rc::gen::inRange<quint8>(1, 6), *rc::gen::inRange<quint8>(1, 3),
                       *rc::gen::inRange(0, 40));
}

/// What a mutator can see of the appointments: each by id, and a stretch of each barber's day.
std::vector<Appointment> visible(Transaction &tx)
{
    std::vector<Appointment> all;
    for (quint8 number = 1; number < 6; ++number) {
        if (const auto one = must(tx.get<Appointment>(idOf<AppointmentId>(number))))
            all.push_back(*one);
    }
    for (quint8 staff = 1; staff < 3; ++staff) {
        const IndexRange stretch{
            u"staff_start"_qs, {uuidOf(staff).toBytes()}, 5, 35, IndexRange::Above{u"end_ms"_qs, 18}};
        for (const Appointment &one : must(tx.range<Appointment>(stretch)))
            all.push_back(one);
    }
    return all;
}

} // namespace

RC_GTEST_PROP(WriteSet, ReadsAsIfItsWritesHadBeenMadeAndMakesThemAtTheFlush, ())
{
    SyncedStore direct;
    SyncedStore held;
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
        const Appointment before = drawAppointment();
        must(direct.rows.put(before));
        must(held.rows.put(before));
    }
    const QByteArray untouched = held.digest();
    WriteSet writes(held.rows);
    for (int i = *rc::gen::inRange(1, 8); i > 0; --i) {
        const Appointment one = drawAppointment();
        if (*rc::gen::inRange(0, 3) == 0) {
            must(direct.rows.removeRow(tableOf<Appointment>(), one.id.uuid));
            must(writes.removeRow(tableOf<Appointment>(), one.id.uuid));
        } else {
            must(direct.rows.put(one));
            must(writes.put(one));
        }
        RC_ASSERT(visible(writes) == visible(direct.rows));
    }
    RC_ASSERT(held.digest() == untouched);
    must(writes.flush());
    RC_ASSERT(visible(held.rows) == visible(direct.rows));
}

TEST(WriteSet, ThatIsDroppedLeavesNothing)
{
    SyncedStore store;
    const QByteArray untouched = store.digest();
    {
        WriteSet writes(store.rows);
        must(writes.put(appointment(1, 1, 10)));
        EXPECT_TRUE(must(writes.get<Appointment>(idOf<AppointmentId>(1))));
    }
    EXPECT_EQ(store.digest(), untouched);
    EXPECT_TRUE(store.rows.takeChanges().empty());
}

TEST(WriteSet, RemovesNothingWhereThereIsNothing)
{
    SyncedStore store;
    WriteSet writes(store.rows);
    must(writes.removeRow(tableOf<Appointment>(), uuidOf(1)));
    must(writes.flush());
    EXPECT_TRUE(store.rows.takeChanges().empty());
}

TEST(WriteSet, StampsWithTheVersionInForceAtTheFlush)
{
    SyncedStore store;
    store.rows.setVersion(7);
    WriteSet writes(store.rows);
    must(writes.put(appointment(1, 1, 10)));
    must(writes.flush());
    EXPECT_EQ(must(store.rows.currentRow(tableOf<Appointment>(), uuidOf(1)))->version, 7);
}
