#include "server/authority/authority.h"

#include "server/authority/business_head.h"
#include "server/authority/business_keys.h"
#include "shared/crypto/digest.h"
#include "shared/mutators/registry.h"
#include "shared/protocol/codec.h"
#include "shared/storage/write_set.h"

namespace strop::server {

using protocol::Ack;
using protocol::PushedMutation;
using protocol::Settled;
using storage::RowReader;
using storage::RowStore;
using storage::Value;

namespace {

tl::unexpected<Error> cloned()
{
    return fail(ErrorCode::IdentityConflict,
                QStringLiteral(
                    "This device's folder is a copy of another one. Pair the device with the shop again."));
}

} // namespace

Result<BatchOutcome> Authority::apply(const std::vector<PushJob> &jobs)
{
    BatchOutcome outcome;
    const Result<void> committed = storage::inTransaction(m_database, [&]() -> Result<void> {
        for (const PushJob &job : jobs) {
            Result<Ack> answer = applyPush(job);
            // A storage failure spoils the whole transaction; anything else is the answer to one device.
            if (!answer && isStorageFailure(answer.error().code))
                return tl::unexpected(answer.error());
            outcome.answers.push_back(std::move(answer));
        }
        STROP_TRY_ASSIGN(outcome.commits, takeCommits());
        return countCommit(m_database);
    });
    if (!committed) {
        forgetUncommitted();
        return tl::unexpected(committed.error());
    }
    return outcome;
}

Result<Ack> Authority::applyPush(const PushJob &job)
{
    STROP_TRY_ASSIGN(Progress progress, progressOf(job.device.id));
    STROP_TRY(checkChain(job, progress));
    Ack ack;
    for (const PushedMutation &pushed : job.mutations) {
        STROP_TRY_ASSIGN(Settled settled,
                         pushed.id <= progress.lastId ? settledBefore(job, pushed) : settle(job, pushed));
        ack.settled.push_back(std::move(settled));
        if (pushed.id > progress.lastId)
            progress = {pushed.id, pushed.hash};
    }
    STROP_TRY(
        m_database.run(QStringLiteral("UPDATE device SET last_mutation_id = ?, chain_hash = ? WHERE id = ?"),
                       {progress.lastId, progress.hash, job.device.id.uuid.toBytes()}));
    STROP_TRY_ASSIGN(Pending * pending, pendingOf(job.device.business));
    ack.version = pending->to;
    ack.durable = pending->durable;
    return ack;
}

Result<Authority::Progress> Authority::progressOf(DeviceId device)
{
    Progress progress;
    STROP_TRY(m_database.each(QStringLiteral("SELECT last_mutation_id, chain_hash FROM device WHERE id = ?"),
                              {device.uuid.toBytes()}, [&](const RowReader &row) -> Result<void> {
                                  progress = {row.integer(0), row.bytes(1)};
                                  return {};
                              }));
    return progress;
}

Result<void> Authority::checkChain(const PushJob &job, Progress progress)
{
    qint64 expected = progress.lastId + 1;
    if (!job.mutations.empty())
        expected = std::min(expected, job.mutations.front().id);
    for (const PushedMutation &pushed : job.mutations) {
        // In order, known ones first: a push is refused before anything of it is settled.
        if (pushed.id != expected++)
            return fail(ErrorCode::OutOfOrder,
                        QStringLiteral("Writes are missing before number %1. Connect again to send them all.")
                            .arg(pushed.id));
        if (pushed.id <= progress.lastId)
            continue; // compared with the log in settledBefore
        if (crypto::digest(protocol::chainText(progress.hash, pushed.id, pushed.mutation)) != pushed.hash)
            return cloned();
        progress = {pushed.id, pushed.hash};
    }
    return {};
}

Result<Settled> Authority::settledBefore(const PushJob &job, const PushedMutation &pushed)
{
    Settled settled{pushed.id, std::nullopt};
    bool same = false;
    STROP_TRY(m_database.each(
        QStringLiteral(
            "SELECT hash, code, message FROM mutation_log WHERE device_id = ? AND mutation_id = ?"),
        {job.device.id.uuid.toBytes(), pushed.id}, [&](const RowReader &row) -> Result<void> {
            same = row.bytes(0) == pushed.hash;
            if (!row.isNull(1))
                settled.rejection = Error{errorCodeFromName(row.text(1)), row.text(2), {}};
            return {};
        }));
    if (!same)
        return cloned();
    return settled;
}

Result<Settled> Authority::settle(const PushJob &job, const PushedMutation &pushed)
{
    const Result<mutators::Mutation> mutation = mutators::decodeMutation(pushed.mutation);
    const Uuid uuid = mutation ? mutators::uuidOf(*mutation, job.device.id, pushed.id)
                               : mutators::derivedUuid(job.device.id, pushed.id);
    STROP_TRY_ASSIGN(const std::optional<Settled> known, repeat(job, pushed, uuid));
    if (known)
        return *known;
    STROP_TRY_ASSIGN(Pending * pending, pendingOf(job.device.business));
    Settled settled{pushed.id, std::nullopt};
    const mutators::Actor actor{job.device.business, job.device.id, job.device.role, job.device.shop};
    const Result<void> applied =
        mutation ? applyVersioned(actor, *mutation, *pending) : tl::unexpected(mutation.error());
    if (!applied && isStorageFailure(applied.error().code))
        return tl::unexpected(applied.error()); // the disk's fault is no verdict on the write
    if (!applied)
        settled.rejection = applied.error();
    STROP_TRY(m_database.run(QStringLiteral("INSERT INTO mutation_log (device_id, mutation_id, business_id, "
                                            "version, hash, mutation, code, message, at_ms, uuid) "
                                            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                             {job.device.id.uuid.toBytes(), pushed.id, job.device.business.uuid.toBytes(),
                              pending->to, pushed.hash, pushed.mutation,
                              applied ? Value() : Value(QString(errorCodeName(applied.error().code))),
                              applied ? Value() : Value(applied.error().message), toMs(m_clock.now()),
                              uuid.toBytes()}));
    return settled;
}

/// The answer that a write got when it came first, under another number or from another device; none when it
/// is new.
Result<std::optional<Settled>> Authority::repeat(const PushJob &job, const PushedMutation &pushed,
                                                 const Uuid &uuid)
{
    std::optional<Settled> settled;
    STROP_TRY(m_database.each(
        QStringLiteral("SELECT code, message FROM mutation_log WHERE business_id = ? AND uuid = ?"),
        {job.device.business.uuid.toBytes(), uuid.toBytes()}, [&](const RowReader &row) -> Result<void> {
            settled = Settled{pushed.id, std::nullopt};
            if (!row.isNull(0))
                settled->rejection = Error{errorCodeFromName(row.text(0)), row.text(1), {}};
            return {};
        }));
    if (!settled)
        return settled;
    STROP_TRY(m_database.run(
        QStringLiteral("INSERT INTO mutation_log (device_id, mutation_id, business_id, version, hash, "
                       "mutation, code, message, at_ms, repeats) SELECT ?, ?, business_id, version, ?, x'', "
                       "code, message, ?, uuid FROM mutation_log WHERE business_id = ? AND uuid = ?"),
        {job.device.id.uuid.toBytes(), pushed.id, pushed.hash, toMs(m_clock.now()),
         job.device.business.uuid.toBytes(), uuid.toBytes()}));
    return settled;
}

Result<void> Authority::applyInternally(const mutators::Actor &actor, const mutators::Mutation &mutation)
{
    STROP_TRY_ASSIGN(Pending * pending, pendingOf(actor.business));
    return applyVersioned(actor, mutation, *pending);
}

Result<void> Authority::applyVersioned(const mutators::Actor &actor, const mutators::Mutation &mutation,
                                       Pending &pending)
{
    RowStore rows(m_database, actor.business);
    rows.setVersion(pending.to + 1);
    BusinessUnsealer unsealer(m_database, actor.business);
    mutators::Actor writer = actor;
    writer.unsealer = &unsealer;
    storage::WriteSet writes(rows);
    STROP_TRY(mutators::applyMutation(writes, writer, mutation));
    STROP_TRY(writes.flush());
    const RowStore::Changes changes = rows.takeChanges();
    if (changes.empty())
        return {};
    ++pending.to;
    for (const auto &[table, ids] : changes)
        pending.changes[table].insert(ids.begin(), ids.end());
    STROP_TRY(m_database.run(
        QStringLiteral("INSERT INTO business_head (business_id, version, epoch) VALUES (?, ?, (SELECT epoch "
                       "FROM server)) ON CONFLICT (business_id) DO UPDATE SET version = excluded.version"),
        {actor.business.uuid.toBytes(), pending.to}));
    return {};
}

Result<Authority::Pending *> Authority::pendingOf(BusinessId business)
{
    if (const auto known = m_pending.find(business); known != m_pending.end())
        return &known->second;
    STROP_TRY_ASSIGN(const BusinessHead head, readHead(m_database, business));
    return &m_pending.emplace(business, Pending{head.version, head.version, head.durable, {}}).first->second;
}

Result<std::vector<std::shared_ptr<const Commit>>> Authority::takeCommits()
{
    std::vector<std::shared_ptr<const Commit>> commits;
    for (const auto &[business, pending] : std::exchange(m_pending, {})) {
        if (pending.to == pending.from)
            continue;
        STROP_TRY_ASSIGN(auto commit, encodeCommit(business, pending));
        commits.push_back(std::move(commit));
    }
    return commits;
}

Result<std::shared_ptr<const Commit>> Authority::encodeCommit(BusinessId business, const Pending &pending)
{
    RowStore rows(m_database, business);
    std::vector<storage::TableRows> changed;
    for (const auto &[table, ids] : pending.changes) {
        storage::TableRows current{table, {}};
        for (const Uuid &id : ids) {
            STROP_TRY_ASSIGN(auto row, rows.currentRow(*table, id));
            if (row)
                current.rows.push_back(std::move(*row));
        }
        changed.push_back(std::move(current));
    }
    auto commit = std::make_shared<Commit>();
    commit->business = business;
    commit->from = pending.from;
    commit->to = pending.to;
    for (size_t role = 0; role < commit->deltaByRole.size(); ++role) {
        protocol::Delta delta{{pending.from, pending.to, {}}};
        for (const storage::TableRows &table : changed) {
            if (table.table->visibleTo(Role(role)))
                delta.batch.tables.push_back(storage::encodeRows(table, Role(role)));
        }
        commit->deltaByRole[role] = protocol::encode(delta);
    }
    return commit;
}

Result<qint64> Authority::head(BusinessId business)
{
    return readHead(m_database, business).map([](const BusinessHead &head) { return head.version; });
}

Result<qint64> Authority::lastMutationId(DeviceId device)
{
    STROP_TRY_ASSIGN(const Progress progress, progressOf(device));
    return progress.lastId;
}

} // namespace strop::server
