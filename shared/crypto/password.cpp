#include "shared/crypto/password.h"

#include "shared/crypto/digest.h"

#include <new>
#include <sodium.h>

namespace strop::crypto {

QByteArray hashPassword(const QString &password, PasswordCost cost)
{
    ensureReady();
    const QByteArray utf8 = password.toUtf8();
    const bool minimal = cost == PasswordCost::Minimal;
    QByteArray hash(crypto_pwhash_STRBYTES, '\0');
    const int outcome =
        crypto_pwhash_str_alg(hash.data(), utf8.constData(), quint64(utf8.size()),
                              minimal ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              minimal ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE,
                              crypto_pwhash_ALG_ARGON2ID13);
    if (outcome != 0)
        throw std::bad_alloc(); // the only failure it knows
    hash.truncate(qsizetype(qstrlen(hash.constData())));
    return hash;
}

bool verifyPassword(const QString &password, const QByteArray &hash)
{
    ensureReady();
    const QByteArray utf8 = password.toUtf8();
    return crypto_pwhash_str_verify(hash.constData(), utf8.constData(), quint64(utf8.size())) == 0;
}

} // namespace strop::crypto
