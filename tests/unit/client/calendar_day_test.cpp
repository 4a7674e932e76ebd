#include "client/calendar/calendar_day.h"

#include "tests/unit/open_device.h"

/// The layout of a day, over the Madrid shop as its catalogue reads it.
namespace strop::client {
namespace {

using namespace domain;
using mutators::makeMutation;

struct Layout : testing::Test
{
    void open(const std::vector<mutators::Mutation> &more = {})
    {
        device.folder.confirm(shop.hoursAndServices());
        device.folder.confirm(shop.barbers());
        if (!more.empty())
            device.folder.confirm(more);
        ASSERT_TRUE(device.start());
    }

    DayAppointment appointment(quint8 number, StaffId staff, Instant start, int minutes,
                               AppointmentStatus status = AppointmentStatus::Booked) const
    {
        DayAppointment made;
        made.appointment = {test::idOf<AppointmentId>(number),
                            shop.shop,
                            test::idOf<VisitId>(number),
                            staff,
                            shop.cut,
                            start,
                            start + std::chrono::minutes(minutes),
                            status,
                            2400};
        return made;
    }

    CalendarDay layOut(const QDate &date, const std::vector<DayAppointment> &appointments = {}) const
    {
        return client::layOut(device.catalogue, date, appointments);
    }

    static int hoursShown(const CalendarDay &day)
    {
        return int(std::chrono::duration_cast<std::chrono::hours>(day.shown.end - day.shown.start).count());
    }

    /// The labels of the hours.
    static QStringList labels(const CalendarDay &day)
    {
        QStringList all;
        for (const CalendarLine &line : day.lines) {
            if (!line.label.isEmpty())
                all << line.label;
        }
        return all;
    }

    static std::vector<CalendarClosure> closuresOf(const CalendarDay &day, int column)
    {
        std::vector<CalendarClosure> found;
        std::copy_if(day.closures.begin(), day.closures.end(), std::back_inserter(found),
                     [&](const CalendarClosure &one) { return one.column == column; });
        return found;
    }

    test::OpenDevice device{Role::Owner};
    const test::MadridShop &shop = device.shop;
};

TEST_F(Layout, ShowsTheOpeningHoursWithALineEveryHalfHour)
{
    open();
    const CalendarDay day = layOut(shop.today);
    EXPECT_TRUE(day.open);
    EXPECT_EQ(day.shown.start, shop.at(9));
    EXPECT_EQ(day.shown.end, shop.at(19));
    EXPECT_EQ(day.lines.size(), 21U);
    EXPECT_EQ(labels(day).first(), QStringLiteral("9:00"));
    EXPECT_EQ(labels(day).last(), QStringLiteral("19:00"));
    EXPECT_EQ(day.lines.at(1).label, QString()) << "half past has a line and no label";
}

TEST_F(Layout, HasAColumnForEachBarberInTheirOrder)
{
    open();
    const CalendarDay day = layOut(shop.today);
    ASSERT_EQ(day.columns.size(), 3U);
    EXPECT_EQ(day.columns[0].name, QStringLiteral("Ana"));
    EXPECT_EQ(day.columns[0].summary, QStringLiteral("0 booked"));
    EXPECT_EQ(day.columns[2].name, QStringLiteral("Carla"));
    EXPECT_EQ(day.columns[2].summary, QStringLiteral("Off today"));
}

TEST_F(Layout, HatchesWhatABarberDoesNotWork)
{
    open();
    const CalendarDay day = layOut(shop.today);
    EXPECT_TRUE(closuresOf(day, 0).empty());
    EXPECT_EQ(closuresOf(day, 1), (std::vector<CalendarClosure>{{1, 4 * 60, 60}})) << "Bruno's lunch";
    EXPECT_EQ(closuresOf(day, 2), (std::vector<CalendarClosure>{{2, 0, 600}})) << "Carla's day off";
}

TEST_F(Layout, AClosedDayShowsTheUsualHoursAllHatched)
{
    open();
    const CalendarDay day = layOut(shop.today.addDays(-1)); // Monday
    EXPECT_FALSE(day.open);
    EXPECT_EQ(hoursShown(day), 9);
    ASSERT_EQ(closuresOf(day, 0).size(), 1U);
    EXPECT_EQ(closuresOf(day, 0).front().minutes, 540);
}

TEST_F(Layout, AppointmentsOutsideTheHoursStretchTheDayToWholeHours)
{
    open();
    const CalendarDay day = layOut(shop.today, {appointment(1, shop.ana, shop.at(7, 40), 30),
                                                appointment(2, shop.ana, shop.at(19, 50), 30)});
    EXPECT_EQ(day.shown.start, shop.at(7));
    EXPECT_EQ(day.shown.end, shop.at(21));
    EXPECT_EQ(day.cards.at(0).startMinute, 40);
    EXPECT_EQ(closuresOf(day, 0), (std::vector<CalendarClosure>{{0, 0, 120}, {0, 12 * 60, 120}}));
}

TEST_F(Layout, ACardSaysWhenWhatAndForHowMuch)
{
    open();
    DayAppointment one = appointment(1, shop.bruno, shop.at(11), 30, AppointmentStatus::InChair);
    one.customer = shop.customer(5, QStringLiteral("Marcos"), {});
    const CalendarDay day = layOut(shop.today, {one});
    ASSERT_EQ(day.cards.size(), 1U);
    const CalendarCard &card = day.cards.front();
    EXPECT_EQ(card.column, 1);
    EXPECT_EQ(card.startMinute, 120);
    EXPECT_EQ(card.minutes, 30);
    EXPECT_EQ(card.time, QStringLiteral("11:00 – 11:30"));
    EXPECT_EQ(card.customer, QStringLiteral("Marcos"));
    EXPECT_EQ(card.service, QStringLiteral("Corte"));
    EXPECT_EQ(card.price, QLocale(QStringLiteral("es-ES")).toCurrencyString(24.0, QStringLiteral("€")));
    EXPECT_EQ(card.statusText, QStringLiteral("In the chair"));
    EXPECT_FALSE(card.faint);
}

TEST_F(Layout, NoShowsAreFaintAndCancelledOnesAreGone)
{
    open();
    const CalendarDay day =
        layOut(shop.today, {appointment(1, shop.ana, shop.at(11), 30, AppointmentStatus::NoShow),
                            appointment(2, shop.ana, shop.at(12), 30, AppointmentStatus::Cancelled),
                            appointment(3, shop.ana, shop.at(13), 30)});
    ASSERT_EQ(day.cards.size(), 2U);
    EXPECT_TRUE(day.cards[0].faint);
    EXPECT_EQ(day.columns[0].summary, QStringLiteral("1 booked"));
}

TEST_F(Layout, WithoutANameItIsAWalkInOrACustomer)
{
    DayAppointment walkIn = appointment(1, shop.ana, shop.at(11), 30);
    EXPECT_EQ(customerText(walkIn), QStringLiteral("Walk-in"));
    walkIn.customer.id = test::idOf<CustomerId>(9);
    EXPECT_EQ(customerText(walkIn), QStringLiteral("Customer"));
}

TEST_F(Layout, ARetiredBarberKeepsAColumnOnDaysWithAppointments)
{
    open({makeMutation(mutators::StaffRetire{shop.carla})});
    EXPECT_EQ(layOut(shop.today).columns.size(), 2U);
    const CalendarDay day = layOut(shop.today, {appointment(1, shop.carla, shop.at(11), 30)});
    ASSERT_EQ(day.columns.size(), 3U);
    EXPECT_EQ(day.columns[2].name, QStringLiteral("Carla"));
    EXPECT_EQ(day.cards.front().column, 2);
}

/// A shop that is open around the clock on the Sundays when the clocks change.
struct ClockChange : Layout
{
    CalendarDay layOutSunday(const QDate &sunday, const std::vector<DayAppointment> &appointments = {})
    {
        open({makeMutation(shop.hours(60, std::nullopt, 7, {{0, 24 * 60}}))});
        return layOut(sunday, appointments);
    }
};

TEST_F(ClockChange, ADayOf23HoursSkipsTheHourThatNeverWas)
{
    const CalendarDay day = layOutSunday({2026, 3, 29});
    EXPECT_EQ(hoursShown(day), 23);
    EXPECT_EQ(day.lines.size(), 47U);
    EXPECT_FALSE(labels(day).contains(QStringLiteral("2:00")));
    EXPECT_EQ(labels(day).at(2), QStringLiteral("3:00"));
    EXPECT_TRUE(closuresOf(day, 0).empty());
}

TEST_F(ClockChange, ADayOf25HoursShowsTheHourThatComesTwice)
{
    const QDate sunday(2026, 10, 25);
    const Instant secondTwo = instantAt(sunday, 2 * 60, shop.zone) + std::chrono::hours(1);
    const CalendarDay day = layOutSunday(sunday, {appointment(1, shop.ana, secondTwo, 30)});
    EXPECT_EQ(hoursShown(day), 25);
    EXPECT_EQ(labels(day).count(QStringLiteral("2:00")), 2);
    EXPECT_EQ(day.cards.front().startMinute, 3 * 60) << "minutes count real time";
    EXPECT_TRUE(closuresOf(day, 0).empty());
}

TEST_F(ClockChange, AnAfternoonCardStandsAtItsRealMinute)
{
    const QDate sunday(2026, 3, 29);
    const CalendarDay day =
        layOutSunday(sunday, {appointment(1, shop.ana, instantAt(sunday, 15 * 60, shop.zone), 30)});
    EXPECT_EQ(day.cards.front().startMinute, 14 * 60);
    EXPECT_EQ(day.cards.front().time, QStringLiteral("15:00 – 15:30"));
}

} // namespace
} // namespace strop::client
