#include "resources/demo/demo_shop.h"

#include "shared/domain/slots.h"
#include "shared/mutators/registry.h"
#include "tests/unit/expect.h"
#include "tests/unit/synced_store.h"

#include <map>
#include <set>

using namespace strop;
using namespace strop::demo;
using namespace strop::domain;
using namespace strop::test;
using std::chrono::minutes;

namespace {

/// A Tuesday.
const QDate someDay(2026, 5, 5);

/// Long enough for leave, regulars and statuses, short enough to be applied by every test.
DemoOptions shortHistory(const QDate &today = someDay)
{
    DemoOptions options;
    options.today = today;
    options.historyDays = 28;
    return options;
}

/// What stands in the database once an owner has sent everything.
class OpenedShop
{
public:
    explicit OpenedShop(const DemoOptions &options)
        : m_options(options)
        , m_zone(options.zone.toLatin1())
    {
        const DemoShop made = makeDemoShop(options);
        m_store.rows.setVersion(1);
        must(storage::inTransaction(*m_store.database, [&] { return send(made.mutations); }));
    }

    template <typename Entity>
    [[nodiscard]] std::vector<Entity> all()
    {
        const auto &table = storage::tableOf<Entity>();
        std::vector<Entity> entities;
        must(m_store.rows.eachRow(table, [&](const storage::Row &row) -> Result<void> {
            STROP_TRY_ASSIGN(Entity entity, table.decode(row.id, row.values));
            entities.push_back(std::move(entity));
            return {};
        }));
        return entities;
    }

    [[nodiscard]] QDate dateOf(const Appointment &appointment) const
    {
        return wallMinuteOf(appointment.start, m_zone).date;
    }

    [[nodiscard]] std::vector<Appointment> appointmentsOn(const QDate &date)
    {
        std::vector<Appointment> found = all<Appointment>();
        std::erase_if(found, [&](const Appointment &one) { return dateOf(one) != date; });
        return found;
    }

    [[nodiscard]] std::vector<TimeSpan> working(StaffId barber, const QDate &date)
    {
        if (m_hours.empty())
            m_hours = all<HoursRule>();
        return workingSpans(m_hours, barber, date, m_zone);
    }

    /// The booked share of the time that all barbers work today.
    [[nodiscard]] double fillToday()
    {
        Millis open{0};
        for (const Staff &barber : all<Staff>()) {
            for (const TimeSpan &span : working(barber.id, m_options.today))
                open += span.end - span.start;
        }
        Millis booked{0};
        for (const Appointment &one : appointmentsOn(m_options.today))
            booked += one.end - one.start;
        return double(booked.count()) / double(open.count());
    }

    [[nodiscard]] const QTimeZone &zone() const { return m_zone; }

private:
    [[nodiscard]] Result<void> send(const std::vector<mutators::Mutation> &mutations)
    {
        const mutators::Actor owner{m_store.business, idOf<DeviceId>(7), Role::Owner};
        for (const mutators::Mutation &mutation : mutations)
            STROP_TRY(mutators::applyMutation(m_store.rows, owner, mutation));
        return {};
    }

    DemoOptions m_options;
    QTimeZone m_zone;
    SyncedStore m_store;
    std::vector<HoursRule> m_hours;
};

/// Said without the rules of the domain: sorted by start, each appointment of a barber ends before the next.
void expectNobodyIsInTwoPlaces(OpenedShop &shop)
{
    std::map<StaffId, std::map<Instant, Instant>> chairs;
    for (const Appointment &one : shop.all<Appointment>()) {
        if (one.status == AppointmentStatus::Cancelled || one.status == AppointmentStatus::NoShow)
            continue;
        EXPECT_TRUE(chairs[one.staffId].emplace(one.start, one.end).second) << "two at the same start";
    }
    for (const auto &[barber, spans] : chairs) {
        Instant freeFrom{};
        for (const auto &[start, end] : spans) {
            EXPECT_GE(start, freeFrom);
            freeFrom = end;
        }
    }
}

void expectOnTheGridWithinHours(OpenedShop &shop)
{
    for (const Appointment &one : shop.all<Appointment>()) {
        const WallMinute start = wallMinuteOf(one.start, shop.zone());
        EXPECT_EQ(start.minute % 15, 0);
        const auto spans = shop.working(one.staffId, start.date);
        EXPECT_TRUE(std::any_of(spans.begin(), spans.end(),
                                [&](const TimeSpan &span) {
                                    return span.contains({one.start, one.end});
                                }))
            << "outside working hours on " << start.date.toString(Qt::ISODate).toStdString() << " at minute "
            << start.minute;
    }
}

/// How many appointments of the past ended each way.
std::map<AppointmentStatus, size_t> outcomes(OpenedShop &shop, const QDate &today)
{
    std::map<AppointmentStatus, size_t> counts;
    for (const Appointment &one : shop.all<Appointment>()) {
        if (shop.dateOf(one) < today)
            ++counts[one.status];
    }
    return counts;
}

} // namespace

TEST(DemoShop, IsTheSameForTheSameSeed)
{
    const DemoShop once = makeDemoShop(shortHistory());
    const DemoShop again = makeDemoShop(shortHistory());
    EXPECT_EQ(once.shop, again.shop);
    EXPECT_EQ(once.staff, again.staff);
    EXPECT_EQ(once.services, again.services);
    EXPECT_TRUE(once.mutations == again.mutations);
}

TEST(DemoShop, IsAnotherForAnotherSeed)
{
    DemoOptions other = shortHistory();
    other.seed = 2;
    EXPECT_NE(makeDemoShop(shortHistory()).shop, makeDemoShop(other).shop);
}

TEST(DemoShop, HasAYearBehindItThatAnOwnerCanSendWhole)
{
    DemoOptions options;
    options.today = someDay;
    OpenedShop shop(options);
    const std::vector<Appointment> appointments = shop.all<Appointment>();
    EXPECT_GE(appointments.size(), 15'000U);
    EXPECT_LE(appointments.size(), 20'000U);
    const auto [first, last] =
        std::minmax_element(appointments.begin(), appointments.end(),
                            [](const Appointment &a, const Appointment &b) { return a.start < b.start; });
    EXPECT_LE(shop.dateOf(*first), someDay.addDays(-363));
    EXPECT_GT(shop.dateOf(*last), someDay.addDays(7));
    EXPECT_LE(shop.dateOf(*last), someDay.addDays(14));
    expectNobodyIsInTwoPlaces(shop);
    expectOnTheGridWithinHours(shop);
}

TEST(DemoShop, HasSixBarbersTwentyServicesAndNineHundredCustomers)
{
    const DemoShop made = makeDemoShop(shortHistory());
    EXPECT_EQ(made.staff.size(), 6U);
    EXPECT_EQ(made.services.size(), 20U);
    OpenedShop shop(shortHistory());
    std::set<qint64> hues;
    for (const Staff &barber : shop.all<Staff>())
        hues.insert(barber.hue);
    EXPECT_THAT(hues, testing::ElementsAre(0, 1, 2, 3, 4, 5));
    EXPECT_EQ(shop.all<Service>().size(), 20U);
    EXPECT_EQ(shop.all<Customer>().size(), 900U);
}

TEST(DemoShop, GivesEveryCustomerAPhoneNumberThatReachesNobody)
{
    OpenedShop shop(shortHistory());
    std::set<QString> phones;
    for (const Customer &customer : shop.all<Customer>()) {
        EXPECT_TRUE(customer.phone.startsWith(u"+447700900"_qs)) << customer.phone.toStdString();
        EXPECT_EQ(customer.phone.size(), 13);
        EXPECT_EQ(customer.id, customerIdFor(customer.shopId, customer.name, customer.phone));
        phones.insert(customer.phone);
    }
    EXPECT_EQ(phones.size(), 900U);
}

TEST(DemoShop, IsHalfFullTodayWhateverTheSeedAndTheWeekday)
{
    for (int day = 0; day < 7; ++day) {
        DemoOptions options = shortHistory(someDay.addDays(day));
        options.seed = quint64(day) + 1;
        options.historyDays = 7;
        const double fill = OpenedShop(options).fillToday();
        EXPECT_GE(fill, 0.45) << options.today.toString().toStdString();
        EXPECT_LE(fill, 0.60) << options.today.toString().toStdString();
    }
}

TEST(DemoShop, IsAsFullTodayAsItIsAskedToBe)
{
    DemoOptions options = shortHistory();
    options.fill = 0.8;
    EXPECT_NEAR(OpenedShop(options).fillToday(), 0.8, 0.06);
    options.fill = 0;
    EXPECT_EQ(OpenedShop(options).fillToday(), 0);
}

TEST(DemoShop, HasMostlyDoneAppointmentsInThePastAndOpenOnesFromToday)
{
    OpenedShop shop(shortHistory());
    auto past = outcomes(shop, someDay);
    const size_t total =
        past[AppointmentStatus::Done] + past[AppointmentStatus::NoShow] + past[AppointmentStatus::Cancelled];
    EXPECT_EQ(past.size(), 3U);
    EXPECT_GT(past[AppointmentStatus::NoShow], 0U);
    EXPECT_GT(past[AppointmentStatus::Cancelled], 0U);
    EXPECT_GT(double(past[AppointmentStatus::Done]), 0.85 * double(total));
    for (const Appointment &one : shop.all<Appointment>()) {
        const bool open =
            one.status == AppointmentStatus::Booked || one.status == AppointmentStatus::Confirmed;
        EXPECT_EQ(open, shop.dateOf(one) >= someDay);
    }
}

TEST(DemoShop, IsBusierOnFridaysAndSaturdaysThanOnMondays)
{
    OpenedShop shop(shortHistory());
    std::map<int, size_t> byWeekday;
    for (const Appointment &one : shop.all<Appointment>()) {
        if (shop.dateOf(one) < someDay)
            ++byWeekday[shop.dateOf(one).dayOfWeek()];
    }
    EXPECT_GT(byWeekday[5], byWeekday[1] * 3 / 2);
    EXPECT_GT(byWeekday[6], byWeekday[1] * 3 / 2);
}

TEST(DemoShop, HasRegularsWhoKeepTheirBarberAndComeEveryThreeToFiveWeeks)
{
    DemoOptions options = shortHistory();
    options.historyDays = 120;
    OpenedShop shop(options);
    std::map<VisitId, CustomerId> guests;
    for (const Visit &visit : shop.all<Visit>()) {
        if (visit.customerId)
            guests[visit.id] = *visit.customerId;
    }
    std::map<std::pair<CustomerId, StaffId>, std::set<QDate>> seen;
    for (const Appointment &one : shop.all<Appointment>()) {
        if (one.status == AppointmentStatus::Done && guests.contains(one.visitId))
            seen[{guests.at(one.visitId), one.staffId}].insert(shop.dateOf(one));
    }
    size_t regulars = 0;
    for (const auto &[pair, dates] : seen) {
        const qint64 days = dates.begin()->daysTo(*dates.rbegin());
        const double between = dates.size() < 3 ? 0 : double(days) / double(dates.size() - 1);
        regulars += between >= 19 && between <= 40;
    }
    EXPECT_GT(regulars, 500U);
}

TEST(DemoShop, NeverHasOneCustomerInTwoChairsAtOnce)
{
    OpenedShop shop(shortHistory());
    std::map<VisitId, std::optional<CustomerId>> guests;
    for (const Visit &visit : shop.all<Visit>())
        guests[visit.id] = visit.customerId;
    std::set<std::pair<CustomerId, QDate>> comings;
    for (const Appointment &one : shop.all<Appointment>()) {
        const auto customer = guests.at(one.visitId);
        EXPECT_TRUE(!customer || comings.emplace(*customer, shop.dateOf(one)).second);
    }
}

TEST(DemoShop, KeepsItsHoursInTheZoneItStandsIn)
{
    for (const char *zone : {"America/New_York", "Asia/Kolkata", "Pacific/Auckland"}) {
        DemoOptions options = shortHistory();
        options.zone = QString::fromLatin1(zone);
        OpenedShop shop(options);
        expectNobodyIsInTwoPlaces(shop);
        expectOnTheGridWithinHours(shop);
        EXPECT_NEAR(shop.fillToday(), 0.5, 0.06);
    }
}

TEST(DemoShop, IsHalfFullOnADayOf23Hours)
{
    DemoOptions options = shortHistory({2026, 3, 27}); // A Friday.
    options.zone = u"Asia/Jerusalem"_qs;
    OpenedShop shop(options);
    const TimeSpan day = daySpan(options.today, shop.zone());
    ASSERT_EQ(day.end - day.start, std::chrono::hours(23));
    expectOnTheGridWithinHours(shop);
    EXPECT_NEAR(shop.fillToday(), 0.5, 0.06);
}

TEST(DemoShop, IsHalfFullOnADayOf25Hours)
{
    DemoOptions options = shortHistory({2021, 10, 29}); // A Friday.
    options.zone = u"Asia/Amman"_qs;
    OpenedShop shop(options);
    const TimeSpan day = daySpan(options.today, shop.zone());
    ASSERT_EQ(day.end - day.start, std::chrono::hours(25));
    expectOnTheGridWithinHours(shop);
    EXPECT_NEAR(shop.fillToday(), 0.5, 0.06);
}

TEST(DemoShop, IsClosedOnASundayEvenOneOf25Hours)
{
    OpenedShop shop(shortHistory({2026, 10, 26}));
    EXPECT_THAT(shop.appointmentsOn({2026, 10, 25}), testing::IsEmpty());
    EXPECT_FALSE(shop.appointmentsOn({2026, 10, 24}).empty());
    EXPECT_FALSE(shop.appointmentsOn({2026, 10, 26}).empty());
}

TEST(DemoShop, IsOpenOnASundayThatIsToday)
{
    OpenedShop shop(shortHistory({2026, 11, 29}));
    EXPECT_NEAR(shop.fillToday(), 0.5, 0.06);
    EXPECT_THAT(shop.appointmentsOn({2026, 12, 6}), testing::IsEmpty());
}

TEST(DemoShop, ClosesAtChristmasUnlessThatIsToday)
{
    OpenedShop later(shortHistory({2026, 12, 29}));
    EXPECT_THAT(later.appointmentsOn({2026, 12, 25}), testing::IsEmpty());
    EXPECT_FALSE(later.appointmentsOn({2026, 12, 24}).empty());
    EXPECT_NEAR(OpenedShop(shortHistory({2026, 12, 25})).fillToday(), 0.5, 0.06);
}

TEST(DemoShop, IsInTheMiddleOfItsDayWhenItIsToldTheTime)
{
    DemoOptions options = shortHistory();
    options.now = instantAt(options.today, 13 * 60, QTimeZone(options.zone.toLatin1()));
    OpenedShop shop(options);
    std::set<AppointmentStatus> seen;
    for (const Appointment &one : shop.appointmentsOn(options.today)) {
        seen.insert(one.status);
        EXPECT_EQ(one.status == AppointmentStatus::Done, one.end <= *options.now);
        EXPECT_EQ(one.status == AppointmentStatus::InChair,
                  one.start <= *options.now && one.end > *options.now);
    }
    EXPECT_GE(seen.size(), 3U);
}

TEST(DemoShop, CanBeNewAndSmall)
{
    DemoOptions options = shortHistory();
    options.historyDays = 0;
    options.barbers = 1;
    OpenedShop shop(options);
    for (const Appointment &one : shop.all<Appointment>())
        EXPECT_GE(shop.dateOf(one), someDay);
    EXPECT_FALSE(shop.appointmentsOn(someDay.addDays(1)).empty());
}
