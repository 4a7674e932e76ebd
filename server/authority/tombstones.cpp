#include "server/authority/tombstones.h"

#include "server/authority/business_head.h"
#include "shared/storage/tables.h"

namespace strop::server {

Result<qint64> purgeTombstones(storage::Database &database, BusinessId business, Instant now)
{
    const QByteArray id = business.uuid.toBytes();
    STROP_TRY_ASSIGN(const BusinessHead head, readHead(database, business));
    STROP_TRY(database.run(QStringLiteral("INSERT INTO daily_head VALUES (?, ?, ?) ON CONFLICT (business_id, "
                                          "version) DO NOTHING"),
                           {id, head.version, toMs(now)}));
    const qint64 before = toMs(now - tombstoneLife);
    STROP_TRY_ASSIGN(
        const auto expired,
        database.cell(
            QStringLiteral("SELECT max(version) FROM daily_head WHERE business_id = ? AND at_ms <= ?"),
            {id, before}));
    if (!expired || storage::isNull(*expired))
        return 0;
    qint64 removed = 0;
    for (const storage::TableDescriptor *table : storage::allTables()) {
        STROP_TRY_ASSIGN(
            const qint64 gone,
            database.run(QStringLiteral("DELETE FROM %1 WHERE business_id = ? AND deleted = 1 AND "
                                        "version <= ?")
                             .arg(table->name()),
                         {id, *expired}));
        removed += gone;
    }
    if (removed > 0)
        STROP_TRY(database.run(
            QStringLiteral("UPDATE business_head SET oldest = ? WHERE business_id = ? AND oldest < ?"),
            {*expired, id, *expired}));
    STROP_TRY(database.run(QStringLiteral("DELETE FROM daily_head WHERE business_id = ? AND version < ?"),
                           {id, *expired}));
    return removed;
}

} // namespace strop::server
