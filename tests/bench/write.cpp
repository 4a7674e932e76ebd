#include "shared/sync/entity_query.h"
#include "tests/bench/bench_program.h"
#include "tests/bench/filled_replica.h"
#include "tests/bench/report.h"

#include <QTemporaryDir>

using namespace strop;
using namespace strop::bench;

namespace {

constexpr qint64 bookings = 200'000;
constexpr int warmUps = 20;
constexpr int writes = 1500;

/// Of a screen that shows the first free day while it is written to.
Result<std::shared_ptr<sync::LiveQueryBase>> watchDay(sync::Replica &replica, const BusyShop &shop)
{
    const Instant start = shop.freeBooking(0).start;
    auto query = std::make_shared<sync::LiveQuery<domain::Appointment>>(
        sync::entityQuery<domain::Appointment>(
            QStringLiteral(" AND shop_id = ? AND start_ms >= ? AND start_ms < ? ORDER BY start_ms"),
            {shop.id().uuid.toBytes(), toMs(start), toMs(start + std::chrono::hours(24))}),
        [](const sync::Diff<domain::Appointment> &) {});
    STROP_TRY(replica.watch(query));
    return query;
}

/// From the call of Replica::mutate() with a booking to its return: applied, in the outbox, on the disk
/// (synchronous=FULL), live queries refreshed. 200,000 bookings in the replica, nothing acknowledged
/// meanwhile.
Result<void> measure()
{
    const QTemporaryDir folder;
    STROP_TRY(printDiskFlush(folder.path()));
    const SystemClock clock;
    SystemRandom random;
    const BusyShop shop(bookings, QDate::currentDate());
    STROP_TRY_ASSIGN(const FilledReplica filled,
                     fillReplica(folder.path(), anyOwner(clock, random), shop, clock));
    STROP_TRY_ASSIGN(const auto watched, watchDay(*filled.replica, shop));
    Samples samples;
    for (int i = 0; i < warmUps + writes; ++i) {
        const mutators::Mutation booking = mutators::makeMutation(shop.freeBooking(i));
        if (i == warmUps)
            samples = {};
        STROP_TRY(samples.time([&] { return filled.replica->mutate(booking); }));
    }
    printPercentiles(QStringLiteral("durable_local_write"), samples, Unit::Milliseconds, {50, 95, 99});
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    return runBench(argc, argv, measure);
}
