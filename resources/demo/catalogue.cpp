#include "resources/demo/catalogue.h"

#include "resources/demo/tables.h"

namespace strop::demo {

using namespace domain;

namespace {

class CatalogueMaker
{
public:
    CatalogueMaker(const DemoOptions &options, Random &random)
        : m_options(options)
        , m_first(options.today.addDays(-options.historyDays))
        , m_founded(instantAt(m_first.addDays(-30), 10 * 60, QTimeZone(options.zone.toLatin1())))
        , m_random(random)
    {}

    [[nodiscard]] Catalogue make()
    {
        makeShop();
        makeStaff();
        makeServices();
        makeWeek();
        makeHolidays();
        makeLeave();
        openToday();
        return std::move(m_made);
    }

private:
    template <typename IdType>
    [[nodiscard]] IdType nextId()
    {
        return IdType{Uuid::v7(m_founded, m_random)};
    }

    void makeShop()
    {
        Shop &shop = m_made.shop;
        shop.id = nextId<ShopId>();
        shop.name = QStringLiteral("Lamb & Lock Barbers");
        shop.zone = m_options.zone;
        shop.currency = QStringLiteral("GBP");
        shop.locale = QStringLiteral("en-GB");
    }

    void makeStaff()
    {
        for (int i = 0; i < m_options.barbers; ++i) {
            Staff barber;
            barber.id = nextId<StaffId>();
            barber.shopId = m_made.shop.id;
            barber.name = QString::fromUtf8(barberProfiles.at(size_t(i)).name);
            barber.hue = i;
            barber.rank = i;
            m_made.staff.push_back(barber);
        }
    }

    void makeServices()
    {
        for (const ServiceProfile &profile : serviceProfiles) {
            Service service;
            service.id = nextId<ServiceId>();
            service.shopId = m_made.shop.id;
            service.name = QString::fromUtf8(profile.name);
            service.category = QString::fromUtf8(profile.category);
            service.durationMinutes = profile.minutes;
            service.priceMinor = profile.pricePence;
            service.rank = qint64(m_made.services.size());
            m_made.services.push_back(service);
        }
    }

    void addWeekly(const std::optional<StaffId> &barber, int weekday, WallIntervals intervals)
    {
        m_made.hours.push_back(
            {nextId<HoursId>(), m_made.shop.id, barber, weekday, {}, std::move(intervals), false});
    }

    void addDated(const std::optional<StaffId> &barber, const QDate &date, WallIntervals intervals)
    {
        m_made.hours.push_back({nextId<HoursId>(), m_made.shop.id, barber, 0, date.toString(Qt::ISODate),
                                std::move(intervals), false});
    }

    void makeWeek()
    {
        for (const OpenDay &day : openDays)
            addWeekly(std::nullopt, day.weekday, {{day.from, day.to}});
        for (size_t i = 0; i < m_made.staff.size(); ++i) {
            const BarberProfile &profile = barberProfiles.at(i);
            for (const OpenDay &day : openDays) {
                if (day.weekday != profile.dayOff)
                    addWeekly(m_made.staff[i].id, day.weekday,
                              {{day.from, profile.lunchFrom}, {profile.lunchFrom + lunchMinutes, day.to}});
            }
        }
    }

    /// Closed over Christmas and at New Year, short days before both.
    void makeHolidays()
    {
        for (QDate date = m_first; date <= m_options.today.addDays(daysAhead); date = date.addDays(1)) {
            if (date == m_options.today || date.dayOfWeek() == 7)
                continue;
            const int monthAndDay = date.month() * 100 + date.day();
            if (monthAndDay == 1225 || monthAndDay == 1226 || monthAndDay == 101)
                addDated(std::nullopt, date, {});
            else if (monthAndDay == 1224 || monthAndDay == 1231)
                addDated(std::nullopt, date, {{9 * 60, 15 * 60}});
        }
    }

    /// A week away for every barber in each half of the history.
    void makeLeave()
    {
        constexpr int week = 7;
        const int half = m_options.historyDays / 2;
        if (half <= week)
            return;
        for (const Staff &barber : m_made.staff) {
            for (const QDate &from : {m_first, m_first.addDays(half)}) {
                const QDate leave = from.addDays(qint64(m_random.below(quint64(half - week))));
                for (int day = 0; day < week; ++day) {
                    if (leave.addDays(day).dayOfWeek() != 7)
                        addDated(barber.id, leave.addDays(day), {});
                }
            }
        }
    }

    /// A Sunday that is today is open by exception: a demonstration needs a day to look at.
    void openToday()
    {
        if (m_options.today.dayOfWeek() != 7)
            return;
        constexpr int from = 10 * 60;
        constexpr int to = 17 * 60;
        addDated(std::nullopt, m_options.today, {{from, to}});
        for (size_t i = 0; i < m_made.staff.size(); ++i) {
            const int lunch = barberProfiles.at(i).lunchFrom;
            addDated(m_made.staff[i].id, m_options.today, {{from, lunch}, {lunch + lunchMinutes, to}});
        }
    }

    const DemoOptions &m_options;
    const QDate m_first;
    const Instant m_founded;
    Random &m_random;
    Catalogue m_made;
};

} // namespace

Catalogue makeCatalogue(const DemoOptions &options, Random &random)
{
    return CatalogueMaker(options, random).make();
}

} // namespace strop::demo
