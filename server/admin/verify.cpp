#include "server/admin/verify.h"

#include "server/authority/business_keys.h"
#include "shared/storage/row_store.h"
#include "shared/storage/tables.h"

namespace strop::server {

using storage::Database;
using storage::RowReader;

namespace {

Result<std::vector<std::pair<BusinessId, qint64>>> businesses(Database &database)
{
    std::vector<std::pair<BusinessId, qint64>> all;
    STROP_TRY(database.each(QStringLiteral("SELECT business_id, version FROM business_head"), {},
                            [&](const RowReader &row) -> Result<void> {
                                all.emplace_back(row.id<BusinessId>(0), row.integer(1));
                                return {};
                            }));
    return all;
}

template <typename Entity>
Result<void> checkTable(storage::RowStore &rows, qint64 head, QStringList &defects)
{
    const storage::Table<Entity> &table = storage::tableOf<Entity>();
    return rows.eachRow(table, [&](const storage::Row &row) -> Result<void> {
        const QString name = QStringLiteral("%1 %2").arg(table.name(), row.id.toString());
        if (row.version > head)
            defects << QStringLiteral("%1 has version %2, above the newest, %3.")
                           .arg(name)
                           .arg(row.version)
                           .arg(head);
        if (row.deleted)
            return {};
        if (const auto decoded = table.decode(row.id, row.values); !decoded)
            defects << QStringLiteral("%1 cannot be read: %2").arg(name, decoded.error().message);
        return {};
    });
}

Result<void> checkRows(Database &database, BusinessId business, qint64 head, QStringList &defects)
{
    storage::RowStore rows(database, business);
    STROP_TRY(checkTable<domain::Business>(rows, head, defects));
    STROP_TRY(checkTable<domain::Shop>(rows, head, defects));
    STROP_TRY(checkTable<domain::Staff>(rows, head, defects));
    STROP_TRY(checkTable<domain::Service>(rows, head, defects));
    STROP_TRY(checkTable<domain::HoursRule>(rows, head, defects));
    STROP_TRY(checkTable<domain::Customer>(rows, head, defects));
    STROP_TRY(checkTable<domain::Visit>(rows, head, defects));
    return checkTable<domain::Appointment>(rows, head, defects);
}

Result<void> checkOverlaps(Database &database, QStringList &defects)
{
    return database.each(
        QStringLiteral(
            "SELECT a.id, b.id FROM appointment a JOIN appointment b ON b.business_id = a.business_id AND "
            "b.staff_id = a.staff_id AND b.start_ms >= a.start_ms AND b.start_ms < a.end_ms AND b.id <> a.id "
            "WHERE a.deleted = 0 AND b.deleted = 0 AND a.status NOT IN ('cancelled', 'no_show') AND "
            "b.status NOT IN ('cancelled', 'no_show')"),
        {}, [&](const RowReader &row) -> Result<void> {
            defects << QStringLiteral("Appointments %1 and %2 have the same barber at the same time.")
                           .arg(row.uuid(0).toString(), row.uuid(1).toString());
            return {};
        });
}

Result<void> checkSettledWrites(Database &database, QStringList &defects)
{
    return database.each(
        QStringLiteral(
            "SELECT d.id, d.last_mutation_id, COUNT(m.mutation_id) FROM device d LEFT JOIN mutation_log m ON "
            "m.device_id = d.id GROUP BY d.id HAVING COUNT(m.mutation_id) <> d.last_mutation_id"),
        {}, [&](const RowReader &row) -> Result<void> {
            defects << QStringLiteral("Device %1 has %2 settled writes, but %3 are in the log.")
                           .arg(row.uuid(0).toString())
                           .arg(row.integer(1))
                           .arg(row.integer(2));
            return {};
        });
}

Result<void> checkKeys(Database &database, QStringList &defects)
{
    STROP_TRY_ASSIGN(const std::vector<BusinessId> broken, BusinessKeys(database).businessesThatCannotOpen());
    for (const BusinessId business : broken)
        defects << QStringLiteral("Business %1 cannot open what its kiosks seal.").arg(business.toString());
    return {};
}

} // namespace

Result<QStringList> findDefects(Database &database)
{
    STROP_TRY(database.verify());
    QStringList defects;
    STROP_TRY_ASSIGN(const auto all, businesses(database));
    for (const auto &[business, head] : all)
        STROP_TRY(checkRows(database, business, head, defects));
    STROP_TRY(checkOverlaps(database, defects));
    STROP_TRY(checkSettledWrites(database, defects));
    STROP_TRY(checkKeys(database, defects));
    return defects;
}

} // namespace strop::server
