#include "tests/unit/client/open_calendar.h"

/// The appointment sheet, opened from a real day view.
namespace strop::client {
namespace {

using mutators::makeMutation;
using test::eventually;
using test::Succeeds;

struct Editor : test::OpenCalendar
{
    void openNew(int column = 0, int minute = 360) // Ana at three
    {
        ASSERT_TRUE(open());
        model.book(column, minute);
        ASSERT_TRUE(editor.isNew());
    }

    QStringList texts(QAbstractItemModel *list)
    {
        QStringList all;
        for (const CalendarChoice &one : rowsOf<CalendarChoice>(list))
            all << one.text;
        return all;
    }
    void chooseLucia()
    {
        editor.setCustomerName(QStringLiteral("lu"));
        ASSERT_TRUE(eventually([this] { return texts(editor.suggestions()) == QStringList{lucia}; }));
        editor.chooseSuggestion(0);
    }
    QString chosenTime() { return texts(editor.times()).value(editor.timeIndex()); }

    AppointmentEditor &editor = *model.editor();
};

TEST_F(Editor, ANewOneStartsAtThePlaceThatWasChosen)
{
    openNew();
    EXPECT_TRUE(editor.isOpen());
    EXPECT_EQ(editor.title(), QStringLiteral("New appointment"));
    EXPECT_EQ(texts(editor.barbers()), (QStringList{"Any barber", "Ana", "Bruno", "Carla"}));
    EXPECT_EQ(editor.barberIndex(), 1);
    EXPECT_EQ(chosenTime(), QStringLiteral("15:00"));
    EXPECT_EQ(editor.problem(), QString());
}

TEST_F(Editor, WithoutAPlaceAnyBarberAndTheNextTimeAreChosen)
{
    openNew(-1, -1);
    EXPECT_EQ(editor.barberIndex(), 0);
    EXPECT_EQ(chosenTime(), QStringLiteral("10:00"));
}

TEST_F(Editor, ServicesAreShownWithLengthAndPrice)
{
    openNew();
    EXPECT_EQ(texts(editor.services()), (QStringList{"Corte", "Barba", "Completo"}));
    const CalendarChoice beard = rowsOf<CalendarChoice>(editor.services()).at(1);
    EXPECT_TRUE(beard.detail.startsWith(QStringLiteral("15 min · 12,00")));
}

TEST_F(Editor, BooksAWalkInWithoutAName)
{
    openNew();
    editor.book();
    ASSERT_TRUE(saysSoon(QStringLiteral("Walk-in booked at 15:00")));
    EXPECT_FALSE(editor.isOpen());
    EXPECT_TRUE(eventually([this] { return rowsOf<CalendarCard>(model.cards()).size() == 4; }));
    model.undo();
    EXPECT_TRUE(eventually([this] { return rowsOf<CalendarCard>(model.cards()).size() == 3; }));
}

TEST_F(Editor, BooksANewCustomerUnderNameAndPhone)
{
    openNew();
    editor.setCustomerName(QStringLiteral(" Nuria Sanz "));
    editor.setPhone(QStringLiteral("+34 600 000 099"));
    editor.setNote(QStringLiteral("Primera vez"));
    editor.book();
    ASSERT_TRUE(eventually([this] { return card(QStringLiteral("Nuria Sanz")).has_value(); }));
    EXPECT_TRUE(saysSoon(QStringLiteral("Nuria Sanz booked at 15:00")));
    model.open(idOfCard(QStringLiteral("Nuria Sanz")));
    EXPECT_TRUE(editor.summary().contains(QStringLiteral("+34600000099")));
    EXPECT_TRUE(editor.summary().contains(QStringLiteral("Primera vez")));
}

TEST_F(Editor, SuggestsKnownCustomersByNameFromTheSecondLetter)
{
    openNew();
    editor.setCustomerName(QStringLiteral("l"));
    editor.setCustomerName(QStringLiteral("lu"));
    ASSERT_TRUE(eventually([this] { return texts(editor.suggestions()) == QStringList{lucia}; }));
    editor.chooseSuggestion(0);
    EXPECT_EQ(editor.customerName(), lucia);
    EXPECT_EQ(editor.phone(), QStringLiteral("+34600000061"));
    EXPECT_TRUE(texts(editor.suggestions()).isEmpty());
}

TEST_F(Editor, BookingAKnownCustomerRefersToTheCustomerAndWritesNothingElse)
{
    openNew();
    chooseLucia();
    editor.book();
    ASSERT_TRUE(saysSoon(QStringLiteral("Lucía Vega booked at 15:00")));
    ASSERT_TRUE(eventually([this] { return device.host.status().waiting.size() == 1; }));
    const QCborMap &booking = device.host.status().waiting.front().mutation.arguments;
    EXPECT_EQ(booking.value(QStringLiteral("customer_id")).toByteArray(), test::uuidOf(61).toBytes());
}

TEST_F(Editor, TypingAnotherNameOrPhoneLeavesNothingOfTheChosenCustomer)
{
    domain::Customer noted = shop.customer(61, lucia, QStringLiteral("+34600000061"));
    noted.email = QStringLiteral("lucia@vega.example");
    noted.notes = QStringLiteral("Alergia al bálsamo");
    device.folder.confirm({makeMutation(noted)});
    openNew();
    chooseLucia();
    editor.setPhone(QStringLiteral("+34600000063"));
    editor.book();
    ASSERT_TRUE(eventually([this] { return device.host.status().waiting.size() == 2; }));
    const mutators::Mutation &added = device.host.status().waiting.front().mutation;
    EXPECT_EQ(added.name, QStringLiteral("customer.add"));
    EXPECT_NE(added.arguments.value(QStringLiteral("id")).toByteArray(), test::uuidOf(61).toBytes());
    EXPECT_EQ(added.arguments.value(QStringLiteral("email")).toString(), QString());
    EXPECT_EQ(added.arguments.value(QStringLiteral("notes")).toString(), QString());
}

TEST_F(Editor, ACustomerOfAnotherShopIsNotSuggested)
{
    domain::Shop second = shop.details();
    second.id = test::idOf<ShopId>(3);
    domain::Customer elsewhere = shop.customer(98, QStringLiteral("Luis"), {});
    elsewhere.shopId = second.id;
    device.folder.confirm({makeMutation(second), makeMutation(elsewhere)});
    openNew();
    editor.setCustomerName(QStringLiteral("lu"));
    ASSERT_TRUE(eventually([this] { return !texts(editor.suggestions()).isEmpty(); }));
    EXPECT_EQ(texts(editor.suggestions()), QStringList{lucia});
}

TEST_F(Editor, ABookingThatIsRefusedLeavesTheSheetAsItWasTyped)
{
    openNew();
    editor.setCustomerName(QStringLiteral("Nuria"));
    editor.setNote(QStringLiteral("Primera vez"));
    // Taken on another screen a moment ago, before this one has heard of it.
    device.host.mutate(makeMutation(shop.booking(90, shop.ana, shop.cut, shop.at(15))),
                       [](const Result<qint64> &) {});
    editor.book();
    ASSERT_TRUE(eventually([this] { return !announced.isEmpty(); }));
    EXPECT_TRUE(said().contains(QStringLiteral("Ana has another appointment"))) << said().toStdString();
    EXPECT_TRUE(editor.isNew());
    EXPECT_EQ(editor.customerName(), QStringLiteral("Nuria"));
    EXPECT_EQ(editor.note(), QStringLiteral("Primera vez"));

    editor.book(); // at the next free time
    ASSERT_TRUE(eventually([this] { return !editor.isOpen(); }));
    ASSERT_TRUE(eventually([this] { return device.host.status().waiting.size() == 4; }));
    const std::vector<sync::OutboxEntry> &waiting = device.host.status().waiting;
    EXPECT_EQ(waiting.at(1).mutation.arguments, waiting.at(2).mutation.arguments) << "Nuria is one customer";
}

TEST_F(Editor, BookingTwiceBooksOnce)
{
    openNew();
    editor.book();
    editor.book();
    ASSERT_TRUE(eventually([this] { return !editor.isOpen(); }));
    EXPECT_TRUE(eventually([this] { return rowsOf<CalendarCard>(model.cards()).size() == 4; }));
    EXPECT_EQ(announced.size(), 1);
}

TEST_F(Editor, APhoneWithoutANameAndANameTooLongAreSaid)
{
    openNew();
    editor.setPhone(QStringLiteral("600000099"));
    EXPECT_EQ(editor.problem(), QStringLiteral("What is the customer's name?"));
    editor.setCustomerName(QString(domain::maxNameLength + 1, u'n'));
    EXPECT_EQ(editor.problem(), QStringLiteral("Shorten the name to 120 characters."));
    editor.setCustomerName(QString(domain::maxNameLength, u'n'));
    EXPECT_EQ(editor.problem(), QString());
}

TEST_F(Editor, SuggestsByPhone)
{
    openNew();
    editor.setPhone(QStringLiteral("00062"));
    EXPECT_TRUE(eventually([this] { return texts(editor.suggestions()) == QStringList{marcos}; }));
}

TEST_F(Editor, TypedWildcardsAreLetters)
{
    openNew();
    editor.setCustomerName(QStringLiteral("lu"));
    ASSERT_TRUE(eventually([this] { return !texts(editor.suggestions()).isEmpty(); }));
    editor.setCustomerName(QStringLiteral("%_"));
    EXPECT_TRUE(eventually([this] { return texts(editor.suggestions()).isEmpty(); }));
}

TEST_F(Editor, AChosenCustomerIsNotSuggestedAgainByAChangeFromElsewhere)
{
    openNew();
    editor.setCustomerName(QStringLiteral("lu"));
    ASSERT_TRUE(eventually([this] { return !texts(editor.suggestions()).isEmpty(); }));
    editor.chooseSuggestion(0);
    ASSERT_THAT(device.write(makeMutation(shop.customer(98, QStringLiteral("Luis"), {}))), Succeeds());
    ASSERT_THAT(device.write(makeMutation(shop.booking(98, shop.bruno, shop.cut, shop.at(17)))), Succeeds());
    ASSERT_TRUE(eventually([this] { return rowsOf<CalendarCard>(model.cards()).size() == 4; }));
    EXPECT_TRUE(texts(editor.suggestions()).isEmpty());
}

TEST_F(Editor, AnIncompletePhoneIsSaidAndNotBooked)
{
    openNew();
    editor.setPhone(QStringLiteral("600"));
    EXPECT_EQ(editor.problem(), QStringLiteral("That phone number is not complete."));
    editor.book();
    EXPECT_TRUE(editor.isOpen());
}

TEST_F(Editor, ABarberWhoIsOffHasNoTimes)
{
    openNew(2);
    EXPECT_TRUE(texts(editor.times()).isEmpty());
    EXPECT_TRUE(editor.problem().contains(QStringLiteral("Try another barber or day")));
    editor.setBarberIndex(1);
    EXPECT_EQ(editor.problem(), QString());
}

TEST_F(Editor, ALongerServiceKeepsTheWantedTimeWhereItCan)
{
    openNew();
    editor.setServiceIndex(2);
    EXPECT_EQ(chosenTime(), QStringLiteral("15:00"));
    editor.setTimeIndex(int(texts(editor.times()).indexOf(QStringLiteral("16:30"))));
    editor.setServiceIndex(0);
    EXPECT_EQ(chosenTime(), QStringLiteral("16:30"));
}

TEST_F(Editor, AChosenTimeStaysChosenWhenTheDayChangesElsewhere)
{
    openNew();
    editor.setTimeIndex(int(texts(editor.times()).indexOf(QStringLiteral("17:15"))));
    ASSERT_THAT(device.write(makeMutation(shop.booking(90, shop.ana, shop.cut, shop.at(13)))), Succeeds());
    ASSERT_TRUE(eventually([this] { return !texts(editor.times()).contains(QStringLiteral("13:00")); }));
    EXPECT_EQ(chosenTime(), QStringLiteral("17:15"));
}

TEST_F(Editor, AChosenServiceStaysChosenWhenAnotherOneIsAddedBeforeIt)
{
    openNew();
    editor.setServiceIndex(1);
    ASSERT_THAT(device.write(makeMutation(
                    shop.service(test::idOf<ServiceId>(29), QStringLiteral("Lavado"), 15, 500, -1))),
                Succeeds());
    ASSERT_TRUE(eventually([this] { return texts(editor.services()).size() == 4; }));
    EXPECT_EQ(editor.serviceIndex(), 2);
    EXPECT_EQ(texts(editor.services()).at(2), QStringLiteral("Barba"));
}

TEST_F(Editor, ShowsWhatAnAppointmentIs)
{
    ASSERT_TRUE(open());
    model.open(idOfCard(lucia));
    EXPECT_FALSE(editor.isNew());
    EXPECT_EQ(editor.title(), lucia);
    EXPECT_EQ(editor.status(), QStringLiteral("booked"));
    EXPECT_TRUE(editor.summary().contains(QStringLiteral("10:30 to 11:00 with Ana")));
    EXPECT_TRUE(editor.summary().contains(QStringLiteral("Sin máquina")));
    EXPECT_EQ(texts(editor.statuses()).size(), 6);
    model.open(idOfCard(QStringLiteral("Walk-in")));
    EXPECT_TRUE(editor.summary().contains(QStringLiteral("Booked at the kiosk")));
}

TEST_F(Editor, FollowsTheAppointmentWhileItIsOpen)
{
    ASSERT_TRUE(open());
    model.open(idOfCard(lucia));
    editor.chooseStatus(QStringLiteral("arrived"));
    ASSERT_TRUE(eventually([this] { return editor.status() == QStringLiteral("arrived"); }));
    ASSERT_THAT(device.write(makeMutation(mutators::AppointmentCancel{test::idOf<AppointmentId>(71)})),
                Succeeds());
    ASSERT_TRUE(eventually([this] { return editor.status() == QStringLiteral("cancelled"); }));
    EXPECT_TRUE(texts(editor.statuses()).isEmpty()) << "nothing follows a cancellation";
}

TEST_F(Editor, AnotherDayClosesTheSheetOfAnAppointment)
{
    ASSERT_TRUE(open());
    model.open(idOfCard(lucia));
    model.step(1);
    EXPECT_TRUE(eventually([this] { return !editor.isOpen(); }));
}

TEST_F(Editor, CancelsFromTheSheet)
{
    ASSERT_TRUE(open());
    model.open(idOfCard(lucia));
    editor.cancelAppointment();
    EXPECT_FALSE(editor.isOpen());
    EXPECT_TRUE(saysSoon(QStringLiteral("Lucía Vega cancelled")));
}

TEST_F(Editor, TheNextNewAppointmentKnowsNothingOfTheLast)
{
    openNew();
    editor.setCustomerName(QStringLiteral("Nuria"));
    editor.setPhone(QStringLiteral("600"));
    editor.setNote(QStringLiteral("x"));
    editor.setServiceIndex(2);
    editor.close();
    model.book(0, 360);
    EXPECT_EQ(editor.customerName(), QString());
    EXPECT_EQ(editor.phone(), QString());
    EXPECT_EQ(editor.note(), QString());
    EXPECT_EQ(editor.serviceIndex(), 0);
}

} // namespace
} // namespace strop::client
