#pragma once

#include "shared/base/ids.h"
#include "shared/base/role.h"
#include "shared/storage/database.h"

namespace strop::sync {

/// Whose queue an outbox.db is. A queue never changes hands between businesses or roles (see Replica::open).
struct OutboxOwner
{
    DeviceId device; ///< Whose numbers and hashes the entries carry; nil until a device has bound the queue.
    BusinessId business;
    Role role = Role::Owner;

    friend bool operator==(const OutboxOwner &, const OutboxOwner &) = default;
};

/// The one line of the table `chain`: where the numbering stands. It outlives the entries.
struct OutboxChain
{
    qint64 lastId = 0;
    QByteArray lastHash;
    qint64 settledId = 0; ///< The server has given its word on every number up to this one.
    bool broken = false;  ///< Entries are missing: the chain cannot be continued, only begun again.
    OutboxOwner owner;
};

/// A line of the table `entry`.
struct StoredEntry
{
    qint64 id = 0;
    QByteArray hash;                    ///< BLAKE2b(previous, id, mutation).
    std::optional<QByteArray> previous; ///< Not known of the lowest entry of a file of the first schema.
    QByteArray mutation;                ///< Canonical bytes.
    qint64 createdMs = 0;
    std::optional<qint64> settledVersion;
    qint64 acknowledgedVersion = 0;
    bool retained = false; ///< Its rows have been here: it is not replayed any more.
};

/// Opens outbox.db and brings its schema up to date.
[[nodiscard]] Result<std::unique_ptr<storage::Database>> openOutboxFile(const QString &path);

/// The columns of the second schema, empty, for whoever reads a file of the first one that cannot be
/// migrated.
[[nodiscard]] Result<void> addRetentionColumns(storage::Database &database);

[[nodiscard]] Result<OutboxChain> readChain(storage::Database &database);
[[nodiscard]] Result<void> writeChain(storage::Database &database, const OutboxChain &chain);

/// Whether its hash is that of its content, and its content is a mutation.
[[nodiscard]] bool isProven(const StoredEntry &entry);

[[nodiscard]] Result<void> insertEntry(storage::Database &database, const StoredEntry &entry);

/// Calls `visit` for the entries with lowest <= id <= highest, in order, or backwards.
[[nodiscard]] Result<void> eachEntry(storage::Database &database, qint64 lowest, qint64 highest,
                                     const std::function<Result<void>(StoredEntry)> &visit,
                                     bool backwards = false);

} // namespace strop::sync
