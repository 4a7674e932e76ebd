#pragma once

#include "shared/sync/outbox_file.h"

#include <vector>

/// What becomes of a damaged outbox.db (see Outbox). Every entry whose hash proves it is taken over, a note
/// of what could not be saved is left among the rejections, and the damaged file stays beside the new one as
/// `outbox.db.damaged-<n>`.
///
///     read what can be read, from a copy   →  write outbox.db.salvaging  →  rename it to outbox.db.salvaged
///     rename outbox.db, -wal and -shm to outbox.db.damaged-<n>…          →  rename .salvaged to outbox.db
///
/// A kill before the first rename leaves all as it was; after it, finishSalvage does the rest.
namespace strop::sync {

/// What a running program still has in memory of the file.
struct Remembered
{
    OutboxChain chain;
    std::vector<StoredEntry> entries;
};

/// Where writes are missing, the chain is marked as broken: it cannot be continued, and the device takes a
/// new identity when it next reaches the server. Nobody may have the file open.
[[nodiscard]] Result<void> salvageOutbox(const QString &path,
                                         const std::optional<Remembered> &remembered = std::nullopt);

/// Ends a salvage that was interrupted, if there was one.
[[nodiscard]] Result<void> finishSalvage(const QString &path);

} // namespace strop::sync
