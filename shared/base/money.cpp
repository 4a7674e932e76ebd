#include "shared/base/money.h"

#include <cmath>

namespace strop {

Money operator+(const Money &a, const Money &b)
{
    Q_ASSERT(a.currency == b.currency);
    Money sum{0, a.currency};
    [[maybe_unused]] const bool overflow =
        __builtin_add_overflow(a.minorUnits, b.minorUnits, &sum.minorUnits);
    Q_ASSERT(!overflow);
    return sum;
}

QString Money::toString(const QLocale &locale) const
{
    const int digits = currencyDigits(currency);
    const double amount = static_cast<double>(minorUnits) / std::pow(10.0, digits);
    const bool isLocal = locale.currencySymbol(QLocale::CurrencyIsoCode) == currency;
    const QString symbol = isLocal ? locale.currencySymbol() : currency;
    return locale.toCurrencyString(amount, symbol, digits);
}

int currencyDigits(const QString &currency)
{
    static const QStringList none{QStringLiteral("CLP"), QStringLiteral("ISK"), QStringLiteral("JPY"),
                                  QStringLiteral("KRW"), QStringLiteral("PYG"), QStringLiteral("UGX"),
                                  QStringLiteral("VND"), QStringLiteral("XAF"), QStringLiteral("XOF"),
                                  QStringLiteral("XPF")};
    static const QStringList three{QStringLiteral("BHD"), QStringLiteral("IQD"), QStringLiteral("JOD"),
                                   QStringLiteral("KWD"), QStringLiteral("LYD"), QStringLiteral("OMR"),
                                   QStringLiteral("TND")};
    if (none.contains(currency))
        return 0;
    return three.contains(currency) ? 3 : 2;
}

} // namespace strop
