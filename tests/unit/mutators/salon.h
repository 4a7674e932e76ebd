#pragma once

#include "shared/mutators/appointment_mutators.h"
#include "shared/mutators/catalogue_mutators.h"
#include "shared/mutators/registry.h"
#include "tests/unit/synced_store.h"

namespace strop::test {

/// The roles of a test's actors, in the order of the enumeration.
inline constexpr std::array everyActor{Role::Owner, Role::Manager, Role::Barber, Role::Kiosk, Role::Display};

/// A shop in Berlin with two barbers, one service and opening hours, as mutators see it.
struct Salon : SyncedStore
{
    const ShopId shop = idOf<ShopId>(2);
    const StaffId anna = idOf<StaffId>(3);
    const StaffId ben = idOf<StaffId>(4);
    const ServiceId cut = idOf<ServiceId>(5);
    const HoursId hours = idOf<HoursId>(6);

    /// Tuesday 5 May 2026, midnight in Berlin.
    const Instant midnight = instantFromMs(1'777'932'000'000);

    Salon()
    {
        rows.setVersion(1);
        must(rows.put(berlinShop()));
        must(rows.put(barber(anna)));
        must(rows.put(barber(ben)));
        must(rows.put(haircut()));
        must(rows.put(tuesdays()));
        rows.setVersion(2);
        (void)rows.takeChanges();
    }

    [[nodiscard]] domain::Shop berlinShop() const
    {
        domain::Shop made;
        made.id = shop;
        made.name = QStringLiteral("Messerschnitt");
        made.zone = QStringLiteral("Europe/Berlin");
        made.currency = QStringLiteral("EUR");
        made.locale = QStringLiteral("de-DE");
        return made;
    }
    [[nodiscard]] domain::Staff barber(StaffId id) const
    {
        domain::Staff made;
        made.id = id;
        made.shopId = shop;
        made.name = id == anna ? QStringLiteral("Anna") : QStringLiteral("Ben");
        return made;
    }
    [[nodiscard]] domain::Service haircut() const
    {
        domain::Service made;
        made.id = cut;
        made.shopId = shop;
        made.name = QStringLiteral("Cut");
        made.durationMinutes = 30;
        made.priceMinor = 2400;
        return made;
    }
    [[nodiscard]] domain::HoursRule tuesdays() const
    {
        domain::HoursRule made;
        made.id = hours;
        made.shopId = shop;
        made.weekday = 2;
        made.intervals = {{9 * 60, 18 * 60}};
        return made;
    }

    /// A time of that Tuesday on the wall clock of Berlin.
    [[nodiscard]] Instant at(int hour, int minute = 0) const
    {
        return midnight + std::chrono::hours(hour) + std::chrono::minutes(minute);
    }

    /// A booking of a cut with Anna, its own visit included.
    [[nodiscard]] mutators::AppointmentBook booking(quint8 number, Instant start) const
    {
        mutators::AppointmentBook made;
        made.id = idOf<AppointmentId>(number);
        made.visitId = idOf<VisitId>(number);
        made.shopId = shop;
        made.staffId = anna;
        made.serviceId = cut;
        made.start = start;
        return made;
    }

    [[nodiscard]] mutators::Actor actor(Role role) const { return {business, idOf<DeviceId>(7), role}; }

    /// Runs a mutator as a device of that role does.
    template <typename Args>
    [[nodiscard]] Result<void> as(Role role, const Args &args)
    {
        return mutators::apply(rows, actor(role), args);
    }

    template <typename Entity>
    [[nodiscard]] Entity stored(decltype(Entity::id) id)
    {
        return must(rows.get<Entity>(id)).value();
    }
};

} // namespace strop::test
