#include "shared/crypto/sealed_box.h"

#include "shared/crypto/digest.h"

#include <sodium.h>

namespace strop::crypto {
namespace {

static_assert(SealingKey::size == crypto_box_PUBLICKEYBYTES);
static_assert(SealingKey::overhead == crypto_box_SEALBYTES);
static_assert(OpeningKey::size == crypto_box_SECRETKEYBYTES);

const unsigned char *raw(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

unsigned char *raw(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

QByteArray publicHalf(const QByteArray &secret)
{
    ensureReady();
    QByteArray point(SealingKey::size, Qt::Uninitialized);
    crypto_scalarmult_base(raw(point), raw(QByteArrayView(secret)));
    return point;
}

/// A point of low order gives the secret zero with every scalar, which libsodium reports.
bool isOfLowOrder(const QByteArray &point)
{
    ensureReady();
    const QByteArray scalar(crypto_scalarmult_SCALARBYTES, '\x01');
    QByteArray shared(crypto_scalarmult_BYTES, Qt::Uninitialized);
    return crypto_scalarmult(raw(shared), raw(QByteArrayView(scalar)), raw(QByteArrayView(point))) != 0;
}

} // namespace

Result<SealingKey> SealingKey::fromBytes(const QByteArray &bytes)
{
    if (bytes.size() != size || isOfLowOrder(bytes))
        return fail(ErrorCode::InvalidArgument, QStringLiteral("This is not a public key of X25519."));
    return SealingKey(bytes);
}

QByteArray SealingKey::seal(QByteArrayView message) const
{
    QByteArray box(message.size() + overhead, Qt::Uninitialized);
    const int sealed =
        crypto_box_seal(raw(box), raw(message), quint64(message.size()), raw(QByteArrayView(m_bytes)));
    if (sealed != 0)
        qFatal("A box was not sealed."); // only to a point of low order, which no SealingKey is
    return box;
}

OpeningKey::OpeningKey(QByteArray secret)
    : m_secret(std::move(secret))
    , m_public(publicHalf(m_secret))
{}

OpeningKey OpeningKey::generate()
{
    return OpeningKey(randomBytes(size));
}

Result<OpeningKey> OpeningKey::fromBytes(const QByteArray &secret)
{
    if (secret.size() != size)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("The secret key of a business is damaged. Restore the newest backup."));
    return OpeningKey(secret);
}

Result<QByteArray> OpeningKey::open(QByteArrayView box) const
{
    const auto broken = [] {
        return fail(ErrorCode::SealBroken,
                    QStringLiteral("What was typed was sealed to another key, or was changed on its way."));
    };
    if (box.size() < SealingKey::overhead)
        return broken();
    QByteArray message(box.size() - SealingKey::overhead, Qt::Uninitialized);
    if (crypto_box_seal_open(raw(message), raw(box), quint64(box.size()),
                             raw(QByteArrayView(m_public.bytes())), raw(QByteArrayView(m_secret))) != 0)
        return broken();
    return message;
}

} // namespace strop::crypto
