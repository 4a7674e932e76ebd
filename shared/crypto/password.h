#pragma once

#include <QByteArray>
#include <QString>

namespace strop::crypto {

/// What hashing a password may cost. Interactive: 64 MiB and about 0.1 s, libsodium's own choice for logins.
enum class PasswordCost { Interactive, Minimal };

/// Argon2id with a random salt, in the encoded form that carries its own parameters (RFC 9106; libsodium
/// crypto_pwhash_str). Takes as long as `cost` says: call it off the hub threads. Minimal is for tests.
[[nodiscard]] QByteArray hashPassword(const QString &password, PasswordCost cost = PasswordCost::Interactive);

/// Whether the password gives that hash. As slow as hashing, whatever the answer; a malformed hash never
/// matches.
[[nodiscard]] bool verifyPassword(const QString &password, const QByteArray &hash);

} // namespace strop::crypto
