#pragma once

#include "shared/crypto/digest.h"
#include "shared/storage/migrations.h"
#include "shared/storage/row_store.h"
#include "tests/unit/expect.h"

namespace strop::test {

/// A uuid that reads well in a failure: the number in its last byte.
inline Uuid uuidOf(quint8 number)
{
    QByteArray bytes(Uuid::size, '\0');
    bytes.back() = char(number);
    return *Uuid::fromBytes(bytes);
}

template <typename IdType>
IdType idOf(quint8 number)
{
    return IdType{uuidOf(number)};
}

/// The synced tables of one business in memory.
struct SyncedStore
{
    std::unique_ptr<storage::Database> database = [] {
        auto opened = must(storage::Database::open({.path = QStringLiteral(":memory:")}));
        must(storage::createSyncedTables(*opened));
        return opened;
    }();
    BusinessId business = idOf<BusinessId>(1);
    storage::RowStore rows{*database, business};

    /// Over every row of every table, tombstones and versions included.
    [[nodiscard]] QByteArray digest()
    {
        QByteArray all;
        for (const storage::TableDescriptor *table : storage::allTables()) {
            storage::TableRows content{table, {}};
            must(rows.eachRow(*table, [&](const storage::Row &row) -> Result<void> {
                content.rows.push_back(row);
                return {};
            }));
            all += QCborValue(storage::encodeRows(content, Role::Owner)).toCbor();
        }
        return crypto::digest(all);
    }
};

} // namespace strop::test
