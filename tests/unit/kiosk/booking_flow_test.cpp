#include "kiosk/booking/booking_flow.h"

#include "shared/mutators/customer_card.h"
#include "tests/unit/open_device.h"

#include <QSignalSpy>

/// The customer's way through a booking, on a real replica of the Madrid shop at ten o'clock on a Tuesday.
namespace strop::kiosk {
namespace {

using mutators::makeMutation;
using test::eventually;
using test::Succeeds;
using Step = BookingFlow::Step;

struct Flow : testing::Test
{
    Flow() { device.folder.confirmAll(); }

    void open()
    {
        ASSERT_TRUE(device.start());
        ASSERT_TRUE(eventually([this] { return flow.isReady(); }));
    }

    /// Opens it and answers every question up to a step, for a cut with Ana at noon and a half.
    void openAt(Step step)
    {
        open();
        flow.begin();
        if (step >= Step::Barber)
            flow.chooseService(shop.cut.toString());
        if (step >= Step::Time)
            flow.chooseBarber(shop.ana.toString());
        if (step >= Step::Details)
            flow.chooseTime(timeOf(shop.at(12, 30)));
        ASSERT_EQ(flow.step(), step);
    }

    void typeDetails()
    {
        flow.setName(QStringLiteral(" Elena Ruiz "));
        flow.setPhone(QStringLiteral("+34 600 111 222"));
    }

    static QString timeOf(Instant start) { return QString::number(toMs(start)); }

    static std::vector<BookingChoice> choices(QAbstractItemModel *model)
    {
        std::vector<BookingChoice> all;
        for (int row = 0; row < model->rowCount(); ++row)
            all.push_back(model->index(row, 0).data(Qt::UserRole).value<BookingChoice>());
        return all;
    }
    static QStringList texts(QAbstractItemModel *model)
    {
        QStringList all;
        for (const BookingChoice &one : choices(model))
            all << one.text;
        return all;
    }

    test::OpenDevice device{Role::Kiosk};
    const test::MadridShop &shop = device.shop;
    BookingFlow flow{device.host, device.catalogue, device.clock, device.random};
};

TEST_F(Flow, CannotBeginBeforeTheShopIsThere)
{
    EXPECT_FALSE(flow.isReady());
    EXPECT_EQ(flow.nextFree(), QString());
    flow.begin();
    EXPECT_EQ(flow.step(), Step::Attract);
}

struct KeylessFlow : testing::Test
{
    KeylessFlow()
    {
        device.folder.confirm(shop.hoursAndServices());
        device.folder.confirm(shop.barbers());
    }

    test::OpenDevice device{Role::Kiosk};
    const test::MadridShop &shop = device.shop;
    BookingFlow flow{device.host, device.catalogue, device.clock, device.random};
};

TEST_F(KeylessFlow, BooksNothingWhileThereIsNoKeyToSealTo)
{
    ASSERT_TRUE(device.start());
    ASSERT_TRUE(eventually([this] { return !flow.nextFree().isEmpty(); }));
    EXPECT_EQ(flow.nextFree(), QStringLiteral("This kiosk is still getting ready. Please ask at the desk."));
    EXPECT_FALSE(flow.isReady());
    flow.begin();
    EXPECT_EQ(flow.step(), Step::Attract);
}

TEST_F(Flow, TheAttractScreenNamesTheShopAndTheNextFreeTime)
{
    open();
    EXPECT_EQ(flow.shopName(), QStringLiteral("La Navaja"));
    EXPECT_EQ(flow.nextFree(), QStringLiteral("Next free: Today 10:00"));
}

TEST_F(Flow, TheNextFreeTimeMovesOnWithTheClock)
{
    open();
    device.setTime(shop.at(13, 20));
    QSignalSpy changed(&flow, &BookingFlow::changed);
    flow.tick();
    EXPECT_GT(changed.count(), 0);
    EXPECT_EQ(flow.nextFree(), QStringLiteral("Next free: Today 13:30"));
}

TEST_F(Flow, AfterMidnightTodayIsTheNewDay)
{
    open();
    device.setTime(shop.at(0, 5, 1));
    flow.tick();
    ASSERT_TRUE(eventually([this] { return flow.isReady(); }));
    EXPECT_EQ(flow.nextFree(), QStringLiteral("Next free: Today 9:00"));
}

TEST_F(Flow, AShopThatIsClosedForTheDayOffersTomorrow)
{
    device.setTime(shop.at(18, 45));
    open();
    EXPECT_EQ(flow.nextFree(), QStringLiteral("Next free: Tomorrow 9:00"));
}

TEST_F(Flow, OffersTheServicesWithTheirLengthAndPriceAsTheShopWritesThem)
{
    openAt(Step::Service);
    EXPECT_EQ(texts(flow.services()), (QStringList{"Corte", "Barba", "Completo"}));
    const BookingChoice both = choices(flow.services()).at(2);
    EXPECT_EQ(both.detail, QStringLiteral("60 min"));
    EXPECT_EQ(both.extra, QLocale(QStringLiteral("es-ES")).toCurrencyString(38.5, QStringLiteral("€")));
}

TEST_F(Flow, OffersTheFirstFreeAndEachBarberWithTheirNextTime)
{
    openAt(Step::Barber);
    const std::vector<BookingChoice> barbers = choices(flow.barbers());
    ASSERT_EQ(barbers.size(), 4U);
    EXPECT_EQ(barbers[0].value, QString());
    EXPECT_EQ(barbers[0].detail, QStringLiteral("Today 10:00"));
    EXPECT_EQ(barbers[1].text, QStringLiteral("Ana"));
    EXPECT_EQ(barbers[3].text, QStringLiteral("Carla"));
    EXPECT_EQ(barbers[3].detail, QStringLiteral("Tomorrow 9:00"));
}

TEST_F(Flow, AnAppointmentLeavesNoTimeThatRunsIntoIt)
{
    openAt(Step::Time);
    const QStringList times = texts(flow.times());
    EXPECT_TRUE(times.contains(QStringLiteral("10:00")));
    EXPECT_FALSE(times.contains(QStringLiteral("10:15"))); // Lucía sits there from 10:30
    EXPECT_FALSE(times.contains(QStringLiteral("10:30")));
    EXPECT_TRUE(times.contains(QStringLiteral("11:00")));
    EXPECT_EQ(times.last(), QStringLiteral("18:30"));
}

TEST_F(Flow, TheFirstFreeOffersTheTimesOfEverybodyWithTheirNames)
{
    openAt(Step::Barber);
    flow.chooseBarber(QString());
    const std::vector<BookingChoice> times = choices(flow.times());
    const auto quarterPast = std::find_if(times.begin(), times.end(), [](const BookingChoice &one) {
        return one.text == QStringLiteral("10:15");
    });
    ASSERT_NE(quarterPast, times.end());
    EXPECT_EQ(quarterPast->detail, QStringLiteral("Bruno"));
}

TEST_F(Flow, ABarberWhoIsOffTodayOpensAtTheDayWhenSheComes)
{
    openAt(Step::Barber);
    flow.chooseBarber(shop.carla.toString());
    EXPECT_EQ(flow.dayIndex(), 1);
    EXPECT_EQ(texts(flow.times()).first(), QStringLiteral("9:00"));
}

TEST_F(Flow, AClosedDayOffersNothing)
{
    openAt(Step::Time);
    flow.chooseDay(5); // Sunday
    EXPECT_EQ(flow.timeCount(), 0);
    flow.chooseDay(99); // no further than two weeks
    EXPECT_EQ(flow.dayIndex(), 13);
}

TEST_F(Flow, SaysWhatIsMissingInTheOrderOfTheFields)
{
    openAt(Step::Details);
    EXPECT_EQ(flow.missing(), QStringLiteral("What is your name?"));
    flow.setName(QStringLiteral("   "));
    EXPECT_EQ(flow.missing(), QStringLiteral("What is your name?"));
    flow.setName(QStringLiteral("Elena"));
    EXPECT_TRUE(flow.missing().contains(QStringLiteral("phone")));
    flow.setPhone(QStringLiteral("600"));
    EXPECT_TRUE(flow.missing().contains(QStringLiteral("phone")));
    flow.setPhone(QStringLiteral("600111222"));
    EXPECT_EQ(flow.missing(), QString());
}

TEST_F(Flow, KeepsNoMoreOfANameOrPhoneThanItsFieldShows)
{
    flow.setName(QString(1000, u'a'));
    EXPECT_EQ(flow.name().size(), BookingFlow::maxNameLetters);
    flow.setPhone(QString(1000, u'1'));
    EXPECT_EQ(flow.phone().size(), BookingFlow::maxPhoneLetters);
}

TEST_F(Flow, AConfirmedBookingStandsInTheReplicaBeforeItIsShown)
{
    openAt(Step::Details);
    typeDetails();
    flow.confirm();
    EXPECT_TRUE(flow.isConfirming());
    ASSERT_TRUE(eventually([this] { return flow.step() == Step::Done; }));
    EXPECT_FALSE(flow.isConfirming());
    EXPECT_EQ(flow.summary(), QStringLiteral("Corte with Ana, Today 12:30"));
    EXPECT_TRUE(eventually([this] { return device.host.status().waiting.size() == 1; }));
    const mutators::Mutation &waiting = device.host.status().waiting.at(0).mutation;
    EXPECT_EQ(waiting.name, QStringLiteral("appointment.book"));
    EXPECT_EQ(waiting.version, 2);
    EXPECT_TRUE(waiting.arguments.value(QStringLiteral("customer_id")).isNull());
}

TEST_F(Flow, WhatTheCustomerTypedLeavesItSealedToTheBusiness)
{
    openAt(Step::Details);
    typeDetails();
    flow.confirm();
    ASSERT_TRUE(eventually([this] { return !device.host.status().waiting.empty(); }));
    const mutators::Mutation &waiting = device.host.status().waiting.at(0).mutation;
    const QByteArray box = waiting.arguments.value(QStringLiteral("sealed_customer")).toByteArray();
    EXPECT_FALSE(mutators::encodeMutation(waiting).contains("Elena"));
    EXPECT_EQ(test::must(mutators::decodeCard(test::must(device.folder.key.open(box)))),
              (mutators::CustomerCard{QStringLiteral("Elena Ruiz"), QStringLiteral("+34600111222")}));
}

TEST_F(Flow, ConfirmingTwiceBooksOnce)
{
    openAt(Step::Details);
    typeDetails();
    flow.confirm();
    flow.confirm();
    ASSERT_TRUE(eventually([this] { return flow.step() == Step::Done; }));
    flow.confirm();
    EXPECT_EQ(flow.step(), Step::Done);
    EXPECT_TRUE(eventually([this] { return device.host.status().waiting.size() == 1; }));
    EXPECT_EQ(test::must(device.write(makeMutation(shop.booking(91, shop.bruno, shop.cut, shop.at(16))))), 2);
}

TEST_F(Flow, NothingIsConfirmedWhileSomethingIsMissing)
{
    openAt(Step::Details);
    flow.confirm();
    EXPECT_FALSE(flow.isConfirming());
    EXPECT_EQ(flow.step(), Step::Details);
}

TEST_F(Flow, ATapOnATimeThatHasJustGoneOffersWhatIsLeft)
{
    openAt(Step::Time);
    ASSERT_THAT(device.write(makeMutation(shop.booking(90, shop.ana, shop.cut, shop.at(15)))), Succeeds());
    ASSERT_TRUE(eventually([this] { return !texts(flow.times()).contains(QStringLiteral("15:00")); }));
    flow.chooseTime(timeOf(shop.at(15)));
    EXPECT_EQ(flow.step(), Step::Time);
}

TEST_F(Flow, ATimeTakenWhileTheNameWasTypedGoesBackToTheTimes)
{
    openAt(Step::Details);
    typeDetails();
    ASSERT_THAT(device.write(makeMutation(shop.booking(90, shop.ana, shop.cut, shop.at(12, 30)))),
                Succeeds());
    flow.confirm();
    ASSERT_TRUE(eventually([this] { return !flow.problem().isEmpty(); }));
    EXPECT_EQ(flow.step(), Step::Time);
    EXPECT_FALSE(flow.isConfirming());
    EXPECT_TRUE(flow.problem().contains(QStringLiteral("taken")));
    EXPECT_FALSE(texts(flow.times()).contains(QStringLiteral("12:30")));
    EXPECT_EQ(flow.name(), QStringLiteral(" Elena Ruiz ")) << "the customer does not type it again";

    flow.chooseTime(timeOf(shop.at(15)));
    EXPECT_EQ(flow.problem(), QString());
    flow.confirm();
    EXPECT_TRUE(eventually([this] { return flow.step() == Step::Done; }));
}

TEST_F(Flow, BackWalksTheQuestionsInReverse)
{
    openAt(Step::Details);
    for (const Step expected : {Step::Time, Step::Barber, Step::Service, Step::Attract, Step::Attract}) {
        flow.back();
        EXPECT_EQ(flow.step(), expected);
    }
}

TEST_F(Flow, BackFromTheFirstQuestionForgetsWhatWasTyped)
{
    openAt(Step::Details);
    typeDetails();
    for (int i = 0; i < 4; ++i)
        flow.back();
    EXPECT_EQ(flow.name(), QString());
    EXPECT_EQ(flow.phone(), QString());
}

TEST_F(Flow, StartOverForgetsEverything)
{
    openAt(Step::Details);
    typeDetails();
    flow.startOver();
    EXPECT_EQ(flow.step(), Step::Attract);
    EXPECT_EQ(flow.name(), QString());
    EXPECT_EQ(flow.phone(), QString());
    EXPECT_EQ(flow.summary(), QString());
    EXPECT_EQ(flow.dayIndex(), 0);
}

TEST_F(Flow, LeavingTheDoneScreenForgetsTheCustomer)
{
    openAt(Step::Details);
    typeDetails();
    flow.confirm();
    ASSERT_TRUE(eventually([this] { return flow.step() == Step::Done; }));
    flow.back();
    EXPECT_EQ(flow.step(), Step::Attract);
    EXPECT_EQ(flow.name(), QString());
}

TEST_F(Flow, StartOverWhileABookingIsBeingWrittenWaitsForIt)
{
    openAt(Step::Details);
    typeDetails();
    flow.confirm();
    flow.startOver();
    flow.back();
    ASSERT_TRUE(eventually([this] { return flow.step() == Step::Done; }));
    EXPECT_EQ(flow.name(), QStringLiteral(" Elena Ruiz "));
    EXPECT_EQ(flow.summary(), QStringLiteral("Corte with Ana, Today 12:30"));
}

TEST_F(Flow, AServiceTakenOutOfUseMeanwhileIsRefusedInWords)
{
    device.folder.confirm({makeMutation(mutators::ServiceRetire{shop.beard})});
    open();
    EXPECT_EQ(texts(flow.services()), (QStringList{"Corte", "Completo"}));
    flow.begin();
    flow.chooseService(shop.beard.toString()); // the finger was on its way
    flow.chooseBarber(shop.ana.toString());
    flow.chooseTime(timeOf(shop.at(15)));
    typeDetails();
    flow.confirm();
    ASSERT_TRUE(eventually([this] { return !flow.problem().isEmpty(); }));
    EXPECT_EQ(flow.step(), Step::Details);
    EXPECT_TRUE(flow.problem().contains(QStringLiteral("not offered any more")));
}

} // namespace
} // namespace strop::kiosk
