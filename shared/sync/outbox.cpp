#include "shared/sync/outbox.h"

#include "shared/base/log.h"
#include "shared/crypto/digest.h"
#include "shared/sync/outbox_salvage.h"

#include <algorithm>
#include <limits>
#include <set>

namespace strop::sync {

using protocol::PushedMutation;
using storage::Database;
using storage::inTransaction;
using storage::RowReader;

namespace {

constexpr qint64 noBound = std::numeric_limits<qint64>::max();

/// Beyond Outbox::maxRetained, before the oldest are dropped: not one DELETE for each write.
constexpr qsizetype retainedSlack = 500;

/// SQLite has no checksum on its pages: a bit that has turned reads as if it had been written so.
Result<void> requireProven(const StoredEntry &stored)
{
    if (isProven(stored))
        return {};
    return fail(ErrorCode::StorageCorrupt, QStringLiteral("The queue of this device is damaged."),
                QStringLiteral("entry %1 does not prove itself").arg(stored.id));
}

Result<OutboxEntry> entryOf(const StoredEntry &stored)
{
    STROP_TRY_ASSIGN(auto mutation, mutators::decodeMutation(stored.mutation));
    return OutboxEntry{stored.id,
                       stored.hash,
                       std::move(mutation),
                       instantFromMs(stored.createdMs),
                       stored.settledVersion,
                       stored.acknowledgedVersion};
}

} // namespace

Result<std::unique_ptr<Outbox>> Outbox::open(const QString &path)
{
    STROP_TRY(finishSalvage(path));
    const auto attempt = [&]() -> Result<std::unique_ptr<Outbox>> {
        STROP_TRY_ASSIGN(auto database, openOutboxFile(path));
        std::unique_ptr<Outbox> outbox(new Outbox(std::move(database)));
        STROP_TRY(outbox->load());
        return outbox;
    };
    Result<std::unique_ptr<Outbox>> opened = attempt();
    if (opened || opened.error().code != ErrorCode::StorageCorrupt)
        return opened;
    log::error("outbox.damaged", opened.error(), {{"file", path}});
    STROP_TRY(salvageOutbox(path));
    return attempt();
}

Result<void> Outbox::load()
{
    STROP_TRY_ASSIGN(m_chain, readChain(*m_database));
    STROP_TRY(eachEntry(*m_database, 0, noBound, [&](const StoredEntry &stored) -> Result<void> {
        STROP_TRY(requireProven(stored));
        if (stored.retained) {
            m_retained.push_back({stored.id, stored.settledVersion});
            m_toOffer += stored.settledVersion ? 0 : 1;
            return {};
        }
        STROP_TRY_ASSIGN(OutboxEntry entry, entryOf(stored));
        m_entries.push_back(std::move(entry));
        return {};
    }));
    return m_database->each(
        QStringLiteral("SELECT id, mutation, code, message, created_ms FROM rejection ORDER BY id"), {},
        [&](const RowReader &row) -> Result<void> {
            STROP_TRY_ASSIGN(auto mutation, mutators::decodeMutation(row.bytes(1)));
            m_rejections.push_back({row.integer(0), std::move(mutation),
                                    Error{errorCodeFromName(row.text(2)), row.text(3), {}}, row.instant(4)});
            return {};
        });
}

std::optional<OutboxOwner> Outbox::owner() const
{
    return m_chain.owner.device.isNil() ? std::nullopt : std::optional(m_chain.owner);
}

Result<void> Outbox::bind(const OutboxOwner &owner)
{
    if (m_chain.owner == owner)
        return {};
    if (!m_chain.owner.device.isNil())
        return takeOver(owner);
    OutboxChain bound = m_chain;
    bound.owner = owner;
    STROP_TRY(writeChain(*m_database, bound));
    m_chain = bound;
    return {};
}

Result<void> Outbox::takeOver(const OutboxOwner &owner)
{
    std::vector<StoredEntry> entries;
    STROP_TRY(eachEntry(*m_database, 0, noBound, [&](StoredEntry entry) -> Result<void> {
        // What has been retained in memory alone until now.
        const auto kept = findRetained(entry.id);
        entry.retained = kept != m_retained.end() && kept->id == entry.id;
        if (entry.settledVersion)
            entry.acknowledgedVersion = *std::exchange(entry.settledVersion, std::nullopt);
        entries.push_back(std::move(entry));
        return {};
    }));
    STROP_TRY(inTransaction(*m_database, [&] { return renumber(entries, owner); }));
    return reload();
}

Result<void> Outbox::reload()
{
    m_entries.clear();
    m_retained.clear();
    m_rejections.clear();
    m_toOffer = 0;
    return load();
}

Result<void> Outbox::mend()
{
    const QString path = m_database->path();
    Remembered remembered{m_chain, {}};
    for (const OutboxEntry &entry : m_entries) {
        const bool follows = !remembered.entries.empty() && remembered.entries.back().id == entry.id - 1;
        remembered.entries.push_back({entry.id, entry.hash,
                                      follows ? std::optional(remembered.entries.back().hash) : std::nullopt,
                                      mutators::encodeMutation(entry.mutation), toMs(entry.createdAt),
                                      entry.settledVersion, entry.acknowledgedVersion, false});
    }
    m_database.reset();
    Result<void> done = salvageOutbox(path, remembered);
    if (done) {
        Result<std::unique_ptr<Database>> opened = openOutboxFile(path);
        done = opened.map([&](std::unique_ptr<Database> &database) { m_database = std::move(database); });
    }
    if (done)
        return reload();
    // One without tables refuses everything.
    STROP_TRY_ASSIGN(m_database, Database::open({QStringLiteral(":memory:")}));
    return done;
}

Result<void> Outbox::renumber(const std::vector<StoredEntry> &entries, const OutboxOwner &owner)
{
    OutboxChain chain{0, {}, 0, false, owner};
    STROP_TRY(m_database->run(QStringLiteral("DELETE FROM entry")));
    for (StoredEntry entry : entries) {
        STROP_TRY_ASSIGN(mutators::Mutation mutation, mutators::decodeMutation(entry.mutation));
        // One without a uuid was known by its old number.
        mutation.uuid = mutators::uuidOf(mutation, m_chain.owner.device, entry.id);
        entry.mutation = mutators::encodeMutation(mutation);
        entry.id = ++chain.lastId;
        entry.previous = chain.lastHash;
        entry.hash = chain.lastHash =
            crypto::digest(protocol::chainText(chain.lastHash, entry.id, entry.mutation));
        STROP_TRY(insertEntry(*m_database, entry));
    }
    // Rejections have their old numbers, which the new ones would meet: they move below zero, in order.
    STROP_TRY_ASSIGN(const auto shift,
                     m_database->cell(QStringLiteral(
                         "SELECT coalesce(max(id) - min(id) + 1 + max(max(id), 0), 0) FROM rejection")));
    STROP_TRY(m_database->run(QStringLiteral("UPDATE rejection SET id = id - ?"), {shift.value()}));
    return writeChain(*m_database, chain);
}

Result<qint64> Outbox::append(const mutators::Mutation &mutation, Instant now)
{
    OutboxChain chain = m_chain;
    ++chain.lastId;
    StoredEntry stored;
    stored.id = chain.lastId;
    stored.mutation = mutators::encodeMutation(mutation);
    stored.previous = m_chain.lastHash;
    stored.hash = chain.lastHash =
        crypto::digest(protocol::chainText(m_chain.lastHash, stored.id, stored.mutation));
    stored.createdMs = toMs(now);
    STROP_TRY(inTransaction(*m_database, [&]() -> Result<void> {
        STROP_TRY(insertEntry(*m_database, stored));
        return writeChain(*m_database, chain);
    }));
    m_chain = chain;
    m_entries.push_back({stored.id, stored.hash, mutation, now, std::nullopt});
    return stored.id;
}

std::vector<OutboxEntry>::iterator Outbox::findEntry(qint64 id)
{
    const auto at =
        std::lower_bound(m_entries.begin(), m_entries.end(), id,
                         [](const OutboxEntry &entry, qint64 wanted) { return entry.id < wanted; });
    return at != m_entries.end() && at->id == id ? at : m_entries.end();
}

std::deque<Outbox::Retained>::iterator Outbox::findRetained(qint64 id)
{
    const auto at = std::lower_bound(m_retained.begin(), m_retained.end(), id,
                                     [](const Retained &one, qint64 wanted) { return one.id < wanted; });
    return at != m_retained.end() && at->id == id ? at : m_retained.end();
}

Result<Rejection> Outbox::reject(qint64 id, const Error &error)
{
    std::optional<StoredEntry> stored;
    STROP_TRY(eachEntry(*m_database, id, id, [&](StoredEntry entry) -> Result<void> {
        stored = std::move(entry);
        return {};
    }));
    if (!stored)
        return fail(ErrorCode::StorageCorrupt, QStringLiteral("%1 is damaged.").arg(m_database->path()),
                    QStringLiteral("entry %1 is gone").arg(id));
    STROP_TRY_ASSIGN(auto mutation, mutators::decodeMutation(stored->mutation));
    STROP_TRY(m_database->run(QStringLiteral("DELETE FROM entry WHERE id = ?"), {id}));
    STROP_TRY(m_database->run(
        QStringLiteral("INSERT OR REPLACE INTO rejection (id, mutation, code, message, "
                       "created_ms) VALUES (?, ?, ?, ?, ?)"),
        {id, stored->mutation, QString(errorCodeName(error.code)), error.message, stored->createdMs}));
    return Rejection{id, std::move(mutation), error, instantFromMs(stored->createdMs)};
}

Result<std::optional<Outbox::Verdict>> Outbox::settleOne(const protocol::Settled &settled, qint64 version)
{
    const auto entry = findEntry(settled.id);
    const auto kept = findRetained(settled.id);
    const bool waits =
        entry != m_entries.end() ? !entry->settledVersion : kept != m_retained.end() && !kept->version;
    if (!waits)
        return std::optional<Verdict>();
    Verdict verdict{settled.id, std::nullopt};
    if (settled.rejection) {
        STROP_TRY_ASSIGN(verdict.rejection, reject(settled.id, *settled.rejection));
    } else {
        STROP_TRY(m_database->run(QStringLiteral("UPDATE entry SET settled_version = ? WHERE id = ?"),
                                  {version, settled.id}));
    }
    return std::optional(std::move(verdict));
}

Result<void> Outbox::settle(const std::vector<protocol::Settled> &settled, qint64 version)
{
    std::vector<Verdict> verdicts;
    OutboxChain chain = m_chain;
    STROP_TRY(inTransaction(*m_database, [&]() -> Result<void> {
        for (const protocol::Settled &one : settled) {
            STROP_TRY_ASSIGN(std::optional<Verdict> verdict, settleOne(one, version));
            if (!verdict)
                continue;
            chain.settledId = std::max(chain.settledId, one.id);
            verdicts.push_back(std::move(*verdict));
        }
        return writeChain(*m_database, chain);
    }));
    m_chain = chain;
    take(verdicts, version);
    return {};
}

void Outbox::take(const std::vector<Verdict> &verdicts, qint64 version)
{
    for (const Verdict &verdict : verdicts) {
        const auto entry = findEntry(verdict.id);
        const auto kept = findRetained(verdict.id);
        if (kept != m_retained.end())
            --m_toOffer;
        if (!verdict.rejection && entry != m_entries.end()) {
            entry->settledVersion = version;
        } else if (!verdict.rejection) {
            kept->version = version;
        } else {
            m_rejections.push_back(*verdict.rejection);
            if (entry != m_entries.end())
                m_entries.erase(entry);
            else
                m_retained.erase(kept);
        }
    }
}

bool Outbox::retain(qint64 cursor)
{
    const auto covered = [&](const OutboxEntry &entry) {
        return entry.settledVersion && *entry.settledVersion <= cursor;
    };
    const size_t before = m_entries.size();
    for (const OutboxEntry &entry : m_entries) {
        if (covered(entry))
            m_retained.push_back({entry.id, entry.settledVersion});
    }
    std::erase_if(m_entries, covered);
    if (m_entries.size() == before)
        return false;
    const qsizetype over = qsizetype(m_retained.size()) - maxRetained;
    if (over > retainedSlack) {
        if (const Result<void> dropped = dropUpTo(size_t(over)); !dropped)
            log::error("outbox.not_trimmed", dropped.error()); // it leaves with the next ones
    }
    return true;
}

Result<void> Outbox::dropUpTo(size_t count)
{
    // What has yet to be offered is the beginning of a chain, and nothing after it would be taken without it.
    const auto end = std::find_if(m_retained.begin(), m_retained.begin() + qsizetype(count),
                                  [](const Retained &one) { return !one.version; });
    if (end == m_retained.begin())
        return {};
    STROP_TRY(
        m_database->run(QStringLiteral("DELETE FROM entry WHERE id <= ? AND settled_version IS NOT NULL"),
                        {std::prev(end)->id}));
    m_retained.erase(m_retained.begin(), end);
    return {};
}

Result<void> Outbox::keepRetained()
{
    if (m_retained.empty())
        return {};
    return m_database
        ->run(QStringLiteral("UPDATE entry SET retained = 1 WHERE id <= ?"), {m_retained.back().id})
        .map([](qint64) {});
}

Result<void> Outbox::dropDurable(qint64 version)
{
    const auto end = std::find_if(m_retained.begin(), m_retained.end(), [version](const Retained &one) {
        return !one.version || *one.version > version;
    });
    return dropUpTo(size_t(end - m_retained.begin()));
}

Result<void> Outbox::dropOld(Instant now)
{
    STROP_TRY_ASSIGN(const auto newest,
                     m_database->cell(QStringLiteral("SELECT max(id) FROM entry WHERE created_ms < ? AND "
                                                     "settled_version IS NOT NULL"),
                                      {toMs(now - retainedFor)}));
    if (!newest || storage::isNull(*newest))
        return {};
    const auto end = std::find_if(m_retained.begin(), m_retained.end(),
                                  [&](const Retained &one) { return one.id > std::get<qint64>(*newest); });
    return dropUpTo(size_t(end - m_retained.begin()));
}

Result<void> Outbox::forgetRetained(const std::function<bool(const mutators::Mutation &)> &which)
{
    std::set<qint64> gone;
    if (m_retained.empty())
        return {};
    STROP_TRY(eachEntry(*m_database, m_retained.front().id, m_retained.back().id,
                        [&](const StoredEntry &stored) -> Result<void> {
                            STROP_TRY_ASSIGN(const auto mutation, mutators::decodeMutation(stored.mutation));
                            if (stored.settledVersion && which(mutation))
                                gone.insert(stored.id);
                            return {};
                        }));
    STROP_TRY(inTransaction(*m_database, [&]() -> Result<void> {
        for (const qint64 id : gone)
            STROP_TRY(m_database->run(QStringLiteral("DELETE FROM entry WHERE id = ?"), {id}));
        return {};
    }));
    std::erase_if(m_retained, [&](const Retained &one) { return gone.contains(one.id); });
    return {};
}

Result<bool> Outbox::offerAgainAbove(qint64 lastMutationId)
{
    if (m_chain.settledId <= lastMutationId)
        return false;
    OutboxChain chain = m_chain;
    chain.settledId = lastMutationId;
    STROP_TRY(inTransaction(*m_database, [&]() -> Result<void> {
        STROP_TRY(m_database->run(
            QStringLiteral("UPDATE entry SET acknowledged_version = coalesce(settled_version, "
                           "acknowledged_version), settled_version = NULL, retained = 0 WHERE id > ?"),
            {lastMutationId}));
        return writeChain(*m_database, chain);
    }));
    m_chain = chain;
    // What was retained is replayed again until its rows are back: it comes from the disk.
    std::vector<OutboxEntry> entries;
    STROP_TRY(
        eachEntry(*m_database, lastMutationId + 1, noBound, [&](const StoredEntry &stored) -> Result<void> {
            STROP_TRY_ASSIGN(OutboxEntry entry, entryOf(stored));
            entries.push_back(std::move(entry));
            return {};
        }));
    std::erase_if(m_retained, [&](const Retained &one) { return one.id > lastMutationId; });
    std::erase_if(m_entries, [&](const OutboxEntry &one) { return one.id > lastMutationId; });
    m_entries.insert(m_entries.end(), std::make_move_iterator(entries.begin()),
                     std::make_move_iterator(entries.end()));
    m_toOffer =
        std::count_if(m_retained.begin(), m_retained.end(), [](const Retained &one) { return !one.version; });
    return true;
}

Result<bool> Outbox::continuesFrom(qint64 lastMutationId, const QByteArray &hash)
{
    if (m_chain.broken || lastMutationId > m_chain.lastId)
        return false;
    if (lastMutationId == m_chain.lastId)
        return hash == m_chain.lastHash;
    STROP_TRY_ASSIGN(
        const auto count,
        m_database->cell(QStringLiteral("SELECT count(*) FROM entry WHERE id > ?"), {lastMutationId}));
    if (!count || std::get<qint64>(*count) != m_chain.lastId - lastMutationId)
        return false;
    bool proven = false;
    const qint64 next = lastMutationId + 1;
    STROP_TRY(eachEntry(*m_database, next, next, [&](const StoredEntry &entry) -> Result<void> {
        proven = crypto::digest(protocol::chainText(hash, next, entry.mutation)) == entry.hash;
        return {};
    }));
    return proven;
}

Result<void> Outbox::dismissRejection(qint64 id)
{
    STROP_TRY(m_database->run(QStringLiteral("DELETE FROM rejection WHERE id = ?"), {id}));
    std::erase_if(m_rejections, [id](const Rejection &rejection) { return rejection.id == id; });
    return {};
}

Result<void> Outbox::replaceRejected(qint64 id, const mutators::Mutation &mutation)
{
    STROP_TRY(m_database->run(QStringLiteral("UPDATE rejection SET mutation = ? WHERE id = ?"),
                              {mutators::encodeMutation(mutation), id}));
    for (Rejection &rejection : m_rejections) {
        if (rejection.id == id)
            rejection.mutation = mutation;
    }
    return {};
}

Result<std::vector<PushedMutation>> Outbox::unsettledAfter(qint64 id, qsizetype maxBytes)
{
    std::vector<PushedMutation> pushed;
    qsizetype bytes = 0;
    const auto add = [&](PushedMutation one) {
        bytes += one.mutation.size() + one.hash.size();
        if (!pushed.empty() && (bytes > maxBytes || qsizetype(pushed.size()) == protocol::maxPushed))
            return false;
        pushed.push_back(std::move(one));
        return true;
    };
    bool room = true;
    const auto first = std::find_if(m_retained.begin(), m_retained.end(),
                                    [id](const Retained &one) { return one.id > id && !one.version; });
    if (m_toOffer > 0 && first != m_retained.end()) {
        const qint64 last = std::min(m_retained.back().id, first->id + protocol::maxPushed);
        STROP_TRY(eachEntry(*m_database, first->id, last, [&](const StoredEntry &entry) -> Result<void> {
            if (room && !entry.settledVersion)
                room = add({entry.id, entry.hash, entry.mutation, entry.acknowledgedVersion});
            return {};
        }));
        room = room && last == m_retained.back().id;
    }
    for (auto entry = m_entries.begin(); room && entry != m_entries.end(); ++entry) {
        if (entry->id > id && !entry->settledVersion)
            room = add({entry->id, entry->hash, mutators::encodeMutation(entry->mutation),
                        entry->acknowledgedVersion});
    }
    return pushed;
}

} // namespace strop::sync
