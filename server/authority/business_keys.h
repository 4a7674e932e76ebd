#pragma once

#include "shared/base/ids.h"
#include "shared/crypto/sealed_box.h"
#include "shared/mutators/customer_card.h"
#include "shared/storage/database.h"

#include <vector>

namespace strop::server {

/// The key pairs of businesses (crypto::OpeningKey). The secret halves are in the table business_key of the
/// server's database and nowhere else: no synced row, no export, no message holds one. The database file is
/// as secret as the customers in it anyway, whom they protect on kiosks. Used on the thread of the database;
/// the caller holds the transaction.
class BusinessKeys
{
public:
    /// `database` outlives it.
    explicit BusinessKeys(storage::Database &database)
        : m_database(database)
    {}

    /// Makes a key pair, keeps the secret half and answers the public one, which belongs into the business's
    /// row. Replaces one whose public half never got there.
    [[nodiscard]] Result<crypto::SealingKey> make(BusinessId business);

    /// Those whose row has no public key: made by a version of Strop that knew none.
    [[nodiscard]] Result<std::vector<BusinessId>> businessesWithout();

    /// Those to whose public key the secret half is not here: whatever kiosks seal to them is lost. None,
    /// unless the database was tampered with.
    [[nodiscard]] Result<std::vector<BusinessId>> businessesThatCannotOpen();

    /// Opens a box that was sealed to a business. SealBroken, also when the business has no key.
    [[nodiscard]] Result<QByteArray> open(BusinessId business, const QByteArray &box);

private:
    storage::Database &m_database;
};

/// What a mutator opens boxes with, while it runs for one business.
class BusinessUnsealer final : public mutators::Unsealer
{
public:
    BusinessUnsealer(storage::Database &database, BusinessId business)
        : m_keys(database)
        , m_business(business)
    {}

    [[nodiscard]] Result<QByteArray> open(const QByteArray &box) override
    {
        return m_keys.open(m_business, box);
    }

private:
    BusinessKeys m_keys;
    BusinessId m_business;
};

} // namespace strop::server
