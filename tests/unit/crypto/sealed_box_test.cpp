#include "shared/crypto/sealed_box.h"

#include "tests/unit/expect.h"

#include <sodium.h>

/// What a kiosk seals, only the holder of the secret key reads, and only unchanged.

using namespace strop;
using namespace strop::crypto;
using namespace strop::test;

namespace {

const QByteArray message = "Elena Ruiz, +34600111222";

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

} // namespace

TEST(SealedBox, GivesThePublicKeyOfRfc7748)
{
    // §6.1, Alice.
    const auto secret =
        QByteArray::fromHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    EXPECT_EQ(must(OpeningKey::fromBytes(secret)).sealingKey().bytes(),
              QByteArray::fromHex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"));
}

TEST(SealedBox, OpensWithTheSecretHalfToWhatWasSealed)
{
    const OpeningKey key = OpeningKey::generate();
    for (const QByteArray &one : {message, QByteArray(""), QByteArray(5000, '\xff')}) {
        const QByteArray box = key.sealingKey().seal(one);
        EXPECT_EQ(box.size(), one.size() + SealingKey::overhead);
        EXPECT_EQ(must(key.open(box)), one);
    }
}

TEST(SealedBox, IsMadeAsItsDocumentationSays)
{
    const OpeningKey key = OpeningKey::generate();
    const QByteArray box = key.sealingKey().seal(message);
    const QByteArray ephemeral = box.left(SealingKey::size);
    const QByteArray both = ephemeral + key.sealingKey().bytes();
    QByteArray nonce(crypto_box_NONCEBYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char *>(nonce.data()), size_t(nonce.size()), raw(both),
                       quint64(both.size()), nullptr, 0);
    const QByteArray rest = box.mid(SealingKey::size);
    QByteArray opened(rest.size() - qsizetype(crypto_box_MACBYTES), '\0');
    ASSERT_EQ(crypto_box_open_easy(reinterpret_cast<unsigned char *>(opened.data()), raw(rest),
                                   quint64(rest.size()), raw(nonce), raw(ephemeral), raw(key.bytes())),
              0);
    EXPECT_EQ(opened, message);
}

TEST(SealedBox, OfOneMessageIsAnotherEachTimeAndHoldsNoneOfIt)
{
    const OpeningKey key = OpeningKey::generate();
    const QByteArray first = key.sealingKey().seal(message);
    EXPECT_NE(first, key.sealingKey().seal(message));
    EXPECT_NE(first.left(32), key.sealingKey().seal(message).left(32));
    for (qsizetype at = 0; at + 4 <= message.size(); ++at)
        EXPECT_FALSE(first.contains(message.mid(at, 4))) << at;
}

TEST(SealedBox, DoesNotOpenWithAnotherKey)
{
    const QByteArray box = OpeningKey::generate().sealingKey().seal(message);
    EXPECT_THAT(OpeningKey::generate().open(box), FailsWith(ErrorCode::SealBroken));
}

TEST(SealedBox, DoesNotOpenOnceAnyOfItsBitsIsTurned)
{
    const OpeningKey key = OpeningKey::generate();
    const QByteArray box = key.sealingKey().seal(message);
    for (qsizetype bit = 0; bit < box.size() * 8; ++bit) {
        QByteArray changed = box;
        changed[bit / 8] = char(changed[bit / 8] ^ (1 << (bit % 8)));
        const auto opened = key.open(changed);
        // X25519 ignores the highest bit of a point (RFC 7748 §5), but the nonce is over all of it.
        ASSERT_FALSE(opened) << bit;
        ASSERT_EQ(opened.error().code, ErrorCode::SealBroken) << bit;
    }
}

TEST(SealedBox, ThatIsCutOrLengthenedIsRefusedWithoutReadingPastIt)
{
    const OpeningKey key = OpeningKey::generate();
    const QByteArray box = key.sealingKey().seal(message);
    for (qsizetype size = 0; size < box.size(); ++size)
        EXPECT_THAT(key.open(box.left(size)), FailsWith(ErrorCode::SealBroken)) << size;
    EXPECT_THAT(key.open(box + '\0'), FailsWith(ErrorCode::SealBroken));
    EXPECT_THAT(key.open(QByteArray(200, '\0')), FailsWith(ErrorCode::SealBroken));
}

TEST(SealedBox, KeysComeBackFromTheirBytes)
{
    const OpeningKey key = OpeningKey::generate();
    const OpeningKey again = must(OpeningKey::fromBytes(key.bytes()));
    const SealingKey outside = must(SealingKey::fromBytes(key.sealingKey().bytes()));
    EXPECT_EQ(outside, key.sealingKey());
    EXPECT_EQ(must(again.open(outside.seal(message))), message);
    EXPECT_NE(OpeningKey::generate().bytes(), key.bytes());
}

TEST(SealedBox, RefusesKeysThatCannotBeOne)
{
    for (const qsizetype size : {0, 31, 33, 64}) {
        EXPECT_THAT(SealingKey::fromBytes(QByteArray(size, 'x')), FailsWith(ErrorCode::InvalidArgument));
        EXPECT_THAT(OpeningKey::fromBytes(QByteArray(size, 'x')), FailsWith(ErrorCode::InvalidArgument));
    }
    // Points of low order: 0, 1, and one of order 8.
    for (const char *point : {"0000000000000000000000000000000000000000000000000000000000000000",
                              "0100000000000000000000000000000000000000000000000000000000000000",
                              "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"})
        EXPECT_THAT(SealingKey::fromBytes(QByteArray::fromHex(point)), FailsWith(ErrorCode::InvalidArgument));
}
