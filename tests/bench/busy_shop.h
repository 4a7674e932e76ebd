#pragma once

#include "shared/mutators/arguments.h"
#include "shared/storage/row.h"

#include <QTimeZone>

namespace strop::bench {

/// A London shop with a past of any length: six barbers, open every day from 9 to 19, every second half hour
/// of each of them booked from long ago up to tomorrow, and everything free from then on. The same on every
/// machine, but for the date; nothing of it is kept in memory.
///
/// The ids depend on nothing but the number of the thing, so that two businesses may hold the same shop.
class BusyShop
{
public:
    static constexpr int barberCount = 6;
    static constexpr int bookingsADay = 60;
    static constexpr int customerCount = 5000;

    /// Newest version of a replica that holds the catalogue and nothing else.
    static constexpr qint64 catalogueVersion = 1;

    BusyShop(qint64 bookings, const QDate &today);

    [[nodiscard]] qint64 bookings() const { return m_bookings; }
    [[nodiscard]] ShopId id() const { return m_shop.id; }
    [[nodiscard]] const QTimeZone &zone() const { return m_zone; }
    [[nodiscard]] StaffId barber(int number) const { return m_barbers[size_t(number)].id; }
    [[nodiscard]] const std::vector<domain::HoursRule> &hours() const { return m_hours; }

    /// Shop, barbers, service, hours and customers as writes of the owner of a business,
    [[nodiscard]] std::vector<mutators::Mutation> catalogue() const;

    /// and as confirmed rows.
    [[nodiscard]] std::vector<storage::TableRows> catalogueRows() const;

    /// The visits and appointments of bookings [from, to), oldest first. Booking b has version versionOf(b).
    [[nodiscard]] std::vector<storage::TableRows> bookingRows(qint64 from, qint64 to) const;
    [[nodiscard]] static qint64 versionOf(qint64 booking) { return catalogueVersion + 1 + booking; }

    /// The first booking of a date, and whose it is.
    [[nodiscard]] qint64 firstBookingOf(const QDate &date) const
    {
        return m_firstDay.daysTo(date) * bookingsADay;
    }
    [[nodiscard]] static QString customerOf(qint64 booking);

    /// A booking of the free half hour of that number. No two of them overlap.
    [[nodiscard]] mutators::AppointmentBook freeBooking(qint64 number) const;

    /// The same as it looks once the server has confirmed it.
    [[nodiscard]] std::vector<storage::TableRows> confirmed(const mutators::AppointmentBook &booking,
                                                            qint64 version) const;

private:
    [[nodiscard]] Instant halfHour(const QDate &date, int number) const;
    [[nodiscard]] domain::Appointment appointmentOf(const mutators::AppointmentBook &booking,
                                                    domain::AppointmentStatus status) const;

    qint64 m_bookings;
    QDate m_firstDay;
    QDate m_firstFreeDay;
    QTimeZone m_zone{QByteArrayLiteral("Europe/London")};
    domain::Shop m_shop;
    domain::Service m_service;
    std::vector<domain::Staff> m_barbers;
    std::vector<domain::HoursRule> m_hours;
};

} // namespace strop::bench
