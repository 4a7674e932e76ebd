#include "shared/domain/entities.h"

#include <array>

namespace strop::domain {
namespace {

constexpr std::array statusNames{"booked", "confirmed", "arrived",  "in_chair",
                                 "done",   "no_show",   "cancelled"};
constexpr std::array sourceNames{"desktop", "kiosk", "import"};

template <typename Enum, size_t Count>
std::optional<Enum> fromName(const std::array<const char *, Count> &names, QStringView name)
{
    for (size_t i = 0; i < Count; ++i) {
        if (name == QLatin1String(names[i]))
            return Enum(i);
    }
    return std::nullopt;
}

} // namespace

bool occupiesBarber(AppointmentStatus status)
{
    return status != AppointmentStatus::Cancelled && status != AppointmentStatus::NoShow;
}

bool mayFollow(AppointmentStatus from, AppointmentStatus)
{
    return from != AppointmentStatus::Cancelled;
}

QLatin1String statusName(AppointmentStatus status)
{
    return QLatin1String(statusNames.at(size_t(status)));
}

std::optional<AppointmentStatus> statusFromName(QStringView name)
{
    return fromName<AppointmentStatus>(statusNames, name);
}

QLatin1String sourceName(Source source)
{
    return QLatin1String(sourceNames.at(size_t(source)));
}

std::optional<Source> sourceFromName(QStringView name)
{
    return fromName<Source>(sourceNames, name);
}

CustomerId customerIdFor(ShopId shop, const QString &name, const QString &phone)
{
    const QString person = normalisedPhone(phone) + u'\n' + name.simplified().toCaseFolded();
    return CustomerId{Uuid::v5(shop.uuid, person)};
}

QString normalisedPhone(const QString &typed)
{
    QString digits;
    for (const QChar letter : typed) {
        if (letter.isDigit())
            digits += QString::number(letter.digitValue());
    }
    if (digits.size() < 5 || digits.size() > 15)
        return {};
    return typed.trimmed().startsWith(u'+') ? u'+' + digits : digits;
}

} // namespace strop::domain
