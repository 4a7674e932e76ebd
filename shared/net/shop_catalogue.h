#pragma once

#include "shared/domain/slots.h"
#include "shared/net/live_rows.h"

namespace strop::net {

/// What a screen of one shop needs at any moment: the shop itself, its barbers, services and hours, kept
/// current. Lives on the UI thread.
class ShopCatalogue final : public QObject
{
    Q_OBJECT
public:
    /// Of the device's own shop; of the business's first one where the device belongs to none. `host`
    /// outlives it.
    explicit ShopCatalogue(ReplicaHost &host);

    /// Whether everything has been read at least once and the shop exists.
    [[nodiscard]] bool ready() const;

    [[nodiscard]] const domain::Shop &shop() const { return m_shop; }
    [[nodiscard]] const QTimeZone &zone() const { return m_zone; }
    [[nodiscard]] const QLocale &locale() const { return m_locale; }

    /// Those in use, in their order.
    [[nodiscard]] const std::vector<domain::Staff> &staff() const { return m_activeStaff; }
    [[nodiscard]] const std::vector<domain::Service> &services() const { return m_activeServices; }
    [[nodiscard]] const std::vector<domain::HoursRule> &hours() const { return m_hours.rows(); }

    /// Retired ones included; an empty one for an unknown id.
    [[nodiscard]] domain::Staff staffOf(StaffId id) const;
    [[nodiscard]] domain::Service serviceOf(ServiceId id) const;

    /// "14:30" and "€24.00", as the shop's people write them.
    [[nodiscard]] QString timeText(Instant instant) const;
    [[nodiscard]] QString priceText(qint64 minorUnits) const;

    /// A barber's day, with what the appointments among `taken` keep busy, but for `except`.
    [[nodiscard]] domain::BarberDay barberDay(StaffId staff, const QDate &date,
                                              const std::vector<domain::Appointment> &taken,
                                              AppointmentId except = {}) const;

Q_SIGNALS:
    void changed();

private:
    void takeShop();
    void refresh();

    ReplicaHost &m_host;
    domain::Shop m_shop;
    QTimeZone m_zone = QTimeZone::utc();
    QLocale m_locale = QLocale::c();
    std::vector<domain::Staff> m_activeStaff;
    std::vector<domain::Service> m_activeServices;
    LiveRows<domain::Shop> m_shops;
    LiveRows<domain::Staff> m_staff;
    LiveRows<domain::Service> m_services;
    LiveRows<domain::HoursRule> m_hours;
};

} // namespace strop::net
