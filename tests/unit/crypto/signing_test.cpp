#include "shared/crypto/signing.h"

#include "tests/unit/expect.h"

using namespace strop;
using namespace strop::crypto;
using namespace strop::test;

TEST(SigningKey, GivesTheKeysAndSignaturesOfRfc8032)
{
    // §7.1, test 2.
    const auto seed = QByteArray::fromHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    const SigningKey key = SigningKey::fromSeed(seed).value();
    EXPECT_EQ(key.publicKey(),
              QByteArray::fromHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    EXPECT_EQ(key.sign("\x72"),
              QByteArray::fromHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                  "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
}

TEST(SigningKey, ComesBackFromItsSeed)
{
    const SigningKey key = SigningKey::generate();
    const SigningKey again = SigningKey::fromSeed(key.seed()).value();
    EXPECT_EQ(again.publicKey(), key.publicKey());
    EXPECT_NE(SigningKey::generate().publicKey(), key.publicKey());
}

TEST(SigningKey, RefusesASeedOfAnotherSize)
{
    for (const qsizetype size : {0, 31, 33, 64})
        EXPECT_THAT(SigningKey::fromSeed(QByteArray(size, 'x')), FailsWith(ErrorCode::InvalidArgument))
            << size;
}

TEST(Signature, HoldsForItsMessageAndKeyAlone)
{
    const SigningKey key = SigningKey::generate();
    const QByteArray message = "book a cut at ten";
    const QByteArray signature = key.sign(message);
    EXPECT_TRUE(verifySignature(message, signature, key.publicKey()));
    EXPECT_FALSE(verifySignature("book a cut at two", signature, key.publicKey()));
    EXPECT_FALSE(verifySignature(message, signature, SigningKey::generate().publicKey()));
}

TEST(Signature, FailsOnceAnyOfItsBitsIsTurned)
{
    const SigningKey key = SigningKey::generate();
    const QByteArray signature = key.sign("message");
    for (int bit = 0; bit < signature.size() * 8; ++bit) {
        QByteArray forged = signature;
        forged[bit / 8] = char(forged[bit / 8] ^ (1 << (bit % 8)));
        ASSERT_FALSE(verifySignature("message", forged, key.publicKey())) << bit;
    }
}

TEST(Signature, FailsWithoutReadingPastKeysAndSignaturesOfTheWrongSize)
{
    const SigningKey key = SigningKey::generate();
    const QByteArray signature = key.sign("message");
    EXPECT_FALSE(verifySignature("message", signature.left(63), key.publicKey()));
    EXPECT_FALSE(verifySignature("message", signature + '\0', key.publicKey()));
    EXPECT_FALSE(verifySignature("message", {}, key.publicKey()));
    EXPECT_FALSE(verifySignature("message", signature, key.publicKey().left(31)));
    EXPECT_FALSE(verifySignature("message", signature, {}));
}
