#include "shared/net/shop_catalogue.h"

#include "shared/base/money.h"
#include "shared/sync/entity_query.h"

namespace strop::net {

using namespace domain;

namespace {

template <typename Entity, typename IdType>
Entity withId(const std::vector<Entity> &all, const IdType &id)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const Entity &one) { return one.id == id; });
    return found == all.end() ? Entity() : *found;
}

template <typename Entity>
std::vector<Entity> inUse(const std::vector<Entity> &all)
{
    std::vector<Entity> active;
    std::copy_if(all.begin(), all.end(), std::back_inserter(active),
                 [](const Entity &one) { return !one.retired; });
    return active;
}

} // namespace

ShopCatalogue::ShopCatalogue(ReplicaHost &host)
    : m_host(host)
    , m_shops(host, [this] { takeShop(); })
    , m_staff(host, [this] { refresh(); })
    , m_services(host, [this] { refresh(); })
    , m_hours(host, [this] { refresh(); })
{
    m_shops.watch(sync::entityQuery<Shop>(QStringLiteral(" ORDER BY retired, id")));
}

bool ShopCatalogue::ready() const
{
    return !m_shop.id.isNil() && m_staff.loaded() && m_services.loaded() && m_hours.loaded();
}

void ShopCatalogue::takeShop()
{
    const std::vector<Shop> &shops = m_shops.rows();
    const std::optional<ShopId> own = m_host.enrolment().shop;
    const Shop next = own ? withId(shops, *own) : (shops.empty() ? Shop() : shops.front());
    const bool other = next.id != m_shop.id;
    m_shop = next;
    m_zone = domain::zoneNamed(m_shop.zone).value_or(QTimeZone::utc());
    m_locale = QLocale(m_shop.locale);
    if (other && !m_shop.id.isNil()) {
        const storage::Values shopId{m_shop.id.uuid.toBytes()};
        m_staff.watch(sync::entityQuery<Staff>(QStringLiteral(" AND shop_id = ? ORDER BY rank, id"), shopId));
        m_services.watch(
            sync::entityQuery<Service>(QStringLiteral(" AND shop_id = ? ORDER BY rank, id"), shopId));
        m_hours.watch(sync::entityQuery<HoursRule>(QStringLiteral(" AND shop_id = ? ORDER BY id"), shopId));
    }
    refresh();
}

void ShopCatalogue::refresh()
{
    m_activeStaff = inUse(m_staff.rows());
    m_activeServices = inUse(m_services.rows());
    Q_EMIT changed();
}

Staff ShopCatalogue::staffOf(StaffId id) const
{
    return withId(m_staff.rows(), id);
}

Service ShopCatalogue::serviceOf(ServiceId id) const
{
    return withId(m_services.rows(), id);
}

QString ShopCatalogue::timeText(Instant instant) const
{
    return m_locale.toString(QDateTime::fromMSecsSinceEpoch(toMs(instant), m_zone).time(),
                             QLocale::ShortFormat);
}

QString ShopCatalogue::priceText(qint64 minorUnits) const
{
    return Money{minorUnits, m_shop.currency}.toString(m_locale);
}

BarberDay ShopCatalogue::barberDay(StaffId staff, const QDate &date, const std::vector<Appointment> &taken,
                                   AppointmentId except) const
{
    BarberDay day{staff, workingSpans(m_hours.rows(), staff, date, m_zone), {}};
    for (const Appointment &one : taken) {
        if (one.staffId == staff && one.id != except && occupiesBarber(one.status))
            day.busy.push_back({one.start, one.end});
    }
    return day;
}

} // namespace strop::net
