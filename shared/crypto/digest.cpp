#include "shared/crypto/digest.h"

#include <QtGlobal>
#include <sodium.h>

namespace strop::crypto {

void ensureReady()
{
    static const bool ready = sodium_init() >= 0;
    if (!ready)
        qFatal("libsodium cannot start: this machine gives no randomness.");
}

QByteArray digest(QByteArrayView message)
{
    ensureReady();
    QByteArray hash(crypto_generichash_BYTES, Qt::Uninitialized);
    crypto_generichash(reinterpret_cast<unsigned char *>(hash.data()), size_t(hash.size()),
                       reinterpret_cast<const unsigned char *>(message.data()), quint64(message.size()),
                       nullptr, 0);
    return hash;
}

QByteArray randomBytes(qsizetype count)
{
    ensureReady();
    QByteArray bytes(count, Qt::Uninitialized);
    randombytes_buf(bytes.data(), size_t(count));
    return bytes;
}

bool equalInConstantTime(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), size_t(a.size())) == 0;
}

} // namespace strop::crypto
