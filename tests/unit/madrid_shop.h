#pragma once

#include "shared/mutators/arguments.h"
#include "tests/unit/synced_store.h"

namespace strop::test {

/// A barbershop in Madrid, open Tuesday to Saturday from nine to seven. Ana works whenever it is open, Bruno
/// has lunch from one to two, Carla comes on Wednesdays only.
struct MadridShop
{
    const ShopId shop = idOf<ShopId>(2);
    const StaffId ana = idOf<StaffId>(11);
    const StaffId bruno = idOf<StaffId>(12);
    const StaffId carla = idOf<StaffId>(13);
    const ServiceId cut = idOf<ServiceId>(21);   ///< 30 minutes, €24.00.
    const ServiceId beard = idOf<ServiceId>(22); ///< 15 minutes, €12.00.
    const ServiceId both = idOf<ServiceId>(23);  ///< 60 minutes, €38.50.

    /// A Tuesday.
    const QDate today{2026, 5, 5};
    const QTimeZone zone{"Europe/Madrid"};

    /// A time of today on the shop's wall clock, or of another day.
    [[nodiscard]] Instant at(int hour, int minute = 0, int days = 0) const
    {
        return domain::instantAt(today.addDays(days), hour * 60 + minute, zone);
    }

    [[nodiscard]] domain::Shop details() const
    {
        domain::Shop made;
        made.id = shop;
        made.name = QStringLiteral("La Navaja");
        made.zone = QStringLiteral("Europe/Madrid");
        made.currency = QStringLiteral("EUR");
        made.locale = QStringLiteral("es-ES");
        return made;
    }
    [[nodiscard]] domain::Staff barber(StaffId id, const QString &name, qint64 rank) const
    {
        return {id, shop, name, rank, rank, false};
    }
    [[nodiscard]] domain::Service service(ServiceId id, const QString &name, qint64 minutes, qint64 price,
                                          qint64 rank) const
    {
        return {id, shop, name, QStringLiteral("Pelo"), minutes, price, rank, false};
    }
    [[nodiscard]] domain::HoursRule hours(quint8 number, std::optional<StaffId> staff, qint64 weekday,
                                          const domain::WallIntervals &intervals) const
    {
        return {idOf<HoursId>(number), shop, staff, weekday, {}, intervals, false};
    }

    [[nodiscard]] domain::Customer customer(quint8 number, const QString &name, const QString &phone) const
    {
        return {idOf<CustomerId>(number), shop, name, phone, {}, {}};
    }

    /// An anonymous walk-in, its own visit included.
    [[nodiscard]] mutators::AppointmentBook booking(quint8 number, StaffId staff, ServiceId service,
                                                    Instant start) const
    {
        mutators::AppointmentBook made;
        made.id = idOf<AppointmentId>(number);
        made.visitId = idOf<VisitId>(number);
        made.shopId = shop;
        made.staffId = staff;
        made.serviceId = service;
        made.start = start;
        return made;
    }

    [[nodiscard]] std::vector<mutators::Mutation> hoursAndServices() const
    {
        using mutators::makeMutation;
        std::vector<mutators::Mutation> writes{makeMutation(details())};
        for (quint8 weekday = 2; weekday <= 6; ++weekday)
            writes.push_back(
                makeMutation(hours(quint8(30 + weekday), std::nullopt, weekday, {{9 * 60, 19 * 60}})));
        writes.push_back(makeMutation(service(cut, QStringLiteral("Corte"), 30, 2400, 0)));
        writes.push_back(makeMutation(service(beard, QStringLiteral("Barba"), 15, 1200, 1)));
        writes.push_back(makeMutation(service(both, QStringLiteral("Completo"), 60, 3850, 2)));
        return writes;
    }

    /// After hoursAndServices().
    [[nodiscard]] std::vector<mutators::Mutation> barbers() const
    {
        using mutators::makeMutation;
        std::vector<mutators::Mutation> writes{makeMutation(barber(ana, QStringLiteral("Ana"), 0)),
                                               makeMutation(barber(bruno, QStringLiteral("Bruno"), 1)),
                                               makeMutation(barber(carla, QStringLiteral("Carla"), 2))};
        for (quint8 weekday = 2; weekday <= 6; ++weekday)
            writes.push_back(makeMutation(
                hours(quint8(40 + weekday), bruno, weekday, {{9 * 60, 13 * 60}, {14 * 60, 19 * 60}})));
        writes.push_back(makeMutation(hours(53, carla, 3, {{9 * 60, 19 * 60}})));
        return writes;
    }

    /// Today's diary: Lucía with Ana at 10:30, Marcos with Bruno at 11:00, a walk-in of the kiosk with Ana at
    /// 12:00.
    [[nodiscard]] std::vector<mutators::Mutation> diary() const
    {
        using mutators::makeMutation;
        const domain::Customer lucia =
            customer(61, QStringLiteral("Lucía Vega"), QStringLiteral("+34600000061"));
        const domain::Customer marcos =
            customer(62, QStringLiteral("Marcos Gil"), QStringLiteral("+34600000062"));
        mutators::AppointmentBook first = booking(71, ana, cut, at(10, 30));
        first.customerId = lucia.id;
        first.note = QStringLiteral("Sin máquina");
        mutators::AppointmentBook second = booking(72, bruno, both, at(11));
        second.customerId = marcos.id;
        mutators::AppointmentBook third = booking(73, ana, beard, at(12));
        third.source = domain::Source::Kiosk;
        return {makeMutation(lucia), makeMutation(marcos), makeMutation(first), makeMutation(second),
                makeMutation(third)};
    }
};

} // namespace strop::test
