#include "tests/bench/busy_shop.h"

namespace strop::bench {

using namespace domain;
using storage::Row;
using storage::tableOf;
using storage::TableRows;

namespace {

constexpr int opens = 9 * 60;
constexpr int closes = 19 * 60;
constexpr int slotMinutes = 30;
constexpr int slotsADay = (closes - opens) / slotMinutes;
constexpr int daysOfWeek = 7;

/// Version 7 ids of one kind sort by number, as those of things made one after another do.
template <typename IdType>
IdType numbered(quint64 kind, qint64 number)
{
    constexpr qint64 firstMs = 1'600'000'000'000;
    SeededRandom random((kind << 48U) ^ quint64(number));
    return IdType{Uuid::v7(instantFromMs(firstMs + number), random)};
}

enum Kind : quint64 {
    ShopKind = 1,
    StaffKind,
    ServiceKind,
    HoursKind,
    CustomerKind,
    VisitKind,
    AppointmentKind
};

template <typename Entity>
Row rowOf(const Entity &entity, qint64 version)
{
    return {entity.id.uuid, version, false, tableOf<Entity>().encode(entity)};
}

template <typename Entity>
TableRows rowsOf(const std::vector<Entity> &entities, qint64 version)
{
    TableRows rows{&tableOf<Entity>(), {}};
    for (const Entity &entity : entities)
        rows.rows.push_back(rowOf(entity, version));
    return rows;
}

CustomerId customerId(qint64 booking)
{
    return numbered<CustomerId>(CustomerKind, booking % BusyShop::customerCount);
}

std::vector<Customer> customersOf(ShopId shop)
{
    std::vector<Customer> customers;
    for (int i = 0; i < BusyShop::customerCount; ++i)
        customers.push_back({customerId(i),
                             shop,
                             BusyShop::customerOf(i),
                             QStringLiteral("+4477009%1").arg(i, 5, 10, QLatin1Char('0')),
                             {},
                             {}});
    return customers;
}

} // namespace

BusyShop::BusyShop(qint64 bookings, const QDate &today)
    : m_bookings(bookings)
    , m_firstDay(today.addDays(2 - (bookings + bookingsADay - 1) / bookingsADay))
    , m_firstFreeDay(today.addDays(2))
{
    m_shop.id = numbered<ShopId>(ShopKind, 0);
    m_shop.name = QStringLiteral("Busy shop");
    m_shop.zone = QString::fromLatin1(m_zone.id());
    m_shop.currency = QStringLiteral("GBP");
    m_shop.locale = QStringLiteral("en-GB");
    m_service.id = numbered<ServiceId>(ServiceKind, 0);
    m_service.shopId = m_shop.id;
    m_service.name = QStringLiteral("Classic cut");
    m_service.durationMinutes = slotMinutes;
    m_service.priceMinor = 2600;
    for (int i = 0; i < barberCount; ++i)
        m_barbers.push_back({numbered<StaffId>(StaffKind, i), m_shop.id,
                             QStringLiteral("Barber %1").arg(i + 1), i, i, false});
    for (int i = 0; i < daysOfWeek; ++i)
        m_hours.push_back(
            {numbered<HoursId>(HoursKind, i), m_shop.id, std::nullopt, i + 1, {}, {{opens, closes}}, false});
}

QString BusyShop::customerOf(qint64 booking)
{
    return QStringLiteral("Customer %1").arg(booking % customerCount);
}

std::vector<mutators::Mutation> BusyShop::catalogue() const
{
    std::vector<mutators::Mutation> writes{mutators::makeMutation(m_shop), mutators::makeMutation(m_service)};
    for (const Staff &barber : m_barbers)
        writes.push_back(mutators::makeMutation(barber));
    for (const HoursRule &rule : m_hours)
        writes.push_back(mutators::makeMutation(rule));
    return writes;
}

std::vector<TableRows> BusyShop::catalogueRows() const
{
    return {rowsOf(std::vector{m_shop}, catalogueVersion), rowsOf(std::vector{m_service}, catalogueVersion),
            rowsOf(m_barbers, catalogueVersion), rowsOf(m_hours, catalogueVersion),
            rowsOf(customersOf(m_shop.id), catalogueVersion)};
}

Instant BusyShop::halfHour(const QDate &date, int number) const
{
    return instantAt(date, opens + number * slotMinutes, m_zone);
}

Appointment BusyShop::appointmentOf(const mutators::AppointmentBook &booking, AppointmentStatus status) const
{
    return {booking.id,
            booking.shopId,
            booking.visitId,
            booking.staffId,
            booking.serviceId,
            booking.start,
            booking.start + std::chrono::minutes(slotMinutes),
            status,
            m_service.priceMinor};
}

std::vector<TableRows> BusyShop::bookingRows(qint64 from, qint64 to) const
{
    TableRows visits{&tableOf<Visit>(), {}};
    TableRows appointments{&tableOf<Appointment>(), {}};
    for (qint64 b = from; b < to; ++b) {
        const int place = int(b % bookingsADay);
        mutators::AppointmentBook one;
        one.id = numbered<AppointmentId>(AppointmentKind, b);
        one.visitId = numbered<VisitId>(VisitKind, b);
        one.shopId = m_shop.id;
        one.staffId = barber(place % barberCount);
        one.serviceId = m_service.id;
        one.start = halfHour(m_firstDay.addDays(b / bookingsADay), 2 * (place / barberCount));
        visits.rows.push_back(
            rowOf(Visit{one.visitId, m_shop.id, customerId(b), Source::Desktop, {}}, versionOf(b)));
        appointments.rows.push_back(rowOf(appointmentOf(one, AppointmentStatus::Booked), versionOf(b)));
    }
    return {std::move(visits), std::move(appointments)};
}

mutators::AppointmentBook BusyShop::freeBooking(qint64 number) const
{
    constexpr qint64 freeADay = barberCount * slotsADay;
    const qint64 place = number % freeADay;
    mutators::AppointmentBook booking;
    booking.id = numbered<AppointmentId>(AppointmentKind, m_bookings + number);
    booking.visitId = numbered<VisitId>(VisitKind, m_bookings + number);
    booking.shopId = m_shop.id;
    booking.staffId = barber(int(place % barberCount));
    booking.serviceId = m_service.id;
    booking.start = halfHour(m_firstFreeDay.addDays(number / freeADay), int(place / barberCount));
    return booking;
}

std::vector<TableRows> BusyShop::confirmed(const mutators::AppointmentBook &booking, qint64 version) const
{
    const Visit visit{booking.visitId, booking.shopId, booking.customerId, booking.source, booking.note};
    return {rowsOf(std::vector{visit}, version),
            rowsOf(std::vector{appointmentOf(booking, AppointmentStatus::Booked)}, version)};
}

} // namespace strop::bench
