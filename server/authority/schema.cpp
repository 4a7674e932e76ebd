#include "server/authority/schema.h"

#include "shared/crypto/digest.h"
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

constexpr storage::Migration migrations[] = {
    {1, "synced tables, identities and the audit trail", createServerTables}};

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
