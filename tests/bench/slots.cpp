#include "shared/domain/slots.h"
#include "tests/bench/bench_program.h"
#include "tests/bench/busy_shop.h"
#include "tests/bench/report.h"

using namespace strop;
using namespace strop::bench;
using namespace strop::domain;

namespace {

constexpr int repetitions = 2000;

/// A Tuesday.
const QDate date(2026, 5, 5);

BarberDay withHours(const BusyShop &shop, const BarberDay &barber)
{
    return {barber.staff, workingSpans(shop.hours(), barber.staff, date, shop.zone()), barber.busy};
}

/// The barbers of a busy shop on the first day of which every second half hour is booked.
std::vector<BarberDay> halfFullDay(const BusyShop &shop)
{
    std::vector<BarberDay> barbers(BusyShop::barberCount);
    for (int i = 0; i < BusyShop::barberCount; ++i) {
        barbers[size_t(i)].staff = shop.barber(i);
        for (int minute = 9 * 60; minute < 19 * 60; minute += 60)
            barbers[size_t(i)].busy.push_back(spanOf(date, {minute, minute + 30}, shop.zone()));
        barbers[size_t(i)] = withHours(shop, barbers[size_t(i)]);
    }
    return barbers;
}

/// What the kiosk asks at each tap: the starts at which any of six barbers is free for half an hour, once
/// with their hours known and once with them worked out from the rules.
Result<void> measure()
{
    const BusyShop shop(0, date);
    const std::vector<BarberDay> barbers = halfFullDay(shop);
    SlotQuery query;
    query.date = date;
    query.zone = shop.zone();
    query.duration = std::chrono::minutes(30);
    Samples known;
    Samples workedOut;
    size_t found = 0;
    for (int i = 0; i < repetitions; ++i) {
        found += known.time([&] { return freeSlotsOfAny(query, barbers).size(); });
        found += workedOut.time([&] {
            std::vector<BarberDay> fresh;
            for (const BarberDay &barber : barbers)
                fresh.push_back(withHours(shop, barber));
            return freeSlotsOfAny(query, fresh).size();
        });
    }
    if (found == 0)
        return fail(ErrorCode::Internal, QStringLiteral("A half-full day must have free starts."));
    printPercentiles(QStringLiteral("free_starts_any_of_6_barbers"), known, Unit::Microseconds, {50, 99});
    printPercentiles(QStringLiteral("free_starts_any_of_6_barbers_with_hours"), workedOut, Unit::Microseconds,
                     {50, 99});
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    return runBench(argc, argv, measure);
}
