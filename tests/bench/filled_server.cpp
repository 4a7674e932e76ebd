#include "tests/bench/filled_server.h"

#include "shared/crypto/digest.h"

namespace strop::bench {

using server::Store;

namespace {

constexpr qint64 bookingsInBatch = 10'000;

/// What the bench does not log in with.
const QByteArray noPassword = QByteArrayLiteral("-");

Result<void> writeBookings(storage::Database &database, BusinessId business, const BusyShop &shop)
{
    storage::RowStore rows(database, business);
    for (qint64 from = 0; from < shop.bookings(); from += bookingsInBatch) {
        for (const storage::TableRows &table :
             shop.bookingRows(from, std::min(from + bookingsInBatch, shop.bookings()))) {
            for (const storage::Row &row : table.rows)
                STROP_TRY(rows.writeRow(*table.table, row));
        }
    }
    STROP_TRY(database.run(QStringLiteral("UPDATE business_head SET version = ? WHERE business_id = ?"),
                           {BusyShop::versionOf(shop.bookings()), business.uuid.toBytes()}));
    return {};
}

} // namespace

Result<BusinessId> fillServer(Store &store, const BusyShop &shop, const QString &email)
{
    STROP_TRY_ASSIGN(const Store::Created created,
                     store.createBusiness(QStringLiteral("Busy"), email, noPassword, std::nullopt));
    STROP_TRY(store.applyAsOwner(created.business, shop.catalogue()));
    if (shop.bookings() > 0) {
        STROP_TRY(storage::inTransaction(
            store.database(), [&] { return writeBookings(store.database(), created.business, shop); }));
        STROP_TRY(store.database().checkpoint());
    }
    return created.business;
}

Result<std::vector<EnrolledDevice>> enrolDevices(Store &store, BusinessId business, const BusyShop &shop,
                                                 Role role, int count, const Clock &clock, Random &random)
{
    server::AccountStore accounts(store.database(), clock, random);
    std::vector<EnrolledDevice> enrolled;
    STROP_TRY(storage::inTransaction(store.database(), [&]() -> Result<void> {
        for (int i = 0; i < count; ++i) {
            const crypto::SigningKey key = crypto::SigningKey::generate();
            STROP_TRY_ASSIGN(server::Device device,
                             accounts.enrol({business, role, shop.id()},
                                            {QStringLiteral("Bench device %1").arg(i), key.publicKey()}));
            enrolled.push_back({std::move(device), key});
        }
        return {};
    }));
    return enrolled;
}

protocol::PushedMutation PushChain::append(const mutators::Mutation &mutation)
{
    const QByteArray encoded = mutators::encodeMutation(mutation);
    m_hash = crypto::digest(protocol::chainText(m_hash, ++m_lastId, encoded));
    return {m_lastId, m_hash, encoded};
}

} // namespace strop::bench
