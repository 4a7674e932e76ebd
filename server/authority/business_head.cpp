#include "server/authority/business_head.h"

#include "shared/crypto/digest.h"

namespace strop::server {

using storage::Database;
using storage::RowReader;

namespace {

constexpr qsizetype epochBytes = 16;

Result<std::vector<BusinessId>> businessesWhere(Database &database, const QString &condition)
{
    std::vector<BusinessId> all;
    STROP_TRY(database.each(QStringLiteral("SELECT business_id FROM business_head") + condition, {},
                            [&](const RowReader &row) -> Result<void> {
                                all.push_back(row.id<BusinessId>(0));
                                return {};
                            }));
    return all;
}

} // namespace

Result<BusinessHead> readHead(Database &database, BusinessId business)
{
    BusinessHead head;
    STROP_TRY(database.each(
        QStringLiteral("SELECT version, durable, oldest, epoch FROM business_head WHERE business_id = ?"),
        {business.uuid.toBytes()}, [&](const RowReader &row) -> Result<void> {
            head = {row.integer(0), row.integer(1), row.integer(2), row.bytes(3)};
            return {};
        }));
    return head;
}

Result<std::vector<BusinessId>> allBusinesses(Database &database)
{
    return businessesWhere(database, {});
}

Result<std::vector<BusinessId>> recoveringBusinesses(Database &database)
{
    return businessesWhere(database, QStringLiteral(" WHERE recovering = 1"));
}

Result<QByteArray> beginEpoch(Database &database, BusinessId business)
{
    QByteArray epoch = crypto::randomBytes(epochBytes);
    STROP_TRY(database.run(
        QStringLiteral("UPDATE business_head SET epoch = ?, recovering = 1 WHERE business_id = ?"),
        {epoch, business.uuid.toBytes()}));
    return epoch;
}

Result<void> countCommit(Database &database)
{
    return database.run(QStringLiteral("UPDATE server SET commits = commits + 1")).map([](qint64) {});
}

Result<qint64> commitCount(Database &database)
{
    STROP_TRY_ASSIGN(const auto commits, database.cell(QStringLiteral("SELECT commits FROM server")));
    return commits && !storage::isNull(*commits) ? std::get<qint64>(*commits) : 0;
}

} // namespace strop::server
