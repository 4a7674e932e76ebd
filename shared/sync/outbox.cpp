#include "shared/sync/outbox.h"

#include "shared/crypto/digest.h"
#include "shared/storage/migrations.h"

#include <algorithm>

namespace strop::sync {

using storage::Database;
using storage::inTransaction;
using storage::RowReader;

namespace {

Result<void> createTables(Database &database)
{
    STROP_TRY(database.run(
        QStringLiteral("CREATE TABLE entry (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, mutation BLOB NOT "
                       "NULL, created_ms INTEGER NOT NULL, settled_version INTEGER)")));
    STROP_TRY(database.run(
        QStringLiteral("CREATE TABLE rejection (id INTEGER PRIMARY KEY, mutation BLOB NOT NULL, code TEXT "
                       "NOT NULL, message TEXT NOT NULL, created_ms INTEGER NOT NULL)")));
    // The end of the chain outlives the entries.
    STROP_TRY(database.run(
        QStringLiteral("CREATE TABLE chain (last_id INTEGER NOT NULL, last_hash BLOB NOT NULL)")));
    STROP_TRY(database.run(QStringLiteral("INSERT INTO chain VALUES (0, x'')")));
    return {};
}

constexpr storage::Migration migrations[] = {
    {1, "entries, rejections and the end of the chain", createTables}};

} // namespace

Result<std::unique_ptr<Outbox>> Outbox::open(const QString &path)
{
    STROP_TRY_ASSIGN(auto database, storage::openMigrated({path, storage::Durability::Full}, migrations));
    std::unique_ptr<Outbox> outbox(new Outbox(std::move(database)));
    STROP_TRY(outbox->load());
    return outbox;
}

Result<void> Outbox::load()
{
    STROP_TRY(m_database->each(QStringLiteral("SELECT last_id, last_hash FROM chain"), {},
                               [&](const RowReader &row) -> Result<void> {
                                   m_lastId = row.integer(0);
                                   m_lastHash = row.bytes(1);
                                   return {};
                               }));
    STROP_TRY(m_database->each(
        QStringLiteral("SELECT id, hash, mutation, created_ms, settled_version FROM entry ORDER BY id"), {},
        [&](const RowReader &row) -> Result<void> {
            STROP_TRY_ASSIGN(auto mutation, mutators::decodeMutation(row.bytes(2)));
            m_entries.push_back({row.integer(0), row.bytes(1), std::move(mutation), row.instant(3),
                                 row.isNull(4) ? std::nullopt : std::optional(row.integer(4))});
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

Result<qint64> Outbox::append(const mutators::Mutation &mutation, Instant now)
{
    const qint64 id = m_lastId + 1;
    const QByteArray encoded = mutators::encodeMutation(mutation);
    const QByteArray hash = crypto::digest(protocol::chainText(m_lastHash, id, encoded));
    STROP_TRY(inTransaction(*m_database, [&]() -> Result<void> {
        STROP_TRY(m_database->run(
            QStringLiteral("INSERT INTO entry (id, hash, mutation, created_ms) VALUES (?, ?, ?, ?)"),
            {id, hash, encoded, toMs(now)}));
        STROP_TRY(m_database->run(QStringLiteral("UPDATE chain SET last_id = ?, last_hash = ?"), {id, hash}));
        return {};
    }));
    m_lastId = id;
    m_lastHash = hash;
    m_entries.push_back({id, hash, mutation, now, std::nullopt});
    return id;
}

Result<void> Outbox::reject(const OutboxEntry &entry, const Error &error)
{
    STROP_TRY(m_database->run(QStringLiteral("DELETE FROM entry WHERE id = ?"), {entry.id}));
    STROP_TRY(m_database->run(QStringLiteral("INSERT OR REPLACE INTO rejection (id, mutation, code, message, "
                                             "created_ms) VALUES (?, ?, ?, ?, ?)"),
                              {entry.id, mutators::encodeMutation(entry.mutation),
                               QString(errorCodeName(error.code)), error.message, toMs(entry.createdAt)}));
    return {};
}

Result<void> Outbox::settle(const std::vector<protocol::Settled> &settled, qint64 version)
{
    std::vector<OutboxEntry> entries = m_entries;
    std::vector<Rejection> rejections = m_rejections;
    STROP_TRY(inTransaction(*m_database, [&]() -> Result<void> {
        for (const protocol::Settled &one : settled) {
            const auto entry = std::find_if(entries.begin(), entries.end(),
                                            [&](const OutboxEntry &e) { return e.id == one.id; });
            if (entry == entries.end())
                continue;
            if (one.rejection) {
                STROP_TRY(reject(*entry, *one.rejection));
                rejections.push_back({entry->id, entry->mutation, *one.rejection, entry->createdAt});
                entries.erase(entry);
            } else {
                STROP_TRY(m_database->run(QStringLiteral("UPDATE entry SET settled_version = ? WHERE id = ?"),
                                          {version, one.id}));
                entry->settledVersion = version;
            }
        }
        return {};
    }));
    m_entries = std::move(entries);
    m_rejections = std::move(rejections);
    return {};
}

Result<void> Outbox::unsettleAll()
{
    STROP_TRY(m_database->run(QStringLiteral("UPDATE entry SET settled_version = NULL")));
    for (OutboxEntry &entry : m_entries)
        entry.settledVersion.reset();
    return {};
}

Result<bool> Outbox::dropCovered(qint64 cursor)
{
    const auto covered = [&](const OutboxEntry &entry) {
        return entry.settledVersion && *entry.settledVersion <= cursor;
    };
    if (std::none_of(m_entries.begin(), m_entries.end(), covered))
        return false;
    std::erase_if(m_entries, covered);
    STROP_TRY(m_database->run(QStringLiteral("DELETE FROM entry WHERE settled_version <= ?"), {cursor}));
    return true;
}

Result<void> Outbox::dismissRejection(qint64 id)
{
    STROP_TRY(m_database->run(QStringLiteral("DELETE FROM rejection WHERE id = ?"), {id}));
    std::erase_if(m_rejections, [id](const Rejection &rejection) { return rejection.id == id; });
    return {};
}

std::vector<protocol::PushedMutation> Outbox::unsettledAfter(qint64 id, qsizetype maxBytes) const
{
    std::vector<protocol::PushedMutation> pushed;
    qsizetype bytes = 0;
    for (const OutboxEntry &entry : m_entries) {
        if (entry.id <= id || entry.settledVersion)
            continue;
        QByteArray encoded = mutators::encodeMutation(entry.mutation);
        bytes += encoded.size() + entry.hash.size();
        if (!pushed.empty() && (bytes > maxBytes || qsizetype(pushed.size()) == protocol::maxPushed))
            break;
        pushed.push_back({entry.id, entry.hash, std::move(encoded)});
    }
    return pushed;
}

} // namespace strop::sync
