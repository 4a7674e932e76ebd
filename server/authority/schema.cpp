#include "server/authority/schema.h"

#include "shared/crypto/digest.h"
#include "shared/mutators/mutation.h"
#include "shared/storage/migrations.h"

#include <QDir>

namespace strop::server {

using storage::Database;

namespace {

constexpr qsizetype epochBytes = 16;

Result<void> createServerTables(Database &database)
{
    STROP_TRY(storage::createSyncedTables(database));
    const QStringList statements{
        // The newest version of each business.
        QStringLiteral("CREATE TABLE business_head (business_id BLOB PRIMARY KEY, version BIGINT NOT NULL)"),
        QStringLiteral("CREATE TABLE account (id BLOB PRIMARY KEY, business_id BLOB NOT NULL, email TEXT NOT "
                       "NULL UNIQUE, "
                       "password_hash BLOB NOT NULL)"),
        // last_mutation_id and chain_hash: how far this device's outbox is settled.
        QStringLiteral("CREATE TABLE device (id BLOB PRIMARY KEY, business_id BLOB NOT NULL, role TEXT NOT "
                       "NULL, shop_id BLOB, "
                       "name TEXT NOT NULL, public_key BLOB NOT NULL, enrolled_ms BIGINT NOT NULL, revoked "
                       "BIGINT NOT NULL, "
                       "last_mutation_id BIGINT NOT NULL, chain_hash BLOB NOT NULL)"),
        QStringLiteral("CREATE TABLE pairing_code (digest BLOB PRIMARY KEY, business_id BLOB NOT NULL, role "
                       "TEXT NOT NULL, "
                       "shop_id BLOB, expires_ms BIGINT NOT NULL)"),
        // The audit trail: every mutation that was ever settled, and the answer that a repeated push gets.
        // code is null for
        // an accepted one.
        QStringLiteral("CREATE TABLE mutation_log (device_id BLOB NOT NULL, mutation_id BIGINT NOT NULL, "
                       "business_id BLOB NOT NULL, "
                       "version BIGINT NOT NULL, hash BLOB NOT NULL, mutation BLOB NOT NULL, code TEXT, "
                       "message TEXT, at_ms "
                       "BIGINT NOT NULL, PRIMARY KEY (device_id, mutation_id)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE server (epoch BLOB NOT NULL)"),
    };
    for (const QString &statement : statements)
        STROP_TRY(database.run(statement));
    STROP_TRY(
        database.run(QStringLiteral("INSERT INTO server VALUES (?)"), {crypto::randomBytes(epochBytes)}));
    return {};
}

struct LogKey
{
    DeviceId device;
    qint64 mutation = 0;
};

/// The log of protocol 1 knows a write by its device and number alone.
Result<void> deriveUuids(Database &database)
{
    std::vector<LogKey> keys;
    STROP_TRY(database.each(QStringLiteral("SELECT device_id, mutation_id FROM mutation_log"), {},
                            [&](const storage::RowReader &row) -> Result<void> {
                                keys.push_back({row.id<DeviceId>(0), row.integer(1)});
                                return {};
                            }));
    for (const LogKey &key : keys)
        STROP_TRY(database.run(
            QStringLiteral("UPDATE mutation_log SET uuid = ? WHERE device_id = ? AND mutation_id = ?"),
            {mutators::derivedUuid(key.device, key.mutation).toBytes(), key.device.uuid.toBytes(),
             key.mutation}));
    return {};
}

/// Exactly once under everything: writes known by their uuid, histories by business, and what backups hold.
Result<void> addHistories(Database &database)
{
    const QStringList statements{
        // epoch: the name of this business's history. durable: versions up to it are in a backup. oldest:
        // tombstones up to it are gone. recovering: what devices offer again is still gathered.
        QStringLiteral("ALTER TABLE business_head ADD COLUMN epoch BLOB"),
        QStringLiteral("ALTER TABLE business_head ADD COLUMN durable BIGINT NOT NULL DEFAULT 0"),
        QStringLiteral("ALTER TABLE business_head ADD COLUMN oldest BIGINT NOT NULL DEFAULT 0"),
        QStringLiteral("ALTER TABLE business_head ADD COLUMN recovering BIGINT NOT NULL DEFAULT 0"),
        QStringLiteral("UPDATE business_head SET epoch = (SELECT epoch FROM server)"),
        // A write that came once more under another number has null for its uuid, and names in `repeats` the
        // one that it was answered from.
        QStringLiteral("ALTER TABLE mutation_log ADD COLUMN uuid BLOB"),
        QStringLiteral("ALTER TABLE mutation_log ADD COLUMN repeats BLOB"),
        // forked_from: whose place this device took or shares. origin: the first of that line.
        QStringLiteral("ALTER TABLE device ADD COLUMN forked_from BLOB"),
        QStringLiteral("ALTER TABLE device ADD COLUMN origin BLOB"),
        // Where each business's history stood on one day after the other: what is older than that.
        QStringLiteral("CREATE TABLE daily_head (business_id BLOB NOT NULL, version BIGINT NOT NULL, at_ms "
                       "BIGINT NOT NULL, PRIMARY KEY (business_id, version))"),
        // commits: of this file, ever. copied: it was written by a backup, and nobody has opened it since.
        QStringLiteral("ALTER TABLE server ADD COLUMN commits BIGINT NOT NULL DEFAULT 0"),
        QStringLiteral("ALTER TABLE server ADD COLUMN copied BIGINT NOT NULL DEFAULT 0"),
    };
    for (const QString &statement : statements)
        STROP_TRY(database.run(statement));
    STROP_TRY(deriveUuids(database));
    return database
        .run(QStringLiteral("CREATE UNIQUE INDEX mutation_log_uuid ON mutation_log (business_id, uuid)"))
        .map([](qint64) {});
}

/// The secret halves of the businesses' keys (BusinessKeys); the public ones are in their rows.
Result<void> addBusinessKeys(Database &database)
{
    STROP_TRY(storage::updateSyncedTables(database));
    return database
        .run(QStringLiteral("CREATE TABLE business_key (business_id BLOB PRIMARY KEY, secret BLOB NOT NULL)"))
        .map([](qint64) {});
}

constexpr storage::Migration migrations[] = {
    {1, "synced tables, identities and the audit trail", createServerTables},
    {2, "writes known by their uuid, histories by business, backups", addHistories},
    {3, "a key for each business", addBusinessKeys}};

} // namespace

QString serverDatabasePath(const QString &dataDir)
{
    return dataDir + QStringLiteral("/strop.db");
}

Result<std::unique_ptr<Database>> openServerDatabase(const QString &dataDir, bool readOnly)
{
    if (!readOnly && !QDir().mkpath(dataDir))
        return fail(ErrorCode::StorageReadOnly,
                    QStringLiteral("The folder %1 cannot be created. Check its permissions.").arg(dataDir));
    return storage::openMigrated({serverDatabasePath(dataDir), storage::Durability::Full, readOnly},
                                 migrations);
}

Result<std::unique_ptr<QLockFile>> lockServerFolder(const QString &dataDir)
{
    if (!QDir().mkpath(dataDir))
        return fail(ErrorCode::StorageReadOnly,
                    QStringLiteral("The folder %1 cannot be created. Check its permissions.").arg(dataDir));
    auto lock = std::make_unique<QLockFile>(dataDir + QStringLiteral("/server.lock"));
    lock->setStaleLockTime(0);
    if (lock->tryLock(0))
        return lock;
    if (lock->error() == QLockFile::LockFailedError)
        return fail(ErrorCode::Unavailable,
                    QStringLiteral("A strop-server runs on %1. Stop it first.").arg(dataDir));
    return fail(ErrorCode::StorageReadOnly,
                QStringLiteral("%1 cannot be written. Check the folder's permissions and the space on its "
                               "disk.")
                    .arg(dataDir));
}

Result<QByteArray> serverEpoch(Database &database)
{
    QByteArray epoch;
    STROP_TRY(database.each(QStringLiteral("SELECT epoch FROM server"), {},
                            [&](const storage::RowReader &row) -> Result<void> {
                                epoch = row.bytes(0);
                                return {};
                            }));
    return epoch;
}

} // namespace strop::server
