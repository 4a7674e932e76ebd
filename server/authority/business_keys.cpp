#include "server/authority/business_keys.h"

namespace strop::server {

using crypto::OpeningKey;
using crypto::SealingKey;
using storage::RowReader;

Result<SealingKey> BusinessKeys::make(BusinessId business)
{
    const OpeningKey key = OpeningKey::generate();
    STROP_TRY(m_database.run(
        QStringLiteral("INSERT INTO business_key (business_id, secret) VALUES (?, ?) ON CONFLICT "
                       "(business_id) DO UPDATE SET secret = excluded.secret"),
        {business.uuid.toBytes(), key.bytes()}));
    return key.sealingKey();
}

Result<std::vector<BusinessId>> BusinessKeys::businessesWithout()
{
    std::vector<BusinessId> found;
    STROP_TRY(m_database.each(
        QStringLiteral("SELECT id FROM business WHERE deleted = 0 AND length(public_key) = 0 ORDER BY id"),
        {}, [&](const RowReader &row) -> Result<void> {
            found.push_back(row.id<BusinessId>(0));
            return {};
        }));
    return found;
}

Result<std::vector<BusinessId>> BusinessKeys::businessesThatCannotOpen()
{
    std::vector<BusinessId> found;
    STROP_TRY(m_database.each(
        QStringLiteral("SELECT b.id, b.public_key, k.secret FROM business b LEFT JOIN business_key k ON "
                       "k.business_id = b.id WHERE b.deleted = 0 AND length(b.public_key) > 0 ORDER BY b.id"),
        {}, [&](const RowReader &row) -> Result<void> {
            const Result<OpeningKey> key = OpeningKey::fromBytes(row.bytes(2));
            if (!key || key->sealingKey().bytes() != row.bytes(1))
                found.push_back(row.id<BusinessId>(0));
            return {};
        }));
    return found;
}

Result<QByteArray> BusinessKeys::open(BusinessId business, const QByteArray &box)
{
    QByteArray secret;
    STROP_TRY(m_database.each(QStringLiteral("SELECT secret FROM business_key WHERE business_id = ?"),
                              {business.uuid.toBytes()}, [&](const RowReader &row) -> Result<void> {
                                  secret = row.bytes(0);
                                  return {};
                              }));
    const Result<OpeningKey> key = OpeningKey::fromBytes(secret);
    if (!key)
        return fail(ErrorCode::SealBroken, key.error().message);
    return key->open(box);
}

} // namespace strop::server
