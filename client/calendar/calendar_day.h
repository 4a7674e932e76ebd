#pragma once

#include "client/calendar/calendar_types.h"
#include "shared/net/shop_catalogue.h"

namespace strop::client {

/// An appointment with what its visit and customer say, as the day view's query reads it.
struct DayAppointment
{
    domain::Appointment appointment;
    domain::Customer customer; ///< Nil id for an anonymous walk-in.
    QString note;
    domain::Source source = domain::Source::Desktop;

    friend bool operator==(const DayAppointment &, const DayAppointment &) = default;
};

/// Every appointment that touches a day of a shop, cancelled ones included.
[[nodiscard]] sync::QuerySpec<DayAppointment> dayQuery(ShopId shop, const domain::TimeSpan &day);

/// One day as the view lays it out.
struct CalendarDay
{
    domain::TimeSpan
        shown; ///< From the hour before opening to the hour after closing, as long as anything needs.
    bool open = false;
    std::vector<CalendarColumn> columns;
    std::vector<CalendarCard> cards;
    std::vector<CalendarLine> lines;
    std::vector<CalendarClosure> closures;
};

/// Pure: the layout of `date`. Columns are the barbers in use, and retired ones who have appointments that
/// day.
[[nodiscard]] CalendarDay layOut(const net::ShopCatalogue &catalogue, const QDate &date,
                                 const std::vector<DayAppointment> &appointments);

/// "Booked", "In the chair", … in the user's language.
[[nodiscard]] QString statusText(domain::AppointmentStatus status);

/// The customer's name, or what stands in for it.
[[nodiscard]] QString customerText(const DayAppointment &appointment);

} // namespace strop::client
