#include "tests/simulation/audit_trail.h"

#include "server/authority/business_keys.h"
#include "server/authority/store.h"
#include "shared/mutators/registry.h"
#include "shared/storage/write_set.h"
#include "tests/simulation/step.h"
#include "tests/support/agreement/agreement.h"
#include "tests/unit/synced_store.h"

#include <list>

namespace strop::simulation {

using mutators::Mutation;
using storage::Database;
using storage::RowReader;

namespace {

struct Logged
{
    DeviceId device;
    qint64 version = 0;
    Mutation mutation;
    bool accepted = false;
    mutators::Actor actor;
};

Result<std::vector<Logged>> logOf(Database &database, BusinessId business)
{
    std::vector<Logged> log;
    STROP_TRY(database.each(
        QStringLiteral(
            "SELECT m.device_id, m.version, m.mutation, m.code, d.role, d.shop_id FROM mutation_log m JOIN "
            "device d ON d.id = m.device_id WHERE m.repeats IS NULL ORDER BY m.version, m.device_id, "
            "m.mutation_id"),
        {}, [&](const RowReader &row) -> Result<void> {
            STROP_TRY_ASSIGN(auto mutation, mutators::decodeMutation(row.bytes(2)));
            const auto role = roleFromName(row.text(4));
            const auto shop = row.isNull(5) ? std::nullopt : std::optional(row.id<ShopId>(5));
            log.push_back(
                {row.id<DeviceId>(0), row.integer(1), std::move(mutation), row.isNull(3),
                 mutators::Actor{business, row.id<DeviceId>(0), role.value_or(Role::Display), shop}});
            return {};
        }));
    return log;
}

void find(Quiet &quiet, const char *kind, const QString &text)
{
    quiet.findings.push_back({QString::fromLatin1(kind), text});
}

QString words(const QByteArray &said, const Ledger::Entry &entry)
{
    const auto mutation = mutators::decodeMutation(said);
    return QStringLiteral("%1 (%2)").arg(mutation ? mutation->name : QStringLiteral("?"), entry.by);
}

/// What devices that were stopped for good keep for their people.
std::map<QByteArray, int> keptByTheStopped(SimulatedWorld &world)
{
    std::map<QByteArray, int> kept;
    for (int i = 0; i < world.deviceCount(); ++i) {
        if (!world.device(i).problem())
            continue;
        for (const sync::OutboxEntry &entry : world.device(i).replica().outbox().entries()) {
            if (!entry.settledVersion)
                ++kept[saying(entry.mutation)];
        }
    }
    return kept;
}

void checkOnce(SimulatedWorld &world, const std::vector<Logged> &log, Quiet &quiet)
{
    std::map<QByteArray, int> logged;
    for (const Logged &one : log)
        ++logged[saying(one.mutation)];
    const auto kept = keptByTheStopped(world);
    for (const auto &[said, entry] : world.ledger().entries()) {
        const int there = logged.contains(said) ? logged.at(said) : 0;
        const int waits = kept.contains(said) ? kept.at(said) : 0;
        const int fewest = engineTellsEqualWritesApart || !world.hasCopies() ? entry.confirmed
                                                                             : std::min(entry.confirmed, 1);
        if (there + waits + entry.lost < fewest)
            find(quiet, "lost write",
                 QStringLiteral("%1 was confirmed %2 times and settled %3 times")
                     .arg(words(said, entry))
                     .arg(entry.confirmed)
                     .arg(there));
        if (there > entry.confirmed + entry.perhaps)
            find(quiet, "doubled write",
                 QStringLiteral("%1 was confirmed %2 times and settled %3 times")
                     .arg(words(said, entry))
                     .arg(entry.confirmed)
                     .arg(there));
    }
    for (const auto &[said, count] : logged) {
        if (!world.ledger().entries().contains(said))
            find(quiet, "unknown write", QStringLiteral("nobody ever wrote %1").arg(words(said, {})));
    }
}

void checkRefusals(SimulatedWorld &world, const std::vector<Logged> &log, Quiet &quiet)
{
    std::map<QByteArray, int> told;
    std::set<DeviceId> stopped;
    for (int i = 0; i < world.deviceCount(); ++i) {
        for (const sync::Rejection &one : world.device(i).rejections())
            ++told[saying(one.mutation)];
        if (world.device(i).problem())
            stopped.insert(world.device(i).id());
    }
    std::map<QByteArray, int> refused;
    for (const Logged &one : log) {
        if (!one.accepted && !stopped.contains(one.device))
            ++refused[saying(one.mutation)];
    }
    for (const auto &[said, times] : refused) {
        const Ledger::Entry entry = world.ledger().of(said);
        // A write that waited in a folder that was put back may have been refused with nobody left to tell.
        if (told[said] + entry.dismissed + entry.forgotten + entry.lost < times)
            find(quiet, "untold refusal",
                 QStringLiteral("nobody was told that %1 was refused").arg(words(said, entry)));
    }
}

/// Writes that share a version: one changed rows and got it, the others came later and changed nothing, and
/// the log does not say which. One that does not go yet comes after one that does.
Result<void> carryOutAgain(std::list<Logged> group, storage::RowStore &rows, Quiet &quiet)
{
    while (!group.empty()) {
        bool any = false;
        for (auto one = group.begin(); one != group.end();) {
            rows.setVersion(one->version);
            storage::WriteSet writes(rows);
            if (!mutators::applyMutation(writes, one->actor, one->mutation)) {
                ++one;
                continue;
            }
            STROP_TRY(writes.flush());
            one = group.erase(one);
            any = true;
        }
        if (any)
            continue;
        for (const Logged &one : group)
            find(quiet, "audit trail",
                 QStringLiteral(
                     "%1 was accepted as version %2, and does not go when the trail is carried out again")
                     .arg(one.mutation.name)
                     .arg(one.version));
        return {};
    }
    return {};
}

Result<std::map<ShopId, qint64>> revenueOf(Database &database)
{
    std::map<ShopId, qint64> sums;
    STROP_TRY(database.each(
        QStringLiteral(
            "SELECT shop_id, SUM(price_minor) FROM appointment WHERE deleted = 0 AND status NOT IN "
            "('cancelled', 'no_show') GROUP BY shop_id"),
        {}, [&](const RowReader &row) -> Result<void> {
            sums[row.id<ShopId>(0)] = row.integer(1);
            return {};
        }));
    return sums;
}

/// The writes that opened the shop are the server's own, which the log does not hold.
Result<void> open(const test::FakeShop &shop, const domain::Business &business, storage::RowStore &rows)
{
    std::vector<Mutation> writes = shop.opening();
    writes.insert(writes.begin(), mutators::makeMutation(mutators::BusinessCreate{business.id, business.name,
                                                                                  business.publicKey}));
    qint64 version = 0;
    for (const Mutation &write : writes) {
        rows.setVersion(++version);
        STROP_TRY(mutators::applyMutation(rows, {business.id, {}, Role::Owner}, write));
    }
    return {};
}

Result<void> checkRows(SimulatedWorld &world, const std::vector<Logged> &log, Quiet &quiet)
{
    test::SyncedStore again;
    Database &database = *again.database;
    storage::RowStore rows(database, world.business());
    Database &server = world.server().database();
    storage::RowStore served(server, world.business());
    STROP_TRY_ASSIGN(const auto business, served.get<domain::Business>(world.business()));
    STROP_TRY(open(world.shop(), business.value_or(domain::Business()), rows));
    server::BusinessUnsealer unsealer(server, world.business());
    std::list<Logged> group;
    for (size_t i = 0; i < log.size(); ++i) {
        if (log[i].accepted) {
            group.push_back(log[i]);
            group.back().actor.unsealer = &unsealer;
        }
        if (i + 1 == log.size() || log[i + 1].version != log[i].version)
            STROP_TRY(carryOutAgain(std::exchange(group, {}), rows, quiet));
    }
    STROP_TRY_ASSIGN(const QStringList differing,
                     test::differences(server, database, world.business(), Role::Owner));
    for (const QString &one : differing)
        find(quiet, "audit trail", QStringLiteral("carried out again (\"the device\"): %1").arg(one));
    STROP_TRY_ASSIGN(const auto stands, revenueOf(server));
    STROP_TRY_ASSIGN(const auto expected, revenueOf(database));
    if (stands != expected)
        find(quiet, "money", QStringLiteral("the sums of the shops are not those of the accepted writes"));
    for (const auto &[shop, sum] : stands)
        quiet.revenue += sum;
    return {};
}

} // namespace

Result<void> checkAuditTrail(SimulatedWorld &world, Quiet &quiet)
{
    STROP_TRY_ASSIGN(const auto log, logOf(world.server().database(), world.business()));
    checkOnce(world, log, quiet);
    checkRefusals(world, log, quiet);
    STROP_TRY(checkRows(world, log, quiet));
    QByteArray all;
    for (const Logged &one : log) {
        ++(one.accepted ? quiet.accepted : quiet.refused);
        all += one.device.uuid.toBytes() + QByteArray::number(one.version) + (one.accepted ? '+' : '-') +
               saying(one.mutation);
    }
    storage::RowStore rows(world.server().database(), world.business());
    for (const storage::TableDescriptor *table : storage::allTables()) {
        if (table == &storage::tableOf<domain::Business>())
            continue; // its key is drawn by libsodium, and another one in every world
        storage::TableRows content{table, {}};
        STROP_TRY(rows.eachRow(*table, [&](const storage::Row &row) -> Result<void> {
            content.rows.push_back(row);
            return {};
        }));
        all += QCborValue(storage::encodeRows(content, Role::Owner)).toCbor();
    }
    quiet.digest = crypto::digest(all);
    return {};
}

} // namespace strop::simulation
