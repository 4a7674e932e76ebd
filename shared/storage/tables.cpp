#include "shared/storage/tables.h"

#include <array>

namespace strop::storage {

using namespace domain;

template <>
const Table<Business> &tableOf()
{
    static const Table<Business> table = Table<Business>("business", everyRole)
                                             .column("name", &Business::name)
                                             .column("public_key", &Business::publicKey);
    return table;
}

template <>
const Table<Shop> &tableOf()
{
    static const Table<Shop> table = Table<Shop>("shop", everyRole)
                                         .column("name", &Shop::name)
                                         .column("zone", &Shop::zone)
                                         .column("currency", &Shop::currency)
                                         .column("locale", &Shop::locale)
                                         .column("booking_grid_minutes", &Shop::bookingGridMinutes)
                                         .column("retired", &Shop::retired);
    return table;
}

template <>
const Table<Staff> &tableOf()
{
    static const Table<Staff> table = Table<Staff>("staff", everyRole)
                                          .column("shop_id", &Staff::shopId)
                                          .column("name", &Staff::name)
                                          .column("hue", &Staff::hue)
                                          .column("rank", &Staff::rank)
                                          .column("retired", &Staff::retired);
    return table;
}

template <>
const Table<Service> &tableOf()
{
    static const Table<Service> table = Table<Service>("service", everyRole)
                                            .column("shop_id", &Service::shopId)
                                            .column("name", &Service::name)
                                            .column("category", &Service::category)
                                            .column("duration_minutes", &Service::durationMinutes)
                                            .column("price_minor", &Service::priceMinor)
                                            .column("rank", &Service::rank)
                                            .column("retired", &Service::retired);
    return table;
}

template <>
const Table<HoursRule> &tableOf()
{
    static const Table<HoursRule> table =
        Table<HoursRule>("hours", everyRole)
            .column("shop_id", &HoursRule::shopId)
            .column("staff_id", &HoursRule::staffId)
            .column("weekday", &HoursRule::weekday)
            .column("date", &HoursRule::date)
            .column("intervals", &HoursRule::intervals)
            .column("retired", &HoursRule::retired)
            .index("shop", {QStringLiteral("shop_id"), QStringLiteral("weekday")});
    return table;
}

template <>
const Table<Customer> &tableOf()
{
    static const Table<Customer> table = Table<Customer>("customer", staffRoles)
                                             .column("shop_id", &Customer::shopId)
                                             .column("name", &Customer::name)
                                             .column("phone", &Customer::phone)
                                             .column("email", &Customer::email)
                                             .column("notes", &Customer::notes);
    return table;
}

template <>
const Table<Visit> &tableOf()
{
    static const Table<Visit> table = Table<Visit>("visit", staffRoles)
                                          .column("shop_id", &Visit::shopId)
                                          .column("customer_id", &Visit::customerId)
                                          .column("source", &Visit::source)
                                          .column("note", &Visit::note);
    return table;
}

template <>
const Table<Appointment> &tableOf()
{
    // To a kiosk or a display an appointment is a busy interval of a barber and nothing else.
    static const Table<Appointment> table =
        Table<Appointment>("appointment", everyRole)
            .column("shop_id", &Appointment::shopId)
            .column("visit_id", &Appointment::visitId, staffRoles)
            .column("staff_id", &Appointment::staffId)
            .column("service_id", &Appointment::serviceId, staffRoles)
            .column("start_ms", &Appointment::start)
            .column("end_ms", &Appointment::end)
            .column("status", &Appointment::status)
            .column("price_minor", &Appointment::priceMinor, staffRoles)
            .index("staff_start", {QStringLiteral("staff_id"), QStringLiteral("start_ms")})
            .index("shop_start", {QStringLiteral("shop_id"), QStringLiteral("start_ms")});
    return table;
}

std::span<const TableDescriptor *const> allTables()
{
    static const std::array<const TableDescriptor *, 8> tables{
        &tableOf<Business>(),  &tableOf<Shop>(),     &tableOf<Staff>(), &tableOf<Service>(),
        &tableOf<HoursRule>(), &tableOf<Customer>(), &tableOf<Visit>(), &tableOf<Appointment>()};
    return tables;
}

const TableDescriptor *tableNamed(QStringView name)
{
    for (const TableDescriptor *table : allTables()) {
        if (table->name() == name)
            return table;
    }
    return nullptr;
}

} // namespace strop::storage
