#include "shared/mutators/appointment_mutators.h"

#include "tests/unit/expect.h"
#include "tests/unit/mutators/salon.h"

using namespace strop;
using namespace strop::domain;
using namespace strop::mutators;
using namespace strop::test;
using std::chrono::minutes;

namespace {

class Book : public testing::Test
{
protected:
    [[nodiscard]] Appointment stored(quint8 number)
    {
        return m_salon.stored<Appointment>(idOf<AppointmentId>(number));
    }

    /// Books a cut with Anna as the owner.
    void booked(quint8 number, Instant start)
    {
        must(m_salon.as(Role::Owner, m_salon.booking(number, start)));
    }

    void setStatus(quint8 number, AppointmentStatus status)
    {
        must(m_salon.as(Role::Owner, AppointmentSetStatus{idOf<AppointmentId>(number), status}));
    }

    template <typename Entity, typename Change>
    void changed(decltype(Entity::id) id, const Change &change)
    {
        auto entity = m_salon.stored<Entity>(id);
        change(entity);
        must(m_salon.rows.put(entity));
    }

    Salon m_salon;
};

class Move : public Book
{};
class SetStatus : public Book
{};
class Restore : public Book
{
protected:
    /// Ten o'clock with Anna, cancelled.
    void cancelled()
    {
        booked(10, m_salon.at(10));
        must(m_salon.as(Role::Owner, AppointmentCancel{restore.id}));
    }

    const AppointmentRestore restore{idOf<AppointmentId>(10)};
};

} // namespace

TEST_F(Book, IsForDevicesOfThatShopOnly)
{
    Actor elsewhere = m_salon.actor(Role::Kiosk);
    elsewhere.shop = idOf<ShopId>(99);
    const AppointmentBook args = m_salon.booking(10, m_salon.at(10));
    EXPECT_THAT(apply(m_salon.rows, elsewhere, args), FailsWith(ErrorCode::NotPermitted));
    elsewhere.shop = m_salon.shop;
    EXPECT_THAT(apply(m_salon.rows, elsewhere, args), Succeeds());
    elsewhere.role = Role::Barber;
    elsewhere.shop = idOf<ShopId>(99);
    EXPECT_THAT(apply(m_salon.rows, elsewhere, AppointmentCancel{args.id}),
                FailsWith(ErrorCode::NotPermitted));
}

TEST_F(Book, BoundsTheNote)
{
    AppointmentBook args = m_salon.booking(10, m_salon.at(10));
    args.note = QString(4001, u'x');
    EXPECT_THAT(m_salon.as(Role::Owner, args), FailsWith(ErrorCode::InvalidArgument));
    args.note.chop(1);
    EXPECT_THAT(m_salon.as(Role::Owner, args), Succeeds());
}

TEST_F(Book, StoresTheAppointmentAndItsVisit)
{
    AppointmentBook args = m_salon.booking(10, m_salon.at(10));
    args.customerId = idOf<CustomerId>(11);
    args.source = Source::Import;
    args.note = u"prefers scissors"_qs;
    ASSERT_THAT(m_salon.as(Role::Barber, args), Succeeds());
    EXPECT_EQ(stored(10), (Appointment{args.id, m_salon.shop, args.visitId, m_salon.anna, m_salon.cut,
                                       m_salon.at(10), m_salon.at(10, 30), AppointmentStatus::Booked, 2400}));
    EXPECT_EQ(m_salon.stored<Visit>(args.visitId),
              (Visit{args.visitId, m_salon.shop, args.customerId, Source::Import, args.note}));
}

TEST_F(Book, IsForEveryRoleButADisplay)
{
    quint8 number = 10;
    for (const Role role : everyActor) {
        ++number;
        const auto outcome = m_salon.as(role, m_salon.booking(number, m_salon.at(9, 30 * (number - 10))));
        if (role == Role::Display)
            EXPECT_THAT(outcome, FailsWith(ErrorCode::NotPermitted));
        else
            EXPECT_THAT(outcome, Succeeds()) << roleName(role).data();
    }
}

TEST_F(Book, RefusesATimeAtWhichTheBarberIsBusy)
{
    booked(10, m_salon.at(10));
    for (const int minute : {-29, 0, 1, 29})
        EXPECT_THAT(m_salon.as(Role::Owner, m_salon.booking(11, m_salon.at(10) + minutes(minute))),
                    FailsSaying(ErrorCode::SlotTaken, u"Anna"_qs))
            << minute;
    EXPECT_THAT(m_salon.as(Role::Owner, m_salon.booking(12, m_salon.at(9, 30))), Succeeds());
    EXPECT_THAT(m_salon.as(Role::Owner, m_salon.booking(13, m_salon.at(10, 30))), Succeeds());
    AppointmentBook withBen = m_salon.booking(14, m_salon.at(10));
    withBen.staffId = m_salon.ben;
    EXPECT_THAT(m_salon.as(Role::Owner, withBen), Succeeds());
}

TEST_F(Book, SeesTheLongestAppointmentThatMayStillBeRunning)
{
    AppointmentBook longest = m_salon.booking(10, m_salon.at(8));
    longest.durationMinutes = maxServiceMinutes;
    must(m_salon.as(Role::Owner, longest));
    EXPECT_THAT(m_salon.as(Role::Owner, m_salon.booking(11, m_salon.at(15, 59))),
                FailsWith(ErrorCode::SlotTaken));
    EXPECT_THAT(m_salon.as(Role::Owner, m_salon.booking(11, m_salon.at(16))), Succeeds());
}

TEST_F(Book, TakesTheTimeOfACancelledOrMissedAppointment)
{
    for (const AppointmentStatus gone : {AppointmentStatus::Cancelled, AppointmentStatus::NoShow}) {
        const quint8 number = gone == AppointmentStatus::NoShow ? 10 : 11;
        booked(number, m_salon.at(10));
        setStatus(number, gone);
    }
    EXPECT_THAT(m_salon.as(Role::Owner, m_salon.booking(12, m_salon.at(10))), Succeeds());
}

TEST_F(Book, LetsStaffWorkOutsideTheHoursButNotAKiosk)
{
    for (const Instant start : {m_salon.at(8, 45), m_salon.at(17, 45), m_salon.at(24 + 10)})
        EXPECT_THAT(m_salon.as(Role::Kiosk, m_salon.booking(10, start)),
                    FailsSaying(ErrorCode::OutsideHours, u"Anna"_qs));
    EXPECT_THAT(m_salon.as(Role::Kiosk, m_salon.booking(10, m_salon.at(9))), Succeeds());
    EXPECT_THAT(m_salon.as(Role::Kiosk, m_salon.booking(11, m_salon.at(17, 30))), Succeeds());
    EXPECT_THAT(m_salon.as(Role::Barber, m_salon.booking(12, m_salon.at(6))), Succeeds());
}

TEST_F(Book, KeepsAKioskToTheBarbersOwnDayOff)
{
    HoursRule dayOff = m_salon.tuesdays();
    dayOff.id = idOf<HoursId>(60);
    dayOff.staffId = m_salon.anna;
    dayOff.weekday = 0;
    dayOff.date = u"2026-05-05"_qs;
    dayOff.intervals = {};
    must(m_salon.rows.put(dayOff));
    EXPECT_THAT(m_salon.as(Role::Kiosk, m_salon.booking(10, m_salon.at(10))),
                FailsWith(ErrorCode::OutsideHours));
}

TEST_F(Book, TakesTheServicesDurationUnlessStaffSayOtherwise)
{
    AppointmentBook args = m_salon.booking(10, m_salon.at(10));
    args.durationMinutes = 45;
    must(m_salon.as(Role::Owner, args));
    EXPECT_EQ(stored(10).end, m_salon.at(10, 45));
    args = m_salon.booking(11, m_salon.at(12));
    args.durationMinutes = 45;
    must(m_salon.as(Role::Kiosk, args));
    EXPECT_EQ(stored(11).end, m_salon.at(12, 30)) << "a kiosk cannot choose";
    for (const qint64 bad : {qint64(4), qint64(481), qint64(-30), std::numeric_limits<qint64>::max()}) {
        args = m_salon.booking(12, m_salon.at(14));
        args.durationMinutes = bad;
        EXPECT_THAT(m_salon.as(Role::Owner, args), FailsWith(ErrorCode::InvalidArgument)) << bad;
    }
}

TEST_F(Book, RefusesAStartThatNoCalendarHolds)
{
    for (const qint64 ms :
         {qint64(-1), std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::min()})
        EXPECT_THAT(m_salon.as(Role::Owner, m_salon.booking(10, instantFromMs(ms))),
                    FailsWith(ErrorCode::InvalidArgument))
            << ms;
}

TEST_F(Book, RefusesAnIdThatIsEmptyOrTaken)
{
    booked(10, m_salon.at(10));
    EXPECT_THAT(m_salon.as(Role::Owner, m_salon.booking(10, m_salon.at(15))),
                FailsWith(ErrorCode::AlreadyExists));
    AppointmentBook args = m_salon.booking(11, m_salon.at(15));
    args.id = {};
    EXPECT_THAT(m_salon.as(Role::Owner, args), FailsWith(ErrorCode::InvalidArgument));
    args = m_salon.booking(11, m_salon.at(15));
    args.visitId = {};
    EXPECT_THAT(m_salon.as(Role::Owner, args), FailsWith(ErrorCode::InvalidArgument));
}

TEST_F(Book, RefusesAShopBarberOrServiceThatIsUnknownOrElsewhere)
{
    const AppointmentBook good = m_salon.booking(10, m_salon.at(10));
    AppointmentBook args = good;
    args.shopId = idOf<ShopId>(99);
    EXPECT_THAT(m_salon.as(Role::Owner, args), FailsWith(ErrorCode::NotFound));
    args = good;
    args.staffId = idOf<StaffId>(99);
    EXPECT_THAT(m_salon.as(Role::Owner, args), FailsWith(ErrorCode::NotFound));
    args = good;
    args.serviceId = idOf<ServiceId>(99);
    EXPECT_THAT(m_salon.as(Role::Owner, args), FailsWith(ErrorCode::NotFound));

    Shop other = m_salon.berlinShop();
    other.id = idOf<ShopId>(99);
    must(m_salon.rows.put(other));
    args = good;
    args.shopId = other.id;
    EXPECT_THAT(m_salon.as(Role::Owner, args), FailsSaying(ErrorCode::NotFound, u"barber"_qs));
}

TEST_F(Book, RefusesWhatIsRetired)
{
    const AppointmentBook args = m_salon.booking(10, m_salon.at(10));
    const auto retire = [](auto &entity) { entity.retired = true; };
    const auto reinstate = [](auto &entity) { entity.retired = false; };
    changed<Staff>(m_salon.anna, retire);
    EXPECT_THAT(m_salon.as(Role::Owner, args), FailsSaying(ErrorCode::Retired, u"Anna"_qs));
    changed<Staff>(m_salon.anna, reinstate);
    changed<Service>(m_salon.cut, retire);
    EXPECT_THAT(m_salon.as(Role::Owner, args), FailsSaying(ErrorCode::Retired, u"Cut"_qs));
    changed<Service>(m_salon.cut, reinstate);
    changed<Shop>(m_salon.shop, retire);
    EXPECT_THAT(m_salon.as(Role::Owner, args), FailsSaying(ErrorCode::Retired, u"Messerschnitt"_qs));
    changed<Shop>(m_salon.shop, reinstate);
    EXPECT_THAT(m_salon.as(Role::Owner, args), Succeeds());
}

TEST_F(Book, AddsToAVisitOfTheSameCustomerAndToNoOther)
{
    AppointmentBook args = m_salon.booking(10, m_salon.at(10));
    args.customerId = idOf<CustomerId>(1);
    must(m_salon.as(Role::Owner, args));
    args.id = idOf<AppointmentId>(11);
    args.start = m_salon.at(11);
    EXPECT_THAT(m_salon.as(Role::Owner, args), Succeeds());
    args.id = idOf<AppointmentId>(12);
    args.start = m_salon.at(12);
    args.customerId = idOf<CustomerId>(2);
    EXPECT_THAT(m_salon.as(Role::Owner, args), FailsWith(ErrorCode::Conflict));
}

TEST_F(Move, ChangesStartAndBarberAndKeepsTheLength)
{
    AppointmentBook args = m_salon.booking(10, m_salon.at(10));
    args.durationMinutes = 50;
    must(m_salon.as(Role::Owner, args));
    ASSERT_THAT(m_salon.as(Role::Barber, AppointmentMove{args.id, m_salon.ben, m_salon.at(15)}), Succeeds());
    EXPECT_EQ(stored(10).staffId, m_salon.ben);
    EXPECT_EQ(stored(10).start, m_salon.at(15));
    EXPECT_EQ(stored(10).end, m_salon.at(15, 50));
    EXPECT_THAT(m_salon.as(Role::Owner, m_salon.booking(11, m_salon.at(10))), Succeeds())
        << "the old time is free";
}

TEST_F(Move, MayOverlapItselfButNobodyElse)
{
    booked(10, m_salon.at(10));
    booked(11, m_salon.at(12));
    EXPECT_THAT(
        m_salon.as(Role::Owner, AppointmentMove{idOf<AppointmentId>(10), m_salon.anna, m_salon.at(10, 15)}),
        Succeeds());
    EXPECT_THAT(
        m_salon.as(Role::Owner, AppointmentMove{idOf<AppointmentId>(10), m_salon.anna, m_salon.at(11, 45)}),
        FailsWith(ErrorCode::SlotTaken));
}

TEST_F(Move, IsForStaffAlone)
{
    booked(10, m_salon.at(10));
    for (const Role role : {Role::Kiosk, Role::Display})
        EXPECT_THAT(m_salon.as(role, AppointmentMove{idOf<AppointmentId>(10), m_salon.anna, m_salon.at(11)}),
                    FailsWith(ErrorCode::NotPermitted));
}

TEST_F(Move, RefusesWhatIsUnknownOverRetiredOrBeyondAnyCalendar)
{
    const AppointmentMove move{idOf<AppointmentId>(10), m_salon.anna, m_salon.at(11)};
    EXPECT_THAT(m_salon.as(Role::Owner, move), FailsWith(ErrorCode::NotFound));
    booked(10, m_salon.at(10));
    AppointmentMove changedMove = move;
    changedMove.staffId = idOf<StaffId>(99);
    EXPECT_THAT(m_salon.as(Role::Owner, changedMove), FailsWith(ErrorCode::NotFound));
    changedMove = move;
    changedMove.start = instantFromMs(std::numeric_limits<qint64>::max());
    EXPECT_THAT(m_salon.as(Role::Owner, changedMove), FailsWith(ErrorCode::InvalidArgument));
    changed<Staff>(m_salon.ben, [](Staff &ben) { ben.retired = true; });
    changedMove = move;
    changedMove.staffId = m_salon.ben;
    EXPECT_THAT(m_salon.as(Role::Owner, changedMove), FailsWith(ErrorCode::Retired));
    for (const AppointmentStatus over :
         {AppointmentStatus::Done, AppointmentStatus::NoShow, AppointmentStatus::Cancelled}) {
        setStatus(10, over);
        EXPECT_THAT(m_salon.as(Role::Owner, move), FailsWith(ErrorCode::Conflict)) << statusName(over).data();
    }
}

TEST_F(SetStatus, FollowsTheDayOfAnAppointmentForwardAndBack)
{
    booked(10, m_salon.at(10));
    for (const AppointmentStatus status :
         {AppointmentStatus::Confirmed, AppointmentStatus::Arrived, AppointmentStatus::InChair,
          AppointmentStatus::Done, AppointmentStatus::InChair, AppointmentStatus::NoShow,
          AppointmentStatus::Arrived}) {
        ASSERT_THAT(m_salon.as(Role::Barber, AppointmentSetStatus{idOf<AppointmentId>(10), status}),
                    Succeeds());
        EXPECT_EQ(stored(10).status, status);
    }
}

TEST_F(SetStatus, EndsAtCancelledWhichMayBeSaidTwice)
{
    booked(10, m_salon.at(10));
    ASSERT_THAT(m_salon.as(Role::Owner, AppointmentCancel{idOf<AppointmentId>(10)}), Succeeds());
    EXPECT_EQ(stored(10).status, AppointmentStatus::Cancelled);
    EXPECT_THAT(m_salon.as(Role::Owner, AppointmentCancel{idOf<AppointmentId>(10)}), Succeeds());
    EXPECT_THAT(
        m_salon.as(Role::Owner, AppointmentSetStatus{idOf<AppointmentId>(10), AppointmentStatus::Booked}),
        FailsSaying(ErrorCode::Conflict, u"cancelled"_qs));
}

TEST_F(SetStatus, BringsAMissedAppointmentBackOnlyWhileItsTimeIsFree)
{
    booked(10, m_salon.at(10));
    setStatus(10, AppointmentStatus::NoShow);
    booked(11, m_salon.at(10));
    const AppointmentSetStatus back{idOf<AppointmentId>(10), AppointmentStatus::Arrived};
    EXPECT_THAT(m_salon.as(Role::Owner, back), FailsWith(ErrorCode::SlotTaken));
    must(m_salon.as(Role::Owner, AppointmentCancel{idOf<AppointmentId>(11)}));
    EXPECT_THAT(m_salon.as(Role::Owner, back), Succeeds());
}

TEST_F(SetStatus, IsForStaffAloneAndForAppointmentsThatExist)
{
    booked(10, m_salon.at(10));
    for (const Role role : {Role::Kiosk, Role::Display}) {
        EXPECT_THAT(m_salon.as(role, AppointmentCancel{idOf<AppointmentId>(10)}),
                    FailsWith(ErrorCode::NotPermitted));
        EXPECT_THAT(
            m_salon.as(role, AppointmentSetStatus{idOf<AppointmentId>(10), AppointmentStatus::Arrived}),
            FailsWith(ErrorCode::NotPermitted));
    }
    EXPECT_THAT(m_salon.as(Role::Owner, AppointmentCancel{idOf<AppointmentId>(99)}),
                FailsWith(ErrorCode::NotFound));
}

TEST_F(Restore, BringsACancelledAppointmentBackAsItWas)
{
    booked(10, m_salon.at(10));
    const Appointment before = stored(10);
    setStatus(10, AppointmentStatus::Confirmed);
    must(m_salon.as(Role::Owner, AppointmentCancel{restore.id}));
    changed<Service>(m_salon.cut, [](Service &cut) { cut.priceMinor = 9900; });
    ASSERT_THAT(m_salon.as(Role::Barber, restore), Succeeds());
    EXPECT_EQ(stored(10), before);
}

TEST_F(Restore, IsForCancelledOnesAlone)
{
    EXPECT_THAT(m_salon.as(Role::Owner, restore), FailsWith(ErrorCode::NotFound));
    booked(10, m_salon.at(10));
    for (const AppointmentStatus status :
         {AppointmentStatus::Booked, AppointmentStatus::Done, AppointmentStatus::NoShow}) {
        setStatus(10, status);
        EXPECT_THAT(m_salon.as(Role::Owner, restore), FailsWith(ErrorCode::Conflict));
    }
}

TEST_F(Restore, FindsItsTimeFreeOrIsRefused)
{
    cancelled();
    booked(11, m_salon.at(10, 15));
    EXPECT_THAT(m_salon.as(Role::Owner, restore), FailsWith(ErrorCode::SlotTaken));
    EXPECT_EQ(stored(10).status, AppointmentStatus::Cancelled);
    must(m_salon.as(Role::Owner, AppointmentCancel{idOf<AppointmentId>(11)}));
    EXPECT_THAT(m_salon.as(Role::Owner, restore), Succeeds());
}

TEST_F(Restore, IsRefusedOnceTheBarberHasLeft)
{
    cancelled();
    changed<Staff>(m_salon.anna, [](Staff &anna) { anna.retired = true; });
    EXPECT_THAT(m_salon.as(Role::Owner, restore), FailsWith(ErrorCode::Retired));
}

TEST_F(Restore, IsForStaffAlone)
{
    cancelled();
    for (const Role role : {Role::Kiosk, Role::Display})
        EXPECT_THAT(m_salon.as(role, restore), FailsWith(ErrorCode::NotPermitted));
}
