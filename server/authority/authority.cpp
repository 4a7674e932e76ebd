#include "server/authority/authority.h"

#include "shared/crypto/digest.h"
#include "shared/mutators/registry.h"
#include "shared/protocol/codec.h"

namespace strop::server {

using protocol::Ack;
using protocol::PushedMutation;
using protocol::Settled;
using storage::RowReader;
using storage::RowStore;
using storage::Value;

namespace {

const QString savepointName = QStringLiteral("mutation");

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
        return {};
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
    STROP_TRY_ASSIGN(Pending * pending, pendingOf(job.device.business));
    Settled settled{pushed.id, std::nullopt};
    const Result<mutators::Mutation> mutation = mutators::decodeMutation(pushed.mutation);
    const mutators::Actor actor{job.device.business, job.device.id, job.device.role, job.device.shop};
    const Result<void> applied =
        mutation ? applyVersioned(actor, *mutation, *pending) : tl::unexpected(mutation.error());
    if (!applied && isStorageFailure(applied.error().code))
        return tl::unexpected(applied.error()); // the disk's fault is no verdict on the write
    if (!applied)
        settled.rejection = applied.error();
    STROP_TRY(m_database.run(QStringLiteral("INSERT INTO mutation_log (device_id, mutation_id, business_id, "
                                            "version, hash, mutation, code, message, "
                                            "at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                             {job.device.id.uuid.toBytes(), pushed.id, job.device.business.uuid.toBytes(),
                              pending->to, pushed.hash, pushed.mutation,
                              applied ? Value() : Value(QString(errorCodeName(applied.error().code))),
                              applied ? Value() : Value(applied.error().message), toMs(m_clock.now())}));
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
    STROP_TRY(m_database.savepoint(savepointName));
    if (Result<void> applied = mutators::applyMutation(rows, actor, mutation); !applied) {
        // Over a failing disk SQLite may roll the whole transaction back by itself; no savepoint is left then
        // (https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction).
        if (!isStorageFailure(applied.error().code))
            STROP_TRY(m_database.rollbackTo(savepointName));
        return applied;
    }
    STROP_TRY(m_database.release(savepointName));
    const RowStore::Changes changes = rows.takeChanges();
    if (changes.empty())
        return {};
    ++pending.to;
    for (const auto &[table, ids] : changes)
        pending.changes[table].insert(ids.begin(), ids.end());
    STROP_TRY(m_database.run(
        QStringLiteral("INSERT INTO business_head (business_id, version) VALUES (?, ?) ON CONFLICT "
                       "(business_id) DO UPDATE SET version = excluded.version"),
        {actor.business.uuid.toBytes(), pending.to}));
    return {};
}

Result<Authority::Pending *> Authority::pendingOf(BusinessId business)
{
    if (const auto known = m_pending.find(business); known != m_pending.end())
        return &known->second;
    STROP_TRY_ASSIGN(const qint64 version, head(business));
    return &m_pending.emplace(business, Pending{version, version, {}}).first->second;
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
    qint64 version = 0;
    STROP_TRY(m_database.each(QStringLiteral("SELECT version FROM business_head WHERE business_id = ?"),
                              {business.uuid.toBytes()}, [&](const RowReader &row) -> Result<void> {
                                  version = row.integer(0);
                                  return {};
                              }));
    return version;
}

Result<qint64> Authority::lastMutationId(DeviceId device)
{
    STROP_TRY_ASSIGN(const Progress progress, progressOf(device));
    return progress.lastId;
}

} // namespace strop::server
