#include "tests/bench/filled_replica.h"

#include "tests/bench/report.h"

namespace strop::bench {
namespace {

constexpr qint64 bookingsInBatch = 10'000;

} // namespace

protocol::RowBatch batchOf(qint64 from, qint64 to, const std::vector<storage::TableRows> &tables)
{
    protocol::RowBatch batch{from, to, {}};
    for (const storage::TableRows &table : tables)
        batch.tables.push_back(storage::encodeRows(table, Role::Owner));
    return batch;
}

Result<FilledReplica> fillReplica(const QString &folder, const mutators::Actor &owner, const BusyShop &shop,
                                  const Clock &clock)
{
    FilledReplica filled;
    STROP_TRY_ASSIGN(filled.replica, sync::Replica::open(folder, owner, clock, *filled.random));
    Nanoseconds taking{0};
    const auto send = [&](qint64 to, const std::vector<storage::TableRows> &tables) -> Result<void> {
        const protocol::RowBatch batch = batchOf(filled.replica->cursor(), to, tables);
        for (const storage::TableRows &table : tables)
            filled.rows += qint64(table.rows.size());
        const auto begun = Stopwatch::now();
        STROP_TRY(filled.replica->applyBatch(batch));
        taking += Stopwatch::now() - begun;
        return {};
    };
    STROP_TRY(send(BusyShop::catalogueVersion, shop.catalogueRows()));
    for (qint64 from = 0; from < shop.bookings(); from += bookingsInBatch) {
        const qint64 to = std::min(from + bookingsInBatch, shop.bookings());
        STROP_TRY(send(BusyShop::versionOf(to - 1), shop.bookingRows(from, to)));
    }
    filled.fillSeconds = seconds(taking);
    return filled;
}

Result<void> queueQuickly(sync::Replica &replica, const std::vector<mutators::Mutation> &writes)
{
    storage::Database &outbox = replica.outbox().database();
    STROP_TRY(outbox.run(QStringLiteral("PRAGMA synchronous = OFF")));
    for (const mutators::Mutation &write : writes)
        STROP_TRY(replica.mutate(write));
    STROP_TRY(outbox.run(QStringLiteral("PRAGMA synchronous = FULL")));
    return {};
}

mutators::Actor anyOwner(const Clock &clock, Random &random)
{
    return {newId<BusinessId>(clock, random), newId<DeviceId>(clock, random), Role::Owner};
}

} // namespace strop::bench
