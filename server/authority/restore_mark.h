#pragma once

#include "shared/base/result.h"

namespace strop::server {

/// What the side file `strop.mark` says of the database beside it: which history it is of, and how many
/// commits it had at least. A database that is of another history, or has fewer, is not the one that the
/// server wrote last: somebody has put an older copy in its place.
struct RestoreMark
{
    QByteArray epoch; ///< serverEpoch()
    qint64 commits = 0;
};

/// None when there is no such file, or none that can be read.
[[nodiscard]] std::optional<RestoreMark> readMark(const QString &dataDir);

/// Durable when it returns.
[[nodiscard]] Result<void> writeMark(const QString &dataDir, const RestoreMark &mark);

} // namespace strop::server
