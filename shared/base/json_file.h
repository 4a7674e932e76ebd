#pragma once

#include "shared/base/result.h"

#include <QJsonObject>

namespace strop {

/// Reads a JSON object from a file of at most `maxBytes`. NotFound, InvalidArgument (with the offset) or
/// StorageFailure.
[[nodiscard]] Result<QJsonObject> readJsonFile(const QString &path, qint64 maxBytes = 16 << 20);

/// Replaces a file as a whole (write aside, fsync, rename), readable by its owner alone. Either the old or
/// the new content is there after a crash. StorageFull or StorageReadOnly in plain words.
[[nodiscard]] Result<void> writeJsonFile(const QString &path, const QJsonObject &object);

} // namespace strop
