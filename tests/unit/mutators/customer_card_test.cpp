#include "shared/mutators/customer_card.h"

#include "tests/unit/expect.h"

#include <QCborMap>

using namespace strop;
using namespace strop::mutators;
using namespace strop::test;

namespace {

QByteArray cbor(const QCborValue &value)
{
    return value.toCbor();
}

} // namespace

TEST(CustomerCard, ReadsBackFromItsBytes)
{
    for (const CustomerCard &card :
         {CustomerCard{u"Elena Ruiz"_qs, u"+34600111222"_qs}, CustomerCard{QString(120, u'Ж'), u"12345"_qs},
          CustomerCard{u"小林"_qs, u"+81312345678"_qs, u"k@example.com"_qs}})
        EXPECT_EQ(must(decodeCard(encodeCard(card))), card);
}

TEST(CustomerCard, IsAMultipleOf64BytesLongWhateverTheName)
{
    QSet<qsizetype> lengths;
    for (int letters = 1; letters <= 120; ++letters) {
        const QByteArray bytes = encodeCard({QString(letters, u'a'), u"+34600111222"_qs});
        EXPECT_EQ(bytes.size() % 64, 0) << letters;
        EXPECT_EQ(must(decodeCard(bytes)).name.size(), letters);
        lengths.insert(bytes.size());
    }
    EXPECT_LE(lengths.size(), 4) << "120 names are told apart by 4 lengths at most";
}

TEST(CustomerCard, IgnoresKeysOfANewerKiosk)
{
    const QCborMap map{{u"name"_qs, u"Elena"_qs}, {u"phone"_qs, u"600111222"_qs}, {u"pronoun"_qs, 7}};
    EXPECT_EQ(must(decodeCard(cbor(map))).name, u"Elena"_qs);
}

TEST(CustomerCard, RefusesHostileBytes)
{
    const QByteArray good = encodeCard({u"Elena"_qs, u"600111222"_qs});
    for (qsizetype size = 0; size < good.size(); ++size)
        EXPECT_THAT(decodeCard(good.left(size)), FailsWith(ErrorCode::SealBroken)) << size;
    EXPECT_THAT(decodeCard(good + 'x'), FailsWith(ErrorCode::SealBroken));
    EXPECT_THAT(decodeCard(QByteArray(1000, '\x81')), FailsWith(ErrorCode::SealBroken));
    for (const QCborValue &bad :
         {QCborValue(7), QCborValue(QCborMap{}), QCborValue(QCborMap{{u"name"_qs, u"Elena"_qs}}),
          QCborValue(QCborMap{{u"name"_qs, 1}, {u"phone"_qs, u"1"_qs}}),
          QCborValue(QCborMap{{u"name"_qs, u"E"_qs}, {u"phone"_qs, QByteArray("1")}}),
          QCborValue(QCborMap{{u"name"_qs, u"E"_qs}, {u"phone"_qs, u"1"_qs}, {u"email"_qs, 5}})})
        EXPECT_THAT(decodeCard(cbor(bad)), FailsWith(ErrorCode::SealBroken));
}
