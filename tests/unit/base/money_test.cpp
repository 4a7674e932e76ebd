#include "shared/base/money.h"

#include "tests/unit/expect.h"

using namespace strop;

namespace {

/// No-break spaces read as plain ones.
QString shown(qint64 minorUnits, const QString &currency, const QString &locale)
{
    return Money{minorUnits, currency}.toString(QLocale(locale)).simplified();
}

} // namespace

TEST(Money, IsWrittenAsPeopleOfTheLocaleWriteIt)
{
    EXPECT_EQ(shown(2400, u"EUR"_qs, u"en_IE"_qs), u"€24.00"_qs);
    EXPECT_EQ(shown(2400, u"EUR"_qs, u"de_DE"_qs), u"24,00 €"_qs);
    EXPECT_EQ(shown(123'456'789, u"USD"_qs, u"en_US"_qs), u"$1,234,567.89"_qs);
    EXPECT_EQ(shown(5, u"GBP"_qs, u"en_GB"_qs), u"£0.05"_qs);
}

TEST(Money, OfAnotherCountryShowsItsCode)
{
    EXPECT_TRUE(shown(2400, u"CHF"_qs, u"en_GB"_qs).contains(u"CHF"_qs));
    EXPECT_TRUE(shown(2400, u"CHF"_qs, u"en_GB"_qs).contains(u"24.00"_qs));
}

TEST(Money, HasTheDigitsOfItsCurrency)
{
    EXPECT_EQ(currencyDigits(u"EUR"_qs), 2);
    EXPECT_EQ(currencyDigits(u"JPY"_qs), 0);
    EXPECT_EQ(currencyDigits(u"KWD"_qs), 3);
    EXPECT_TRUE(shown(1500, u"JPY"_qs, u"ja_JP"_qs).endsWith(u"1,500"_qs));
    EXPECT_TRUE(shown(1500, u"KWD"_qs, u"en_US"_qs).contains(u"1.500"_qs));
}

TEST(Money, KeepsItsSignAndItsLastCentUpToTheBoundOfExactDoubles)
{
    EXPECT_EQ(shown(-501, u"EUR"_qs, u"de_DE"_qs), u"-5,01 €"_qs);
    EXPECT_EQ(shown(9'007'199'254'740'991, u"EUR"_qs, u"en_IE"_qs), u"€90,071,992,547,409.91"_qs);
}

TEST(Money, AddsInWholeMinorUnits)
{
    const Money sum = Money{10, u"EUR"_qs} + Money{-30, u"EUR"_qs};
    EXPECT_EQ(sum, (Money{-20, u"EUR"_qs}));
    EXPECT_FALSE(sum == (Money{-20, u"USD"_qs}));
}
