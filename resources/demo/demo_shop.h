#pragma once

#include "shared/mutators/mutation.h"

#include <QDate>
#include <vector>

/// A made-up barbershop with a past, for demonstrations, tests and benches.
namespace strop::demo {

struct DemoOptions
{
    quint64 seed = 1;
    QDate today; ///< In the shop's zone; must be valid. Always open, unlike other Sundays and holidays.

    /// If given, today's appointments that are over by then are done, and those under way are in the chair.
    std::optional<Instant> now;

    QString zone = QStringLiteral("Europe/London"); ///< IANA zone. Names, currency and phones stay British.
    int historyDays = 365;                          ///< Days before today that have appointments; 0 or more.
    int barbers = 6;                                ///< 1 to 8.
    double fill = 0.5; ///< The booked share of the time that today's barbers work, 0 to 0.9.
};

struct DemoShop
{
    ShopId shop;
    std::vector<StaffId> staff;
    std::vector<ServiceId> services;

    /// Sent in this order by an owner of an existing business, every one is accepted. business.create is not
    /// among them.
    std::vector<mutators::Mutation> mutations;
};

/// The same options give the same shop, byte for byte, on every machine: no clock and no other randomness.
/// A year takes well under a second in a release build.
///
/// Appointments stand on the booking grid, within their barber's hours, and none that keeps a barber busy
/// overlaps another. Those before today are done, missed or cancelled; those of today and of the two weeks
/// after it are booked or confirmed. All phone numbers lie in the range +44 7700 900000 to 900999, which
/// Ofcom reserves for drama and which reaches nobody.
[[nodiscard]] DemoShop makeDemoShop(const DemoOptions &options);

} // namespace strop::demo
