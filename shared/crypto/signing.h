#pragma once

#include "shared/base/result.h"

#include <QByteArray>

namespace strop::crypto {

/// An Ed25519 key pair (RFC 8032): a device's identity. Only the public half ever leaves the device.
class SigningKey
{
public:
    static constexpr qsizetype seedSize = 32;
    static constexpr qsizetype publicKeySize = 32;
    static constexpr qsizetype signatureSize = 64;

    [[nodiscard]] static SigningKey generate();

    /// From a stored seed of exactly 32 bytes; InvalidArgument otherwise.
    [[nodiscard]] static Result<SigningKey> fromSeed(const QByteArray &seed);

    [[nodiscard]] const QByteArray &seed() const { return m_seed; }
    [[nodiscard]] const QByteArray &publicKey() const { return m_public; }
    [[nodiscard]] QByteArray sign(QByteArrayView message) const;

private:
    explicit SigningKey(QByteArray seed);

    QByteArray m_seed;
    QByteArray m_public;
    QByteArray m_secret;
};

/// False for anything but a valid signature by that key, sizes included.
[[nodiscard]] bool verifySignature(QByteArrayView message, const QByteArray &signature,
                                   const QByteArray &publicKey);

} // namespace strop::crypto
