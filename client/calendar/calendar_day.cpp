#include "client/calendar/calendar_day.h"

#include <QCoreApplication>

namespace strop::client {

using namespace domain;
using storage::RowReader;

namespace {

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("Calendar", text, nullptr, count);
}

int minutesBetween(Instant from, Instant to)
{
    return int(std::chrono::duration_cast<std::chrono::minutes>(to - from).count());
}

/// What is shown without any hours or appointments: nine to six.
constexpr int defaultFromMinute = 9 * 60;
constexpr int defaultToMinute = 18 * 60;

TimeSpan shownSpan(const net::ShopCatalogue &catalogue, const QDate &date,
                   const std::vector<DayAppointment> &appointments)
{
    const QTimeZone &zone = catalogue.zone();
    const TimeSpan day = daySpan(date, zone);
    const std::vector<TimeSpan> opening = openingSpans(catalogue.hours(), date, zone);
    TimeSpan shown{instantAt(date, defaultFromMinute, zone), instantAt(date, defaultToMinute, zone)};
    if (!opening.empty())
        shown = {opening.front().start, opening.back().end};
    for (const DayAppointment &one : appointments) {
        shown.start = std::min(shown.start, one.appointment.start);
        shown.end = std::max(shown.end, one.appointment.end);
    }
    // To whole hours of the wall clock, within the day.
    const WallMinute first = wallMinuteOf(std::max(shown.start, day.start), zone);
    const WallMinute last = wallMinuteOf(std::min(shown.end, day.end) - Millis(1), zone);
    return {std::max(day.start, instantAt(date, first.minute / 60 * 60, zone)),
            std::min(day.end, instantAt(date, std::min(24 * 60, (last.minute / 60 + 1) * 60), zone))};
}

std::vector<CalendarLine> linesOf(const net::ShopCatalogue &catalogue, const TimeSpan &shown)
{
    std::vector<CalendarLine> lines;
    constexpr std::chrono::minutes step(30);
    for (Instant at = shown.start; at <= shown.end; at += step) {
        const bool whole = wallMinuteOf(at, catalogue.zone()).minute % 60 == 0;
        lines.push_back({minutesBetween(shown.start, at), whole ? catalogue.timeText(at) : QString()});
    }
    return lines;
}

std::vector<CalendarClosure> closuresOf(int column, const TimeSpan &shown,
                                        const std::vector<TimeSpan> &working)
{
    std::vector<CalendarClosure> closures;
    Instant closedFrom = shown.start;
    const auto close = [&](Instant until) {
        if (until > closedFrom)
            closures.push_back(
                {column, minutesBetween(shown.start, closedFrom), minutesBetween(closedFrom, until)});
    };
    for (const TimeSpan &span : working) {
        close(std::min(span.start, shown.end));
        closedFrom = std::max(closedFrom, span.end);
    }
    close(shown.end);
    return closures;
}

std::vector<Staff> barbersOf(const net::ShopCatalogue &catalogue,
                             const std::vector<DayAppointment> &appointments)
{
    std::vector<Staff> barbers = catalogue.staff();
    for (const DayAppointment &one : appointments) {
        const auto known = [&](const Staff &barber) { return barber.id == one.appointment.staffId; };
        if (std::none_of(barbers.begin(), barbers.end(), known) && occupiesBarber(one.appointment.status))
            barbers.push_back(catalogue.staffOf(one.appointment.staffId));
    }
    return barbers;
}

CalendarCard cardOf(const net::ShopCatalogue &catalogue, const DayAppointment &day, const TimeSpan &shown,
                    int column, int hue)
{
    const Appointment &one = day.appointment;
    CalendarCard card;
    card.id = one.id;
    card.column = column;
    card.startMinute = minutesBetween(shown.start, one.start);
    card.minutes = minutesBetween(one.start, one.end);
    card.time = QStringLiteral("%1 – %2").arg(catalogue.timeText(one.start), catalogue.timeText(one.end));
    card.customer = customerText(day);
    card.service = catalogue.serviceOf(one.serviceId).name;
    card.price = catalogue.priceText(one.priceMinor);
    card.status = statusName(one.status);
    card.statusText = statusText(one.status);
    card.hue = hue;
    card.faint = !occupiesBarber(one.status);
    return card;
}

Appointment readAppointment(const RowReader &row)
{
    return {row.id<AppointmentId>(0),
            row.id<ShopId>(1),
            row.id<VisitId>(2),
            row.id<StaffId>(3),
            row.id<ServiceId>(4),
            row.instant(5),
            row.instant(6),
            statusFromName(row.text(7)).value_or(AppointmentStatus::Booked),
            row.integer(8)};
}

} // namespace

sync::QuerySpec<DayAppointment> dayQuery(ShopId shop, const TimeSpan &day)
{
    // An appointment that began before the day may reach into it, but by no more than the longest one there
    // is.
    const Instant earliest = day.start - std::chrono::minutes(maxServiceMinutes);
    return {
        QStringLiteral(
            "SELECT a.id, a.shop_id, a.visit_id, a.staff_id, a.service_id, a.start_ms, a.end_ms, a.status, "
            "a.price_minor, c.id, c.name, c.phone, v.note, v.source FROM appointment a "
            "LEFT JOIN visit v ON v.business_id = a.business_id AND v.id = a.visit_id AND v.deleted = 0 "
            "LEFT JOIN customer c ON c.business_id = a.business_id AND c.id = v.customer_id AND c.deleted = "
            "0 "
            "WHERE a.deleted = 0 AND a.shop_id = ? AND a.start_ms >= ? AND a.start_ms < ? AND a.end_ms > ? "
            "ORDER BY a.start_ms, a.id"),
        {shop.uuid.toBytes(), toMs(earliest), toMs(day.end), toMs(day.start)},
        {QStringLiteral("appointment"), QStringLiteral("visit"), QStringLiteral("customer")},
        [](const RowReader &row) {
            DayAppointment read{readAppointment(row),
                                {},
                                row.text(12),
                                sourceFromName(row.text(13)).value_or(Source::Desktop)};
            read.customer.id = row.id<CustomerId>(9);
            read.customer.name = row.text(10);
            read.customer.phone = row.text(11);
            return read;
        },
        [](const DayAppointment &one) { return one.appointment.id.uuid; }};
}

CalendarDay layOut(const net::ShopCatalogue &catalogue, const QDate &date,
                   const std::vector<DayAppointment> &appointments)
{
    CalendarDay day;
    day.shown = shownSpan(catalogue, date, appointments);
    day.open = !openingSpans(catalogue.hours(), date, catalogue.zone()).empty();
    day.lines = linesOf(catalogue, day.shown);
    const std::vector<Staff> barbers = barbersOf(catalogue, appointments);
    for (int column = 0; column < int(barbers.size()); ++column) {
        const Staff &barber = barbers[size_t(column)];
        int booked = 0;
        for (const DayAppointment &one : appointments) {
            if (one.appointment.staffId != barber.id ||
                one.appointment.status == AppointmentStatus::Cancelled)
                continue;
            day.cards.push_back(cardOf(catalogue, one, day.shown, column, int(barber.hue)));
            booked += int(occupiesBarber(one.appointment.status));
        }
        const std::vector<TimeSpan> working =
            workingSpans(catalogue.hours(), barber.id, date, catalogue.zone());
        const QString summary = working.empty() ? tr("Off today") : tr("%1 booked").arg(booked);
        day.columns.push_back({barber.id, barber.name, int(barber.hue), summary});
        const auto closures = closuresOf(column, day.shown, working);
        day.closures.insert(day.closures.end(), closures.begin(), closures.end());
    }
    return day;
}

QString statusText(AppointmentStatus status)
{
    switch (status) {
    case AppointmentStatus::Booked:
        return tr("Booked");
    case AppointmentStatus::Confirmed:
        return tr("Confirmed");
    case AppointmentStatus::Arrived:
        return tr("Arrived");
    case AppointmentStatus::InChair:
        return tr("In the chair");
    case AppointmentStatus::Done:
        return tr("Done");
    case AppointmentStatus::NoShow:
        return tr("No-show");
    case AppointmentStatus::Cancelled:
        return tr("Cancelled");
    }
    return {};
}

QString customerText(const DayAppointment &appointment)
{
    if (!appointment.customer.name.isEmpty())
        return appointment.customer.name;
    return appointment.customer.id.isNil() ? tr("Walk-in") : tr("Customer");
}

} // namespace strop::client
