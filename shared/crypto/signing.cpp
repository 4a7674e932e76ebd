#include "shared/crypto/signing.h"

#include "shared/crypto/digest.h"

#include <sodium.h>

namespace strop::crypto {
namespace {

const unsigned char *raw(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

unsigned char *raw(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

} // namespace

SigningKey::SigningKey(QByteArray seed)
    : m_seed(std::move(seed))
    , m_public(publicKeySize, Qt::Uninitialized)
    , m_secret(crypto_sign_SECRETKEYBYTES, Qt::Uninitialized)
{
    ensureReady();
    crypto_sign_seed_keypair(raw(m_public), raw(m_secret), raw(QByteArrayView(m_seed)));
}

SigningKey SigningKey::generate()
{
    return SigningKey(randomBytes(seedSize));
}

Result<SigningKey> SigningKey::fromSeed(const QByteArray &seed)
{
    if (seed.size() != seedSize)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("This device's key is damaged. Pair the device with the shop again."));
    return SigningKey(seed);
}

QByteArray SigningKey::sign(QByteArrayView message) const
{
    QByteArray signature(signatureSize, Qt::Uninitialized);
    crypto_sign_detached(raw(signature), nullptr, raw(message), quint64(message.size()),
                         raw(QByteArrayView(m_secret)));
    return signature;
}

bool verifySignature(QByteArrayView message, const QByteArray &signature, const QByteArray &publicKey)
{
    ensureReady();
    return signature.size() == SigningKey::signatureSize && publicKey.size() == SigningKey::publicKeySize &&
           crypto_sign_verify_detached(raw(QByteArrayView(signature)), raw(message), quint64(message.size()),
                                       raw(QByteArrayView(publicKey))) == 0;
}

} // namespace strop::crypto
