#pragma once

#include "shared/base/instant.h"

#include <QDate>
#include <QString>
#include <QTimeZone>
#include <map>
#include <vector>

namespace strop::test {

/// A date in a zone whose clocks do something worth testing.
struct Place
{
    const char *zone;
    QDate date;

    [[nodiscard]] QTimeZone timeZone() const { return QTimeZone(zone); }
    [[nodiscard]] std::string name() const
    {
        return std::string(zone) + ' ' + date.toString(Qt::ISODate).toStdString();
    }
};

inline const std::vector<Place> &places()
{
    static const std::vector<Place> all{
        {"UTC", {2026, 5, 5}},
        {"Europe/Berlin", {2026, 6, 1}},
        {"Europe/Berlin", {2026, 3, 29}},       // 23 hours, gap at 02:00
        {"Europe/Berlin", {2026, 10, 25}},      // 25 hours, fold at 02:00
        {"America/New_York", {2026, 3, 8}},     // 23 hours
        {"America/New_York", {2026, 11, 1}},    // 25 hours
        {"America/Sao_Paulo", {2018, 11, 4}},   // gap at midnight: the day begins at 01:00
        {"America/Sao_Paulo", {2018, 2, 17}},   // fold at the next midnight: 23:00 comes twice
        {"Asia/Beirut", {2022, 3, 27}},         // gap at midnight
        {"America/Havana", {2025, 11, 2}},      // midnight itself comes twice
        {"Asia/Kolkata", {2026, 1, 15}},        // half an hour off
        {"Asia/Kathmandu", {2026, 1, 15}},      // three quarters off
        {"America/St_Johns", {2026, 3, 8}},     // half an hour off and a gap
        {"Australia/Lord_Howe", {2026, 4, 5}},  // fold of 30 minutes
        {"Australia/Lord_Howe", {2026, 10, 4}}, // gap of 30 minutes
        {"Pacific/Apia", {2011, 12, 30}},       // a date that never was
    };
    return all;
}

/// One minute of real time and what the wall clock shows then.
struct RealMinute
{
    Instant at;
    QDate date;
    int minute = 0; ///< Since midnight on the wall clock.
};

/// Every minute around a local day, one by one, as Qt converts them: the brute-force model of the wall clock.
inline const std::vector<RealMinute> &minutesAround(const Place &place)
{
    static std::map<std::string, std::vector<RealMinute>> known;
    std::vector<RealMinute> &minutes = known[place.name()];
    if (!minutes.empty())
        return minutes;
    const QTimeZone zone = place.timeZone();
    const qint64 midnight = QDateTime(place.date, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
    for (qint64 ms = midnight - 16 * 3'600'000LL; ms < midnight + 64 * 3'600'000LL; ms += 60'000) {
        const QDateTime local = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toTimeZone(zone);
        minutes.push_back(
            {instantFromMs(ms), local.date(), local.time().hour() * 60 + local.time().minute()});
    }
    return minutes;
}

/// The first real minute at which the wall clock shows a minute of the place's date, or something later.
inline Instant firstShowing(const Place &place, int minute)
{
    const QDate date = minute == 1440 ? place.date.addDays(1) : place.date;
    const int wanted = minute % 1440;
    for (const RealMinute &real : minutesAround(place)) {
        if (std::pair(real.date, real.minute) >= std::pair(date, wanted))
            return real.at;
    }
    return Instant::max();
}

} // namespace strop::test
