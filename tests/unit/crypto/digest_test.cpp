#include "shared/crypto/digest.h"

#include "tests/unit/expect.h"

using namespace strop::crypto;

namespace {

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

} // namespace

// Computed with Python's hashlib.blake2b(digest_size=32), another implementation of RFC 7693.
TEST(Digest, IsBlake2bWith256Bits)
{
    EXPECT_EQ(digest(""), hex("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"));
    EXPECT_EQ(digest("abc"), hex("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"));
    QByteArray everyByte;
    for (int i = 0; i < 256; ++i)
        everyByte += char(i);
    EXPECT_EQ(digest(everyByte), hex("39a7eb9fedc19aabc83425c6755dd90e6f9d0c804964a1f4aaeea3b9fb599835"));
}

TEST(RandomBytes, AreAsManyAsAskedForAndNeverTheSame)
{
    EXPECT_EQ(randomBytes(0).size(), 0);
    EXPECT_EQ(randomBytes(33).size(), 33);
    EXPECT_NE(randomBytes(16), randomBytes(16));
}

TEST(EqualInConstantTime, AnswersAsAnOrdinaryComparisonDoes)
{
    EXPECT_TRUE(equalInConstantTime("", ""));
    EXPECT_TRUE(equalInConstantTime("secret", "secret"));
    EXPECT_FALSE(equalInConstantTime("secret", "secreT"));
    EXPECT_FALSE(equalInConstantTime("secret", "secret "));
    EXPECT_FALSE(equalInConstantTime("", "s"));
}
