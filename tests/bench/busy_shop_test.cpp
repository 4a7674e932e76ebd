#include "shared/mutators/registry.h"
#include "tests/bench/filled_replica.h"
#include "tests/unit/synced_store.h"

#include <gtest/gtest.h>

namespace strop::bench {
namespace {

const QDate today(2026, 5, 5);

storage::TableRows appointmentsOf(const BusyShop &shop)
{
    return shop.bookingRows(0, shop.bookings()).back();
}

domain::Appointment appointment(const storage::Row &row)
{
    return *storage::tableOf<domain::Appointment>().decode(row.id, row.values);
}

TEST(BusyShop, LastBookingsAreTomorrow)
{
    const BusyShop shop(10 * BusyShop::bookingsADay, today);
    const domain::Appointment last = appointment(appointmentsOf(shop).rows.back());
    EXPECT_EQ(domain::wallMinuteOf(last.start, shop.zone()).date, today.addDays(1));
}

TEST(BusyShop, FirstBookingOfADateIsOnThatDate)
{
    const BusyShop shop(10 * BusyShop::bookingsADay, today);
    const qint64 first = shop.firstBookingOf(today);
    const auto rows = shop.bookingRows(first - 1, first + 1).back().rows;
    EXPECT_EQ(domain::wallMinuteOf(appointment(rows[0]).start, shop.zone()).date, today.addDays(-1));
    EXPECT_EQ(domain::wallMinuteOf(appointment(rows[1]).start, shop.zone()).date, today);
}

TEST(BusyShop, FreeBookingsAreAcceptedOneAfterAnother)
{
    test::SyncedStore store;
    const BusyShop shop(2 * BusyShop::bookingsADay, today);
    std::vector<storage::TableRows> all = shop.catalogueRows();
    for (storage::TableRows &rows : shop.bookingRows(0, shop.bookings()))
        all.push_back(std::move(rows));
    for (const storage::TableRows &rows : all) {
        for (const storage::Row &row : rows.rows)
            ASSERT_TRUE(store.rows.writeRow(*rows.table, row));
    }
    for (int i = 0; i < 300; ++i)
        ASSERT_TRUE(mutators::applyMutation(store.rows, {store.business, {}, Role::Kiosk},
                                            mutators::makeMutation(shop.freeBooking(i))));
}

} // namespace
} // namespace strop::bench
