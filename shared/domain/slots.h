#pragma once

#include "shared/domain/entities.h"

#include <QTimeZone>
#include <vector>

/// The slot engine: which starts are free. Pure functions over plain data, the same on kiosk, desktop and
/// server.
namespace strop::domain {

/// When a barber can be booked on a date: the barber's own rule for the date, else the weekly one, else the
/// shop's, and never outside the shop's hours of that date. Sorted, disjoint, non-empty spans of real time.
/// Retired rules are ignored. Of two live rules for one date (two writers offline) the one with the greater
/// id holds.
[[nodiscard]] std::vector<TimeSpan> workingSpans(const std::vector<HoursRule> &rules, StaffId staff,
                                                 const QDate &date, const QTimeZone &zone);

/// The shop's opening hours of a date, as above.
[[nodiscard]] std::vector<TimeSpan> openingSpans(const std::vector<HoursRule> &rules, const QDate &date,
                                                 const QTimeZone &zone);

/// What a barber has on already. `spans` need not be sorted and may overlap.
struct BarberDay
{
    StaffId staff;
    std::vector<TimeSpan> working; ///< As workingSpans gives.
    std::vector<TimeSpan> busy;
};

/// One offered start.
struct Slot
{
    StaffId staff;
    TimeSpan span;

    friend bool operator==(const Slot &, const Slot &) = default;
};

struct SlotQuery
{
    QDate date;
    QTimeZone zone;
    int gridMinutes =
        15; ///< Starts stand at multiples of this on the wall clock; every such minute that the day really
            ///< has is offered once per occurrence (twice in the fold of a 25-hour day, never in a gap).
    Millis duration{0};  ///< Above 0; real time, not wall minutes.
    Instant notBefore{}; ///< Starts before this are not offered.
};

/// Every start at which `barber` can take the whole duration: inside one working span, touching nothing busy.
/// In order of time.
[[nodiscard]] std::vector<Slot> freeSlots(const SlotQuery &query, const BarberDay &barber);

/// For "first free": one slot for each distinct start at which anybody is free, in order of time, given to
/// the barber with the least booked time that day (ties: the earlier in `barbers`), so that work is shared
/// fairly.
[[nodiscard]] std::vector<Slot> freeSlotsOfAny(const SlotQuery &query, const std::vector<BarberDay> &barbers);

/// Why a span cannot be booked, checked in this order.
enum class SlotProblem { None, OutsideHours, Busy };
[[nodiscard]] SlotProblem problemWith(const TimeSpan &span, const BarberDay &barber);

} // namespace strop::domain
