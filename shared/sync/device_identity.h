#pragma once

#include "shared/base/instant.h"
#include "shared/crypto/signing.h"
#include "shared/protocol/pairing.h"

#include <QUrl>

namespace strop::sync {

/// Who this device is: its key and what its server enrolled it as. Kept in `<folder>/device.json`, readable
/// by its owner alone.
struct DeviceIdentity
{
    crypto::SigningKey key;
    protocol::Enrolment enrolment;
    QUrl server; ///< http(s)://host:port
};

/// NotFound on a folder that was never paired.
[[nodiscard]] Result<DeviceIdentity> loadIdentity(const QString &folder);

/// Creates the folder if need be. Durable when it returns.
[[nodiscard]] Result<void> saveIdentity(const QString &folder, const DeviceIdentity &identity);

/// Moves what the former identity of a folder has left there, queue and rows, into `<folder>/before-<time>`,
/// so that a new one begins afresh and nothing is lost. Nobody may have it open.
[[nodiscard]] Result<void> setReplicaAside(const QString &folder, Instant now);

} // namespace strop::sync
