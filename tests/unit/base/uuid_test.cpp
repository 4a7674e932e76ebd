#include "shared/base/uuid.h"

#include "shared/base/ids.h"
#include "tests/unit/expect.h"

using namespace strop;

namespace {

Uuid parsed(const QString &text)
{
    return Uuid::fromString(text).value();
}

} // namespace

TEST(UuidV7, BeginsWithTheMillisecondsAndCarriesVersionAndVariant)
{
    SeededRandom random(1);
    // The instant of the example in RFC 9562, appendix A.6.
    for (int i = 0; i < 100; ++i) {
        const Uuid id = Uuid::v7(instantFromMs(0x017F22E279B0), random);
        EXPECT_TRUE(id.toString().startsWith(u"017f22e2-79b0-7"_qs)) << id.toString().toStdString();
        EXPECT_EQ(quint8(id.toBytes().at(8)) >> 6, 0b10);
    }
}

TEST(UuidV7, SortsByTimeOfCreation)
{
    SeededRandom random(7);
    Uuid earlier = Uuid::v7(instantFromMs(0), random);
    for (const qint64 ms : {1LL, 255LL, 256LL, 65'536LL, 1'700'000'000'000LL, 1'700'000'000'001LL}) {
        const Uuid later = Uuid::v7(instantFromMs(ms), random);
        EXPECT_LT(earlier, later) << ms;
        EXPECT_LT(earlier.toBytes(), later.toBytes()) << "bytes must sort as ids do, SQL compares those";
        earlier = later;
    }
}

TEST(UuidV7, OfOneMillisecondAreDistinct)
{
    SeededRandom random(3);
    std::set<Uuid> ids;
    for (int i = 0; i < 1000; ++i)
        ids.insert(Uuid::v7(instantFromMs(42), random));
    EXPECT_EQ(ids.size(), 1000U);
}

TEST(UuidV5, GivesThePublishedExample)
{
    // RFC 9562, appendix A.4: the DNS namespace and www.example.com.
    const Uuid dns = parsed(u"6ba7b810-9dad-11d1-80b4-00c04fd430c8"_qs);
    EXPECT_EQ(Uuid::v5(dns, u"www.example.com"_qs).toString(), u"2ed6657d-e927-568b-95e1-2665a8aea6a2"_qs);
}

TEST(Uuid, ReadsItsTextInAnyCaseAndNothingElse)
{
    const QString text = u"0190c2a1-7b3e-7abc-8def-0123456789ab"_qs;
    EXPECT_EQ(parsed(text).toString(), text);
    EXPECT_EQ(parsed(text.toUpper()), parsed(text));
    for (const QString &bad : {u""_qs, u"0190c2a1"_qs, text + u'0', text.left(35), u'{' + text.left(35),
                               QString(text).replace(u'-', u'0'), QString(text).replace(0, 1, u'g')})
        EXPECT_FALSE(Uuid::fromString(bad)) << bad.toStdString();
}

TEST(Uuid, ReadsExactlySixteenBytes)
{
    const Uuid id = parsed(u"0190c2a1-7b3e-7abc-8def-0123456789ab"_qs);
    EXPECT_EQ(Uuid::fromBytes(id.toBytes()), id);
    EXPECT_FALSE(Uuid::fromBytes(id.toBytes().left(15)));
    EXPECT_FALSE(Uuid::fromBytes(id.toBytes() + 'x'));
    EXPECT_FALSE(Uuid::fromBytes({}));
}

TEST(Uuid, NilStandsForNoneAndCanBeSpelt)
{
    EXPECT_TRUE(Uuid().isNil());
    EXPECT_EQ(Uuid::fromString(Uuid().toString()), Uuid());
    EXPECT_TRUE(ShopId().isNil());
    EXPECT_FALSE(parsed(u"00000000-0000-0000-0000-000000000001"_qs).isNil());
}
