#include "shared/crypto/password.h"

#include "tests/unit/expect.h"

using namespace strop::crypto;

TEST(Password, MatchesItsOwnHashAndNoOther)
{
    const QString password = u"rasoir & crème 🪒"_qs;
    const QByteArray hash = hashPassword(password, PasswordCost::Minimal);
    EXPECT_TRUE(verifyPassword(password, hash));
    EXPECT_FALSE(verifyPassword(password + u' ', hash));
    EXPECT_FALSE(verifyPassword(password.toUpper(), hash));
    EXPECT_FALSE(verifyPassword({}, hash));
}

TEST(Password, IsSaltedSoThatEqualOnesDoNotShow)
{
    EXPECT_NE(hashPassword(u"same password"_qs, PasswordCost::Minimal),
              hashPassword(u"same password"_qs, PasswordCost::Minimal));
}

TEST(Password, CostsWhatLibsodiumAsksOfALoginUnlessToldOtherwise)
{
    // 64 MiB and two passes, written into the hash itself (RFC 9106 §3.1).
    const QByteArray hash = hashPassword(u"a password"_qs);
    EXPECT_TRUE(hash.startsWith("$argon2id$v=19$m=65536,t=2,p=1$")) << hash.constData();
    EXPECT_TRUE(verifyPassword(u"a password"_qs, hash));
}

TEST(Password, NeverMatchesAMalformedHash)
{
    const QByteArray hash = hashPassword(u"a password"_qs, PasswordCost::Minimal);
    for (const QByteArray &bad : {QByteArray(), QByteArray("$argon2id$"), hash.left(hash.size() - 1),
                                  QByteArray(hash).replace("argon2id", "argon2xx"), QByteArray(4096, '$')})
        EXPECT_FALSE(verifyPassword(u"a password"_qs, bad)) << bad.left(40).constData();
}
