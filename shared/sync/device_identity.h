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
    QUrl server;                                    ///< http(s)://host:port
    std::optional<crypto::SigningKey> nextKey = {}; ///< Of the identity that it is about to take.
};

/// NotFound on a folder that was never paired.
[[nodiscard]] Result<DeviceIdentity> loadIdentity(const QString &folder);

/// Creates the folder if need be. Durable when it returns.
[[nodiscard]] Result<void> saveIdentity(const QString &folder, const DeviceIdentity &identity);

// A device whose number or chain the server knows better takes a new identity by itself (Session):
//
//     prepareFork: the next key is on the disk  →  device.fork {publicKey}: the server enrols it, once for a
//     key  →  adoptFork: the file is the new device's  →  Outbox::bind: the queue is
//
// A kill before adoptFork leaves the old device, which asks again with the same key; after it, Replica::open
// binds the queue to whom the file names.

/// The key of the next identity: a fresh one, or the one prepared before. Durable when it returns.
[[nodiscard]] Result<crypto::SigningKey> prepareFork(const QString &folder);

/// Makes the prepared key and what the server enrolled it as the identity of the folder.
[[nodiscard]] Result<DeviceIdentity> adoptFork(const QString &folder, const protocol::Enrolment &enrolment);

/// Moves what the former identity of a folder has left there, queue and rows, into `<folder>/before-<time>`,
/// so that a new one begins afresh and nothing is lost. Nobody may have it open.
[[nodiscard]] Result<void> setReplicaAside(const QString &folder, Instant now);

} // namespace strop::sync
