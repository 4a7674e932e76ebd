#pragma once

#include <QByteArray>

/// The cryptography of Strop: libsodium behind typed functions. Everything here is thread-safe.
namespace strop::crypto {

/// Starts libsodium; every function here calls it itself. Aborts when the machine has no source of
/// randomness.
void ensureReady();

/// BLAKE2b with 256 bits (RFC 7693).
[[nodiscard]] QByteArray digest(QByteArrayView message);

/// Bytes from the operating system's generator, fit for keys.
[[nodiscard]] QByteArray randomBytes(qsizetype count);

/// Compares in a time that depends on the length alone.
[[nodiscard]] bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

} // namespace strop::crypto
