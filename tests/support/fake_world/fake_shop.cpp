#include "tests/support/fake_world/fake_shop.h"

#include "tests/unit/synced_store.h"

namespace strop::test {

using mutators::makeMutation;

FakeShop::FakeShop()
    : id(idOf<ShopId>(2))
    , anna(idOf<StaffId>(3))
    , ben(idOf<StaffId>(4))
    , cut(idOf<ServiceId>(5))
    , shave(idOf<ServiceId>(6))
{
    for (size_t day = 0; day < hours.size(); ++day)
        hours[day] = idOf<HoursId>(quint8(10 + day));
}

std::vector<mutators::Mutation> FakeShop::opening() const
{
    domain::Shop shop;
    shop.id = id;
    shop.name = QStringLiteral("Messerschnitt");
    shop.zone = QStringLiteral("Europe/Berlin");
    shop.currency = QStringLiteral("EUR");
    shop.locale = QStringLiteral("de-DE");
    std::vector<mutators::Mutation> writes{makeMutation(shop)};
    for (const auto &[staff, name] : {std::pair(anna, "Anna"), std::pair(ben, "Ben")})
        writes.push_back(makeMutation(domain::Staff{staff, id, QString::fromLatin1(name)}));
    for (const auto &[service, name, minutes] :
         {std::tuple(cut, "Cut", 30), std::tuple(shave, "Shave", 15)}) {
        domain::Service offered;
        offered.id = service;
        offered.shopId = id;
        offered.name = QString::fromLatin1(name);
        offered.durationMinutes = minutes;
        offered.priceMinor = minutes * 80;
        writes.push_back(makeMutation(offered));
    }
    for (int day = 1; day <= int(hours.size()); ++day)
        writes.push_back(makeMutation(hoursOf(day, {{9 * 60, 18 * 60}})));
    return writes;
}

domain::HoursRule FakeShop::hoursOf(int day, const domain::WallIntervals &intervals) const
{
    domain::HoursRule rule;
    rule.id = hours[size_t(day - 1)];
    rule.shopId = id;
    rule.weekday = day;
    rule.intervals = intervals;
    return rule;
}

Instant FakeShop::at(int hour, int minute)
{
    constexpr Instant midnight = instantFromMs(1'777'932'000'000); // Tuesday 5 May 2026 in Berlin
    return midnight + std::chrono::hours(hour) + std::chrono::minutes(minute);
}

} // namespace strop::test
