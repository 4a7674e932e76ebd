#pragma once

#include "shared/base/instant.h"
#include "shared/base/result.h"

#include <QDate>
#include <QTimeZone>
#include <vector>

namespace strop::domain {

/// The IANA zone of that name ("Europe/Madrid", "UTC"). None for anything else that QTimeZone would take: a
/// path, which it would open as a file, or a POSIX rule. Safe for names from strangers.
[[nodiscard]] std::optional<QTimeZone> zoneNamed(const QString &name);

/// A span of a day on the wall clock: minutes since midnight, 0 ≤ from < to ≤ 1440.
struct WallInterval
{
    int from = 0;
    int to = 0;

    friend bool operator==(const WallInterval &, const WallInterval &) = default;
};

using WallIntervals = std::vector<WallInterval>;

/// A span of real time, end exclusive.
struct TimeSpan
{
    Instant start;
    Instant end;

    [[nodiscard]] bool overlaps(const TimeSpan &other) const
    {
        return start < other.end && other.start < end;
    }
    [[nodiscard]] bool contains(const TimeSpan &other) const
    {
        return start <= other.start && other.end <= end;
    }
    friend bool operator==(const TimeSpan &, const TimeSpan &) = default;
};

/// "09:00-13:00,14:00-18:30", sorted and disjoint; the empty text is a closed day. InvalidArgument says what
/// is wrong.
[[nodiscard]] Result<WallIntervals> parseWallIntervals(const QString &text);
[[nodiscard]] QString formatWallIntervals(const WallIntervals &intervals);

/// The instant when a wall clock in `zone` first shows `minute` of `date`. In the gap of a day of 23 hours,
/// the instant at which the clocks jump; in the fold of a day of 25 hours, the earlier of the two. Minute
/// 1440 is the next midnight.
[[nodiscard]] Instant instantAt(const QDate &date, int minute, const QTimeZone &zone);

/// The minute of its local day that an instant shows in `zone`, 0–1439, and that day.
struct WallMinute
{
    QDate date;
    int minute = 0;
};
[[nodiscard]] WallMinute wallMinuteOf(Instant instant, const QTimeZone &zone);

/// From midnight to midnight of a local day: 23, 24 or 25 hours.
[[nodiscard]] TimeSpan daySpan(const QDate &date, const QTimeZone &zone);

/// A wall interval of a date as real time. One that lies wholly in a gap is empty (start == end); one that
/// covers the fold is an hour longer than its wall minutes.
[[nodiscard]] TimeSpan spanOf(const QDate &date, const WallInterval &interval, const QTimeZone &zone);

} // namespace strop::domain
