#pragma once

#include <QLocale>
#include <QString>

namespace strop {

/// An amount in whole minor units (cents, pence, yen) of an ISO 4217 currency. Never a floating-point number.
struct Money
{
    qint64 minorUnits = 0;
    QString currency; ///< Three capital letters: "EUR".

    /// The sum; both must be of one currency and must not overflow (asserted).
    friend Money operator+(const Money &a, const Money &b);
    friend bool operator==(const Money &, const Money &) = default;

    /// As people of that locale write it: "€24.00", "24,00 €".
    [[nodiscard]] QString toString(const QLocale &locale) const;
};

/// Digits behind the decimal point of a currency (ISO 4217): 2 for most, 0 for JPY, 3 for KWD.
[[nodiscard]] int currencyDigits(const QString &currency);

} // namespace strop
