#include "shared/domain/wall_time.h"

#include "tests/unit/domain/local_day.h"
#include "tests/unit/expect.h"

#include <algorithm>

using namespace strop;
using namespace strop::domain;
using namespace strop::test;

namespace {

Instant utc(const QString &iso)
{
    return toInstant(QDateTime::fromString(iso, Qt::ISODate));
}

Millis lengthOf(const TimeSpan &span)
{
    return span.end - span.start;
}

const QTimeZone berlin("Europe/Berlin");
const QDate gapDay(2026, 3, 29);
const QDate foldDay(2026, 10, 25);

} // namespace

TEST(WallIntervals, ReadBackAsWritten)
{
    for (const QString &text : {u""_qs, u"00:00-24:00"_qs, u"09:00-13:00,14:00-18:30"_qs,
                                u"00:00-00:01,00:02-23:58,23:59-24:00"_qs})
        EXPECT_EQ(parseWallIntervals(text).map(formatWallIntervals), text);
    EXPECT_EQ(parseWallIntervals(u"09:00-13:00, 14:00-18:30"_qs).map(formatWallIntervals),
              u"09:00-13:00,14:00-18:30"_qs);
}

TEST(WallIntervals, AreRefusedUnlessSortedDisjointAndWithinADay)
{
    for (const QString &bad :
         {u"9-17"_qs, u"09:00"_qs, u"09:00-"_qs, u"09:00-08:00"_qs, u"09:00-09:00"_qs, u"09:00-24:01"_qs,
          u"25:00-26:00"_qs, u"09:60-10:00"_qs, u"14:00-15:00,09:00-10:00"_qs, u"09:00-12:00,11:00-13:00"_qs,
          u"09:00-12:00,"_qs, u","_qs, u"+9:00-10:00"_qs, u"09:+1-10:00"_qs, u"-0:00-10:00"_qs,
          u"09:00–17:00"_qs, u"closed"_qs, u" "_qs})
        EXPECT_THAT(parseWallIntervals(bad), FailsSaying(ErrorCode::InvalidArgument, bad))
            << bad.toStdString();
}

TEST(InstantAt, AgreesWithAClockWatchedMinuteByMinute)
{
    for (const Place &place : places()) {
        for (int minute = 0; minute <= 1440; ++minute)
            ASSERT_EQ(instantAt(place.date, minute, place.timeZone()), firstShowing(place, minute))
                << place.name() << " minute " << minute;
    }
}

TEST(InstantAt, IsTheJumpThroughoutAGap)
{
    const Instant jump = utc(u"2026-03-29T01:00:00Z"_qs);
    EXPECT_EQ(instantAt(gapDay, 119, berlin), jump - std::chrono::minutes(1));
    for (const int minute : {120, 150, 179, 180})
        EXPECT_EQ(instantAt(gapDay, minute, berlin), jump) << minute;
}

TEST(InstantAt, IsTheEarlierOfTheTwoInAFold)
{
    EXPECT_EQ(instantAt(foldDay, 150, berlin), utc(u"2026-10-25T00:30:00Z"_qs));
    EXPECT_EQ(instantAt(foldDay, 180, berlin), utc(u"2026-10-25T02:00:00Z"_qs));
}

TEST(WallMinuteOf, InvertsInstantAtWhereverTheMinuteExists)
{
    for (const Place &place : places()) {
        for (const RealMinute &real : minutesAround(place)) {
            const WallMinute shown = wallMinuteOf(real.at, place.timeZone());
            ASSERT_EQ(shown.date, real.date) << place.name();
            ASSERT_EQ(shown.minute, real.minute) << place.name();
        }
    }
}

TEST(DaySpan, HasTheLengthOfTheLocalDay)
{
    using std::chrono::hours;
    using std::chrono::minutes;
    const auto length = [](const char *zone, const QDate &date) {
        return lengthOf(daySpan(date, QTimeZone(zone)));
    };
    EXPECT_EQ(length("Europe/Berlin", {2026, 6, 1}), hours(24));
    EXPECT_EQ(length("Europe/Berlin", gapDay), hours(23));
    EXPECT_EQ(length("Europe/Berlin", foldDay), hours(25));
    EXPECT_EQ(length("America/Sao_Paulo", {2018, 11, 4}), hours(23));
    EXPECT_EQ(length("America/Sao_Paulo", {2018, 2, 17}), hours(25));
    EXPECT_EQ(length("Australia/Lord_Howe", {2026, 4, 5}), minutes(24 * 60 + 30));
    EXPECT_EQ(length("Pacific/Apia", {2011, 12, 30}), hours(0));
}

TEST(DaySpan, TilesTimeWithoutHolesOrOverlaps)
{
    for (const Place &place : places()) {
        for (int day = -2; day < 3; ++day)
            EXPECT_EQ(daySpan(place.date.addDays(day), place.timeZone()).end,
                      daySpan(place.date.addDays(day + 1), place.timeZone()).start)
                << place.name();
    }
}

TEST(SpanOf, IsEmptyInsideAGapAndAnHourLongerOverAFold)
{
    EXPECT_EQ(lengthOf(spanOf(gapDay, {125, 175}, berlin)), Millis(0));
    EXPECT_EQ(lengthOf(spanOf(gapDay, {60, 240}, berlin)), std::chrono::hours(2));
    EXPECT_EQ(lengthOf(spanOf(foldDay, {60, 240}, berlin)), std::chrono::hours(4));
    EXPECT_EQ(spanOf(foldDay, {0, 1440}, berlin), daySpan(foldDay, berlin));
}

TEST(ZoneNamed, TakesTheIanaNamesOfPlacesAndUtc)
{
    for (const char *name : {"Europe/Madrid", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC"})
        EXPECT_TRUE(zoneNamed(QString::fromLatin1(name))) << name;
}

TEST(ZoneNamed, NeverTakesANameForAFileOrARule)
{
    for (const char *name :
         {"", "Berlin", "../../../../dev/ptmx", "Europe/../Europe/Madrid", "/etc/localtime",
          "Europe/Atlantis", "EST5EDT,M3.2.0/2,M11.1.0/2", "Europe/Madrid\n", "a/b/c/d"})
        EXPECT_FALSE(zoneNamed(QString::fromLatin1(name))) << name;
}
