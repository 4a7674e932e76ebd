#include "shared/domain/wall_time.h"

#include <QRegularExpression>
#include <algorithm>

namespace strop::domain {
namespace {

constexpr int minutesOfDay = 24 * 60;

/// Two ASCII digits as a number; -1 for anything else.
int parseTwoDigits(QStringView text)
{
    const auto digit = [&](qsizetype at) { return int(text[at].unicode()) - u'0'; };
    const bool good = digit(0) >= 0 && digit(0) <= 9 && digit(1) >= 0 && digit(1) <= 9;
    return good ? digit(0) * 10 + digit(1) : -1;
}

/// Minutes of "HH:MM", 24:00 included; -1 for anything else.
int parseMinute(QStringView text)
{
    if (text.size() != 5 || text[2] != u':')
        return -1;
    const int hours = parseTwoDigits(text.left(2));
    const int minutes = parseTwoDigits(text.mid(3));
    if (hours < 0 || minutes < 0 || minutes > 59)
        return -1;
    const int total = hours * 60 + minutes;
    return total <= minutesOfDay ? total : -1;
}

QString formatMinute(int minute)
{
    return QStringLiteral("%1:%2")
        .arg(minute / 60, 2, 10, QLatin1Char('0'))
        .arg(minute % 60, 2, 10, QLatin1Char('0'));
}

tl::unexpected<Error> badHours(const QString &text)
{
    return fail(ErrorCode::InvalidArgument,
                QStringLiteral("\"%1\" is not a list of hours. Write them as 09:00-13:00,14:00-18:30, in "
                               "order and without overlaps.")
                    .arg(text));
}

Millis offsetAt(const QTimeZone &zone, Millis utc)
{
    return Millis(qint64(zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(utc.count(), Qt::UTC))) * 1000);
}

/// The first instant at or after `from` whose wall clock reads `wall` or later, searched within two hours of
/// `from`. Wall clocks only jump forward once in so short a time, so the predicate turns once and bisection
/// finds the jump.
Millis firstReaching(const QTimeZone &zone, Millis wall, Millis from)
{
    Millis low = from;
    Millis high = from + std::chrono::hours(26);
    while (high - low > Millis(1)) {
        const Millis middle = low + (high - low) / 2;
        (middle + offsetAt(zone, middle) >= wall ? high : low) = middle;
    }
    return high;
}

} // namespace

std::optional<QTimeZone> zoneNamed(const QString &name)
{
    static const QRegularExpression place(QStringLiteral("^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){1,2}$"));
    if (name != QLatin1String("UTC") && !place.match(name).hasMatch())
        return std::nullopt;
    const QTimeZone zone(name.toLatin1());
    return zone.isValid() ? std::optional(zone) : std::nullopt;
}

Result<WallIntervals> parseWallIntervals(const QString &text)
{
    WallIntervals intervals;
    if (text.isEmpty())
        return intervals;
    for (const QStringView part : QStringView(text).split(u',')) {
        const QStringView trimmed = part.trimmed();
        if (trimmed.size() != 11 || trimmed[5] != u'-')
            return badHours(text);
        const WallInterval interval{parseMinute(trimmed.left(5)), parseMinute(trimmed.mid(6))};
        const bool inOrder = intervals.empty() || intervals.back().to < interval.from;
        if (interval.from < 0 || interval.to <= interval.from || !inOrder)
            return badHours(text);
        intervals.push_back(interval);
    }
    return intervals;
}

QString formatWallIntervals(const WallIntervals &intervals)
{
    QStringList parts;
    for (const WallInterval &interval : intervals)
        parts += formatMinute(interval.from) + u'-' + formatMinute(interval.to);
    return parts.join(u',');
}

Instant instantAt(const QDate &date, int minute, const QTimeZone &zone)
{
    // The wall clock as if it were UTC; the true instant differs by the offset in force. Offsets on both
    // sides of a nearby change are those a day before and after: the earlier reading of the two is the one
    // wanted in a fold.
    const Millis wall{QDateTime(date, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch() + qint64(minute) * 60'000};
    const Millis before = offsetAt(zone, wall - std::chrono::hours(26));
    const Millis after = offsetAt(zone, wall + std::chrono::hours(26));
    if (before == after && offsetAt(zone, wall - before) == before)
        return Instant(wall - before);
    Millis earliest = Millis::max();
    for (const Millis offset : {before, after}) {
        if (offsetAt(zone, wall - offset) == offset)
            earliest = std::min(earliest, wall - offset);
    }
    if (earliest != Millis::max())
        return Instant(earliest);
    return Instant(firstReaching(zone, wall, wall - std::max(before, after) - std::chrono::hours(2)));
}

WallMinute wallMinuteOf(Instant instant, const QTimeZone &zone)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMs(instant), Qt::UTC).toTimeZone(zone);
    return {local.date(), local.time().hour() * 60 + local.time().minute()};
}

TimeSpan daySpan(const QDate &date, const QTimeZone &zone)
{
    return {instantAt(date, 0, zone), instantAt(date.addDays(1), 0, zone)};
}

TimeSpan spanOf(const QDate &date, const WallInterval &interval, const QTimeZone &zone)
{
    const Instant end = interval.to == minutesOfDay ? instantAt(date.addDays(1), 0, zone)
                                                    : instantAt(date, interval.to, zone);
    return {instantAt(date, interval.from, zone), end};
}

} // namespace strop::domain
