#include "tests/bench/bench_program.h"
#include "tests/bench/filled_replica.h"
#include "tests/bench/report.h"

#include <QTemporaryDir>

using namespace strop;
using namespace strop::bench;

namespace {

constexpr qint64 bookings = 200'000;

/// Bookings of somebody else, far behind those that wait.
constexpr qint64 foreign = 1'000'000;

/// Takes one delta with one booking of somebody else's for each repetition.
Result<Samples> rebase(sync::Replica &replica, const BusyShop &shop, int repetitions)
{
    Samples samples;
    for (int i = 0; i < repetitions; ++i) {
        const qint64 version = replica.cursor() + 1;
        const protocol::RowBatch delta =
            batchOf(version - 1, version, shop.confirmed(shop.freeBooking(foreign + version), version));
        STROP_TRY(samples.time([&] { return replica.applyBatch(delta); }));
    }
    return samples;
}

/// Fills the outbox up to `pending` bookings, then measures.
Result<void> measureWith(sync::Replica &replica, const BusyShop &shop, qint64 pending, int repetitions)
{
    std::vector<mutators::Mutation> writes;
    for (auto i = qint64(replica.outbox().entries().size()); i < pending; ++i)
        writes.push_back(mutators::makeMutation(shop.freeBooking(i)));
    STROP_TRY(queueQuickly(replica, writes));
    STROP_TRY_ASSIGN(const Samples samples, rebase(replica, shop, repetitions));
    printPercentiles(QStringLiteral("rebase_%1_pending").arg(pending), samples, Unit::Milliseconds,
                     {50, 100});
    return {};
}

/// Replica::applyBatch() of a delta of one booking: the optimistic state rolled back, the rows committed,
/// every waiting write replayed. 200,000 bookings in the replica. The first figure is how it got them.
Result<void> measure()
{
    const QTemporaryDir folder;
    const SystemClock clock;
    SystemRandom random;
    const BusyShop shop(bookings, QDate::currentDate());
    STROP_TRY_ASSIGN(const FilledReplica filled,
                     fillReplica(folder.path(), anyOwner(clock, random), shop, clock));
    print(QStringLiteral("replica_snapshot_rows"), double(filled.rows) / filled.fillSeconds, "rows/s",
          filled.rows);
    STROP_TRY(measureWith(*filled.replica, shop, 0, 101));
    STROP_TRY(measureWith(*filled.replica, shop, 1'000, 31));
    STROP_TRY(measureWith(*filled.replica, shop, 10'000, 11));
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    return runBench(argc, argv, measure);
}
