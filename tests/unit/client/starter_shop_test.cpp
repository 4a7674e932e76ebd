#include "client/onboarding/starter_shop.h"

#include "shared/domain/slots.h"
#include "shared/mutators/registry.h"
#include "tests/unit/synced_store.h"

/// What a new business begins with.
namespace strop::client {
namespace {

using test::must;

struct StarterShop : testing::Test
{
    void make(const QString &currency)
    {
        const ShopDetails details{QStringLiteral("Corner Cuts"), QStringLiteral("Ada"),
                                  QStringLiteral("Europe/London"), QStringLiteral("en-GB"), currency};
        const mutators::Actor owner{store.business, test::idOf<DeviceId>(7), Role::Owner};
        for (const mutators::Mutation &write : starterShop(details, clock, random))
            must(mutators::applyMutation(store.rows, owner, write));
    }

    template <typename Entity>
    std::vector<Entity> all()
    {
        std::vector<Entity> found;
        must(store.rows.eachRow(storage::tableOf<Entity>(), [&](const storage::Row &row) -> Result<void> {
            found.push_back(must(storage::tableOf<Entity>().decode(row.id, row.values)));
            return {};
        }));
        return found;
    }

    test::SyncedStore store;
    SystemClock clock;
    SeededRandom random{1};
};

TEST_F(StarterShop, IsAcceptedWriteByWriteInItsOrder)
{
    make(QStringLiteral("GBP"));
    ASSERT_EQ(all<domain::Shop>().size(), 1U);
    const domain::Shop shop = all<domain::Shop>().front();
    EXPECT_EQ(shop.name, QStringLiteral("Corner Cuts"));
    EXPECT_EQ(shop.zone, QStringLiteral("Europe/London"));
    EXPECT_EQ(shop.locale, QStringLiteral("en-GB"));
    ASSERT_EQ(all<domain::Staff>().size(), 1U);
    EXPECT_EQ(all<domain::Staff>().front().name, QStringLiteral("Ada"));
}

TEST_F(StarterShop, IsOpenFromNineToSevenOnEveryDayButSunday)
{
    make(QStringLiteral("GBP"));
    const QTimeZone zone("Europe/London");
    const QDate monday(2026, 5, 4);
    for (int day = 0; day < 6; ++day) {
        const auto open = domain::openingSpans(all<domain::HoursRule>(), monday.addDays(day), zone);
        ASSERT_EQ(open.size(), 1U) << day;
        EXPECT_EQ(open.front().end - open.front().start, std::chrono::hours(10)) << day;
    }
    EXPECT_TRUE(domain::openingSpans(all<domain::HoursRule>(), monday.addDays(6), zone).empty());
}

TEST_F(StarterShop, TheFirstBarberCanBeBookedForEveryService)
{
    make(QStringLiteral("GBP"));
    const QTimeZone zone("Europe/London");
    const QDate monday(2026, 5, 4);
    const StaffId barber = all<domain::Staff>().front().id;
    const domain::BarberDay day{
        barber, domain::workingSpans(all<domain::HoursRule>(), barber, monday, zone), {}};
    ASSERT_FALSE(all<domain::Service>().empty());
    for (const domain::Service &service : all<domain::Service>()) {
        const domain::SlotQuery query{monday, zone, 15, std::chrono::minutes(service.durationMinutes), {}};
        EXPECT_FALSE(domain::freeSlots(query, day).empty()) << service.name.toStdString();
    }
}

TEST_F(StarterShop, PricesAreOfTheRightOrderInCurrenciesWithoutCents)
{
    make(QStringLiteral("JPY"));
    for (const domain::Service &service : all<domain::Service>())
        EXPECT_LT(service.priceMinor, 100) << service.name.toStdString();
}

TEST_F(StarterShop, PricesAreInMinorUnits)
{
    make(QStringLiteral("GBP"));
    for (const domain::Service &service : all<domain::Service>())
        EXPECT_GE(service.priceMinor, 1000) << service.name.toStdString();
}

} // namespace
} // namespace strop::client
