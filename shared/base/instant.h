#pragma once

#include <QDateTime>
#include <chrono>

namespace strop {

/// A point in time: UTC, whole milliseconds since 1970. Wall-clock times exist only beside a shop's zone.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Durations are milliseconds unless a type says otherwise.
using Millis = std::chrono::milliseconds;

[[nodiscard]] constexpr Instant instantFromMs(qint64 msSinceEpoch)
{
    return Instant(Millis(msSinceEpoch));
}
[[nodiscard]] constexpr qint64 toMs(Instant instant)
{
    return instant.time_since_epoch().count();
}
[[nodiscard]] inline QDateTime toUtcDateTime(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(toMs(instant), Qt::UTC);
}
[[nodiscard]] inline Instant toInstant(const QDateTime &time)
{
    return instantFromMs(time.toMSecsSinceEpoch());
}

} // namespace strop
