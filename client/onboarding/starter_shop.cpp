#include "client/onboarding/starter_shop.h"

#include "shared/base/money.h"
#include "shared/mutators/arguments.h"

#include <QCoreApplication>

namespace strop::client {

using mutators::makeMutation;

namespace {

struct StarterService
{
    const char *name;
    const char *category;
    int minutes;
    int price; ///< In major units: an owner corrects it, but never by orders of magnitude.
};

constexpr StarterService starterServices[] = {
    {QT_TRANSLATE_NOOP("StarterShop", "Haircut"), QT_TRANSLATE_NOOP("StarterShop", "Hair"), 30, 25},
    {QT_TRANSLATE_NOOP("StarterShop", "Beard trim"), QT_TRANSLATE_NOOP("StarterShop", "Beard"), 15, 15},
    {QT_TRANSLATE_NOOP("StarterShop", "Cut and beard"), QT_TRANSLATE_NOOP("StarterShop", "Hair"), 45, 35},
    {QT_TRANSLATE_NOOP("StarterShop", "Hot towel shave"), QT_TRANSLATE_NOOP("StarterShop", "Beard"), 30, 25},
    {QT_TRANSLATE_NOOP("StarterShop", "Children's cut"), QT_TRANSLATE_NOOP("StarterShop", "Hair"), 30, 18},
};

constexpr domain::WallInterval openingTime{9 * 60, 19 * 60};
constexpr int saturday = 6;

QString tr(const char *text)
{
    return QCoreApplication::translate("StarterShop", text);
}

} // namespace

std::vector<mutators::Mutation> starterShop(const ShopDetails &details, const Clock &clock, Random &random)
{
    domain::Shop shop;
    shop.id = newId<ShopId>(clock, random);
    shop.name = details.shopName;
    shop.zone = details.zone;
    shop.currency = details.currency;
    shop.locale = details.locale;
    std::vector<mutators::Mutation> writes{makeMutation(shop)};
    for (int weekday = 1; weekday <= saturday; ++weekday)
        writes.push_back(makeMutation(domain::HoursRule{
            newId<HoursId>(clock, random), shop.id, std::nullopt, weekday, {}, {openingTime}, false}));
    writes.push_back(
        makeMutation(domain::Staff{newId<StaffId>(clock, random), shop.id, details.barberName, 0, 0, false}));
    qint64 minor = 1;
    for (int digit = 0; digit < currencyDigits(details.currency); ++digit)
        minor *= 10;
    qint64 rank = 0;
    for (const StarterService &one : starterServices)
        writes.push_back(
            makeMutation(domain::Service{newId<ServiceId>(clock, random), shop.id, tr(one.name),
                                         tr(one.category), one.minutes, one.price * minor, rank++, false}));
    return writes;
}

} // namespace strop::client
