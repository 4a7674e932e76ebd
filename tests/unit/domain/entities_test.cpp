#include "shared/domain/entities.h"

#include "tests/unit/expect.h"

using namespace strop;
using namespace strop::domain;

namespace {

constexpr std::array everyStatus{AppointmentStatus::Booked,   AppointmentStatus::Confirmed,
                                 AppointmentStatus::Arrived,  AppointmentStatus::InChair,
                                 AppointmentStatus::Done,     AppointmentStatus::NoShow,
                                 AppointmentStatus::Cancelled};

ShopId shopOf(quint8 number)
{
    return ShopId{*Uuid::fromBytes(QByteArray(15, 's') + char(number))};
}

} // namespace

TEST(AppointmentStatus, MayFollowAnyButCancelled)
{
    for (const AppointmentStatus to : everyStatus) {
        for (const AppointmentStatus from : everyStatus)
            EXPECT_EQ(mayFollow(from, to), from != AppointmentStatus::Cancelled)
                << statusName(from).data() << " to " << statusName(to).data();
    }
}

TEST(AppointmentStatus, KeepsTheBarberBusyUnlessNobodyComes)
{
    for (const AppointmentStatus status : everyStatus)
        EXPECT_EQ(occupiesBarber(status),
                  status != AppointmentStatus::NoShow && status != AppointmentStatus::Cancelled)
            << statusName(status).data();
}

TEST(AppointmentStatus, EveryNameReadsBackAndNoOther)
{
    for (const AppointmentStatus status : everyStatus)
        EXPECT_EQ(statusFromName(QString(statusName(status))), status);
    for (const Source source : {Source::Desktop, Source::Kiosk, Source::Import})
        EXPECT_EQ(sourceFromName(QString(sourceName(source))), source);
    EXPECT_FALSE(statusFromName(u"Booked"));
    EXPECT_FALSE(statusFromName(u""));
    EXPECT_FALSE(sourceFromName(u"web"));
}

TEST(NormalisedPhone, KeepsDigitsAndALeadingPlus)
{
    EXPECT_EQ(normalisedPhone(u" +34 600-123 456 "_qs), u"+34600123456"_qs);
    EXPECT_EQ(normalisedPhone(u"(030) 12.34/56"_qs), u"030123456"_qs);
    EXPECT_EQ(normalisedPhone(u"12345"_qs), u"12345"_qs);
}

TEST(NormalisedPhone, ReadsTheDigitsOfOtherScripts)
{
    EXPECT_EQ(normalisedPhone(u"٠١٢٣٤٥٦"_qs), u"0123456"_qs);
}

TEST(NormalisedPhone, IsEmptyOutsideTheBoundsOfE164)
{
    for (const QString &bad : {u""_qs, u"+"_qs, u"1234"_qs, u"ask Maria"_qs, u"1234567890123456"_qs})
        EXPECT_EQ(normalisedPhone(bad), QString()) << bad.toStdString();
    EXPECT_EQ(normalisedPhone(u"123456789012345"_qs).size(), 15);
}

TEST(NormalisedPhone, IsItsOwnNormalForm)
{
    for (const QString &typed : {u"+34 600 123 456"_qs, u"030-123456"_qs, u"1 2 3 4 5 6 7"_qs})
        EXPECT_EQ(normalisedPhone(normalisedPhone(typed)), normalisedPhone(typed));
}

TEST(CustomerId, IsTheSameForOnePersonHoweverTyped)
{
    const CustomerId maria = customerIdFor(shopOf(1), u"María  Gil "_qs, u"+34 600 123 456"_qs);
    EXPECT_EQ(customerIdFor(shopOf(1), u"MARÍA GIL"_qs, u"+34600123456"_qs), maria);
    EXPECT_NE(customerIdFor(shopOf(2), u"María Gil"_qs, u"+34600123456"_qs), maria);
    EXPECT_NE(customerIdFor(shopOf(1), u"Mario Gil"_qs, u"+34600123456"_qs), maria);
    EXPECT_NE(customerIdFor(shopOf(1), u"María Gil"_qs, u"+34600123457"_qs), maria);
}
