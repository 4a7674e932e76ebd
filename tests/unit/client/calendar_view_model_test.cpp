#include "tests/unit/client/open_calendar.h"

/// The day view over a real replica: what it shows, and what each action does and says. Minutes count from
/// nine o'clock, the first line.
namespace strop::client {
namespace {

using mutators::makeMutation;
using test::eventually;
using test::Succeeds;

constexpr int anaColumn = 0;
constexpr int brunoColumn = 1;

struct Calendar : test::OpenCalendar
{};

TEST_F(Calendar, LoadsUntilTheDayIsThere)
{
    EXPECT_TRUE(model.isLoading());
    EXPECT_EQ(model.notice(), QString());
    EXPECT_EQ(model.nowMinute(), -1);
    ASSERT_TRUE(open());
    EXPECT_EQ(model.shopName(), QStringLiteral("La Navaja"));
    EXPECT_TRUE(model.isToday());
    EXPECT_EQ(model.title(), QStringLiteral("martes 5 mayo"));
    EXPECT_EQ(model.columnCount(), 3);
    EXPECT_EQ(rowsOf<CalendarCard>(model.cards()).size(), 3U);
}

TEST_F(Calendar, TheNowLineStandsAtTheRealMinuteAndHidesOnOtherDays)
{
    ASSERT_TRUE(open());
    EXPECT_EQ(model.nowMinute(), 60);
    device.setTime(shop.at(10, 20));
    EXPECT_EQ(model.nowMinute(), 80);
    model.step(1);
    ASSERT_TRUE(eventually([this] { return !model.isLoading(); }));
    EXPECT_EQ(model.nowMinute(), -1);
    EXPECT_FALSE(model.isToday());
    model.showToday();
    ASSERT_TRUE(eventually([this] { return model.nowMinute() == 80; }));
}

TEST_F(Calendar, ShowsTheNewDayAfterMidnightUnlessAnotherOneIsLookedAt)
{
    ASSERT_TRUE(open());
    device.setTime(shop.at(0, 1, 1));
    model.tick();
    EXPECT_EQ(model.date(), shop.today.addDays(1));
    EXPECT_TRUE(model.isToday());
    model.setDate(shop.today.addDays(7));
    device.setTime(shop.at(0, 1, 2));
    QSignalSpy changed(&model, &CalendarViewModel::dayChanged);
    model.tick();
    EXPECT_EQ(model.date(), shop.today.addDays(7));
    EXPECT_FALSE(changed.isEmpty()) << "what is today has changed";
}

TEST_F(Calendar, AClosedDaySaysSo)
{
    ASSERT_TRUE(open());
    model.step(-1); // Monday
    ASSERT_TRUE(eventually([this] { return !model.isLoading(); }));
    EXPECT_EQ(model.notice(), QStringLiteral("The shop is closed on this day."));
}

TEST_F(Calendar, MinutesSnapToTheShopsGridWithinTheDay)
{
    ASSERT_TRUE(open());
    EXPECT_EQ(model.snapped(67), 60);
    EXPECT_EQ(model.snapped(68), 75);
    EXPECT_EQ(model.snapped(-10), 0);
    EXPECT_EQ(model.snapped(5000), 600);
    EXPECT_EQ(model.timeAt(68), QStringLiteral("10:15"));
}

TEST_F(Calendar, ABookingFromElsewhereAppearsByItself)
{
    ASSERT_TRUE(open());
    ASSERT_THAT(device.write(makeMutation(shop.booking(90, shop.bruno, shop.cut, shop.at(16)))), Succeeds());
    EXPECT_TRUE(eventually([this] { return rowsOf<CalendarCard>(model.cards()).size() == 4; }));
}

TEST_F(Calendar, MovesACardAndTakesItBack)
{
    ASSERT_TRUE(open());
    model.move(idOfCard(lucia), brunoColumn, 367); // a quarter past three, nearly
    ASSERT_TRUE(saysSoon(QStringLiteral("Lucía Vega moved to 15:00 with Bruno")));
    EXPECT_TRUE(announced.last().at(1).toBool()) << "it can be undone";
    ASSERT_TRUE(eventually([this] { return card(lucia)->column == brunoColumn; }));
    EXPECT_EQ(card(lucia)->time, QStringLiteral("15:00 – 15:30"));

    model.undo();
    ASSERT_TRUE(eventually([this] { return card(lucia)->column == anaColumn; }));
    EXPECT_EQ(card(lucia)->time, QStringLiteral("10:30 – 11:00"));
    EXPECT_TRUE(saysSoon(QStringLiteral("Undone")));
}

TEST_F(Calendar, DropsWhereItWasWithoutAWord)
{
    ASSERT_TRUE(open());
    model.move(idOfCard(lucia), anaColumn, 90);
    model.move(idOfCard(lucia), 7, 90);
    model.move(QStringLiteral("no such card"), anaColumn, 0);
    EXPECT_TRUE(announced.isEmpty());
}

TEST_F(Calendar, DoesNotMoveOntoAnotherAppointmentAndSaysWhy)
{
    ASSERT_TRUE(open());
    EXPECT_EQ(model.whyNot(idOfCard(lucia), brunoColumn, 150), QStringLiteral("Bruno is busy then"));
    model.move(idOfCard(lucia), brunoColumn, 150);
    EXPECT_EQ(said(), QStringLiteral("Bruno is busy then"));
    EXPECT_EQ(card(lucia)->column, anaColumn);
}

TEST_F(Calendar, TheStaffMayBookOutsideOfTheHours)
{
    ASSERT_TRUE(open());
    EXPECT_EQ(model.whyNot(idOfCard(lucia), brunoColumn, 240), QString()) << "in his lunch";
}

TEST_F(Calendar, NobodyIsBookedTwiceOutsideOfTheHoursEither)
{
    device.folder.confirm({makeMutation(shop.booking(90, shop.bruno, shop.cut, shop.at(13)))});
    ASSERT_TRUE(open());
    EXPECT_EQ(model.whyNot(idOfCard(lucia), brunoColumn, 240), QStringLiteral("Bruno is busy then"));
}

TEST_F(Calendar, WhatIsOverStaysWhereItIs)
{
    device.folder.confirm({makeMutation(
        mutators::AppointmentSetStatus{test::idOf<AppointmentId>(71), domain::AppointmentStatus::Done})});
    ASSERT_TRUE(open());
    EXPECT_FALSE(model.whyNot(idOfCard(lucia), brunoColumn, 360).isEmpty());
    model.move(idOfCard(lucia), brunoColumn, 360);
    EXPECT_EQ(said(), QStringLiteral("It is over and stays where it is"));
}

TEST_F(Calendar, CancellingCanBeUndoneWithCustomerNoteAndStatus)
{
    device.folder.confirm({makeMutation(mutators::AppointmentSetStatus{
        test::idOf<AppointmentId>(71), domain::AppointmentStatus::Confirmed})});
    ASSERT_TRUE(open());
    model.cancel(idOfCard(lucia));
    ASSERT_TRUE(saysSoon(QStringLiteral("Lucía Vega cancelled")));
    ASSERT_TRUE(eventually([this] { return !card(lucia); }));
    model.undo();
    ASSERT_TRUE(
        eventually([this] { return card(lucia) && card(lucia)->status == QStringLiteral("confirmed"); }));
    EXPECT_EQ(card(lucia)->time, QStringLiteral("10:30 – 11:00"));
    model.open(idOfCard(lucia));
    EXPECT_TRUE(model.editor()->summary().contains(QStringLiteral("Sin máquina")));
}

TEST_F(Calendar, ACancellationTakenBackIsTheSameAppointmentAtItsOldPrice)
{
    domain::Service dearer = shop.service(shop.cut, QStringLiteral("Corte"), 30, 9900, 0);
    device.folder.confirm({makeMutation(dearer)});
    ASSERT_TRUE(open());
    const CalendarCard before = *card(lucia);
    model.cancel(before.idText());
    ASSERT_TRUE(eventually([this] { return !card(lucia); }));
    ASSERT_TRUE(saysSoon(QStringLiteral("Lucía Vega cancelled")));
    model.undo();
    ASSERT_TRUE(eventually([this] { return card(lucia).has_value(); }));
    EXPECT_EQ(*card(lucia), before);
}

TEST_F(Calendar, UndoEndsAtTheFirstRefusedWriteAndSaysWhy)
{
    device.folder.confirm({makeMutation(mutators::AppointmentSetStatus{
        test::idOf<AppointmentId>(71), domain::AppointmentStatus::Confirmed})});
    ASSERT_TRUE(open());
    model.cancel(idOfCard(lucia));
    ASSERT_TRUE(saysSoon(QStringLiteral("Lucía Vega cancelled")));
    ASSERT_THAT(device.write(makeMutation(shop.booking(90, shop.ana, shop.cut, shop.at(10, 30)))),
                Succeeds());
    announced.clear();
    model.undo();
    ASSERT_TRUE(eventually([this] { return !announced.isEmpty(); }));
    ASSERT_THAT(device.write(makeMutation(shop.customer(99, QStringLiteral("X"), {}))), Succeeds());
    ASSERT_EQ(announced.size(), 1);
    EXPECT_TRUE(said().contains(QStringLiteral("Ana has another appointment"))) << said().toStdString();
}

TEST_F(Calendar, ACorrectedZoneMovesTheBoundsOfTheDay)
{
    // One at night in Madrid is still the evening of this day in New York.
    device.folder.confirm({makeMutation(shop.booking(90, shop.ana, shop.cut, shop.at(1, 0, 1)))});
    ASSERT_TRUE(open());
    EXPECT_EQ(rowsOf<CalendarCard>(model.cards()).size(), 3U);
    domain::Shop corrected = shop.details();
    corrected.zone = QStringLiteral("America/New_York");
    ASSERT_THAT(device.write(makeMutation(corrected)), Succeeds());
    EXPECT_TRUE(eventually([this] { return rowsOf<CalendarCard>(model.cards()).size() == 4; }));
    EXPECT_EQ(model.date(), shop.today);
}

TEST_F(Calendar, SetsAStatusAndTakesItBack)
{
    ASSERT_TRUE(open());
    model.setStatus(idOfCard(marcos), QStringLiteral("in_chair"));
    ASSERT_TRUE(saysSoon(QStringLiteral("Marcos Gil: In the chair")));
    ASSERT_TRUE(eventually([this] { return card(marcos)->status == QStringLiteral("in_chair"); }));
    model.undo();
    EXPECT_TRUE(eventually([this] { return card(marcos)->status == QStringLiteral("booked"); }));
}

TEST_F(Calendar, AnUnknownOrTheSameStatusIsNoWrite)
{
    ASSERT_TRUE(open());
    model.setStatus(idOfCard(marcos), QStringLiteral("booked"));
    model.setStatus(idOfCard(marcos), QStringLiteral("nonsense"));
    ASSERT_THAT(device.write(makeMutation(shop.customer(99, QStringLiteral("X"), {}))), Succeeds());
    EXPECT_TRUE(eventually([this] { return device.host.status().waiting.size() == 1; }));
    EXPECT_TRUE(announced.isEmpty());
}

TEST_F(Calendar, UndoHappensOnce)
{
    ASSERT_TRUE(open());
    model.undo();
    EXPECT_EQ(said(), QStringLiteral("There is nothing to undo."));
    model.setStatus(idOfCard(marcos), QStringLiteral("arrived"));
    ASSERT_TRUE(saysSoon(QStringLiteral("Marcos Gil: Arrived")));
    model.undo();
    ASSERT_TRUE(saysSoon(QStringLiteral("Undone")));
    model.undo();
    EXPECT_EQ(said(), QStringLiteral("There is nothing to undo."));
}

TEST_F(Calendar, AWriteThatIsRefusedIsSaidInWords)
{
    ASSERT_TRUE(open());
    const QString id = idOfCard(lucia);
    // Cancelled on another screen a moment ago, before this one has heard of it.
    device.host.mutate(makeMutation(mutators::AppointmentCancel{test::idOf<AppointmentId>(71)}),
                       [](const Result<qint64> &) {});
    model.setStatus(id, QStringLiteral("arrived"));
    ASSERT_TRUE(eventually([this] { return !announced.isEmpty(); }));
    EXPECT_TRUE(said().contains(QStringLiteral("cannot become"))) << said().toStdString();
    EXPECT_FALSE(announced.last().at(1).toBool());
}

struct EmptyShop : testing::Test
{
    test::OpenDevice device{Role::Owner};
    CalendarViewModel model{device.host, device.catalogue, device.clock, device.random};
};

TEST_F(EmptyShop, WithoutBarbersItSaysSo)
{
    device.folder.confirm(device.shop.hoursAndServices());
    ASSERT_TRUE(device.start());
    ASSERT_TRUE(eventually([this] { return !model.isLoading(); }));
    EXPECT_EQ(model.notice(), QStringLiteral("No barber works here yet."));
}

} // namespace
} // namespace strop::client
