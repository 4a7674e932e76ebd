#include "shared/sync/outbox_file.h"

#include "shared/crypto/digest.h"
#include "shared/mutators/mutation.h"
#include "shared/protocol/messages.h"
#include "shared/storage/migrations.h"

namespace strop::sync {

using storage::Database;
using storage::RowReader;
using storage::Value;

namespace {

Result<void> runAll(Database &database, const QStringList &statements)
{
    for (const QString &statement : statements)
        STROP_TRY(database.run(statement));
    return {};
}

Result<void> createTables(Database &database)
{
    return runAll(
        database,
        {QStringLiteral("CREATE TABLE entry (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, mutation BLOB NOT "
                        "NULL, created_ms INTEGER NOT NULL, settled_version INTEGER)"),
         QStringLiteral("CREATE TABLE rejection (id INTEGER PRIMARY KEY, mutation BLOB NOT NULL, code TEXT "
                        "NOT NULL, message TEXT NOT NULL, created_ms INTEGER NOT NULL)"),
         // The end of the chain outlives the entries.
         QStringLiteral("CREATE TABLE chain (last_id INTEGER NOT NULL, last_hash BLOB NOT NULL)"),
         QStringLiteral("INSERT INTO chain VALUES (0, x'')")});
}

/// Each entry proves itself, whatever is around it; an acknowledged one stays until a backup has it; and the
/// queue knows whose it is.
Result<void> addRetention(Database &database)
{
    STROP_TRY(addRetentionColumns(database));
    return runAll(
        database,
        {QStringLiteral("UPDATE entry SET previous = (SELECT before.hash FROM entry before WHERE before.id = "
                        "entry.id - 1)"),
         QStringLiteral("UPDATE entry SET previous = x'' WHERE id = 1"),
         QStringLiteral("UPDATE chain SET settled_id = coalesce((SELECT min(id) FROM entry WHERE "
                        "settled_version IS NULL) - 1, last_id)")});
}

constexpr storage::Migration migrations[] = {
    {1, "entries, rejections and the end of the chain", createTables},
    {2, "entries that prove themselves and are kept until durable", addRetention}};

const QString entryColumns = QStringLiteral("id, hash, previous, mutation, created_ms, settled_version, "
                                            "acknowledged_version, retained");

StoredEntry readEntry(const RowReader &row)
{
    return {row.integer(0), row.bytes(1),   row.isNull(2) ? std::nullopt : std::optional(row.bytes(2)),
            row.bytes(3),   row.integer(4), row.isNull(5) ? std::nullopt : std::optional(row.integer(5)),
            row.integer(6), row.boolean(7)};
}

} // namespace

Result<void> addRetentionColumns(Database &database)
{
    return runAll(
        database,
        {QStringLiteral("ALTER TABLE entry ADD COLUMN previous BLOB"),
         QStringLiteral("ALTER TABLE entry ADD COLUMN acknowledged_version INTEGER NOT NULL DEFAULT 0"),
         QStringLiteral("ALTER TABLE entry ADD COLUMN retained INTEGER NOT NULL DEFAULT 0"),
         QStringLiteral("ALTER TABLE chain ADD COLUMN settled_id INTEGER NOT NULL DEFAULT 0"),
         QStringLiteral("ALTER TABLE chain ADD COLUMN broken INTEGER NOT NULL DEFAULT 0"),
         QStringLiteral("ALTER TABLE chain ADD COLUMN device BLOB"),
         QStringLiteral("ALTER TABLE chain ADD COLUMN business BLOB"),
         QStringLiteral("ALTER TABLE chain ADD COLUMN role TEXT")});
}

bool isProven(const StoredEntry &entry)
{
    if (entry.previous &&
        crypto::digest(protocol::chainText(*entry.previous, entry.id, entry.mutation)) != entry.hash)
        return false;
    return mutators::decodeMutation(entry.mutation).has_value();
}

Result<std::unique_ptr<Database>> openOutboxFile(const QString &path)
{
    return storage::openMigrated({path, storage::Durability::Full}, migrations);
}

Result<OutboxChain> readChain(Database &database)
{
    std::optional<OutboxChain> chain;
    STROP_TRY(database.each(
        QStringLiteral("SELECT last_id, last_hash, settled_id, broken, device, business, role FROM chain"),
        {}, [&](const RowReader &row) -> Result<void> {
            chain = OutboxChain{row.integer(0),
                                row.bytes(1),
                                row.integer(2),
                                row.boolean(3),
                                {row.id<DeviceId>(4), row.id<BusinessId>(5),
                                 roleFromName(row.text(6)).value_or(Role::Owner)}};
            return {};
        }));
    if (!chain)
        return fail(ErrorCode::StorageCorrupt, QStringLiteral("%1 is damaged.").arg(database.path()),
                    QStringLiteral("no end of the chain"));
    return *chain;
}

Result<void> writeChain(Database &database, const OutboxChain &chain)
{
    return database
        .run(QStringLiteral("UPDATE chain SET last_id = ?, last_hash = ?, settled_id = ?, broken = ?, device "
                            "= ?, business = ?, role = ?"),
             {chain.lastId, chain.lastHash, chain.settledId, qint64(chain.broken),
              chain.owner.device.isNil() ? Value() : Value(chain.owner.device.uuid.toBytes()),
              chain.owner.business.uuid.toBytes(), QString(roleName(chain.owner.role))})
        .map([](qint64) {});
}

Result<void> insertEntry(Database &database, const StoredEntry &entry)
{
    return database
        .run(QStringLiteral("INSERT INTO entry (id, hash, previous, mutation, created_ms, settled_version, "
                            "acknowledged_version, retained) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
             {entry.id, entry.hash, entry.previous ? Value(*entry.previous) : Value(), entry.mutation,
              entry.createdMs, entry.settledVersion ? Value(*entry.settledVersion) : Value(),
              entry.acknowledgedVersion, qint64(entry.retained)})
        .map([](qint64) {});
}

Result<void> eachEntry(Database &database, qint64 lowest, qint64 highest,
                       const std::function<Result<void>(StoredEntry)> &visit, bool backwards)
{
    return database.each(QStringLiteral("SELECT %1 FROM entry WHERE id BETWEEN ? AND ? ORDER BY id %2")
                             .arg(entryColumns, backwards ? QStringLiteral("DESC") : QStringLiteral("ASC")),
                         {lowest, highest},
                         [&](const RowReader &row) -> Result<void> { return visit(readEntry(row)); });
}

} // namespace strop::sync
