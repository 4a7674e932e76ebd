#pragma once

#include "shared/base/result.h"

#include <QByteArray>

/// Sealed boxes: whoever has the public half of a key can put something in, and only the secret half takes it
/// out again; the one who sealed it cannot. libsodium's crypto_box_seal
/// (https://doc.libsodium.org/public-key_cryptography/sealed_boxes): a fresh X25519 key pair (RFC 7748) for
/// each box, the message under XSalsa20-Poly1305 with the shared secret, and a nonce that is the BLAKE2b of
/// both public keys. Two boxes of one message have no byte in common but by chance.
namespace strop::crypto {

/// The public half: a point of Curve25519 that a box can be sealed to.
class SealingKey
{
public:
    static constexpr qsizetype size = 32;

    /// How much longer a box is than what is in it.
    static constexpr qsizetype overhead = 48;

    /// InvalidArgument for anything but 32 bytes, and for a point of low order, whose boxes everybody could
    /// open (RFC 7748 §6.1).
    [[nodiscard]] static Result<SealingKey> fromBytes(const QByteArray &bytes);

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }

    /// Randomised: never the same box twice.
    [[nodiscard]] QByteArray seal(QByteArrayView message) const;

    friend bool operator==(const SealingKey &, const SealingKey &) = default;

private:
    friend class OpeningKey;
    explicit SealingKey(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {}

    QByteArray m_bytes;
};

/// The secret half. Whoever holds its bytes opens every box that was ever sealed to it.
class OpeningKey
{
public:
    static constexpr qsizetype size = 32;

    [[nodiscard]] static OpeningKey generate();

    /// From stored bytes, exactly 32; InvalidArgument otherwise.
    [[nodiscard]] static Result<OpeningKey> fromBytes(const QByteArray &secret);

    [[nodiscard]] const QByteArray &bytes() const { return m_secret; }
    [[nodiscard]] const SealingKey &sealingKey() const { return m_public; }

    /// What was sealed. SealBroken for a box that was sealed to another key, was changed or is none at all:
    /// which of them cannot be told.
    [[nodiscard]] Result<QByteArray> open(QByteArrayView box) const;

private:
    explicit OpeningKey(QByteArray secret);

    QByteArray m_secret;
    SealingKey m_public;
};

} // namespace strop::crypto
