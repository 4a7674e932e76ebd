#include "client/onboarding/this_machine.h"

#include "shared/domain/wall_time.h"

#include <QLocale>

namespace strop::client {

QString systemZone()
{
    const QString zone = QString::fromLatin1(QTimeZone::systemTimeZoneId());
    return domain::zoneNamed(zone) ? zone : QStringLiteral("UTC");
}

QString systemCurrency()
{
    const QString code = QLocale().currencySymbol(QLocale::CurrencyIsoCode);
    return code.isEmpty() ? QStringLiteral("EUR") : code;
}

QString systemLanguage()
{
    return QLocale().bcp47Name();
}

} // namespace strop::client
