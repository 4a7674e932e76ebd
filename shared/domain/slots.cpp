#include "shared/domain/slots.h"

#include <algorithm>
#include <map>

namespace strop::domain {
namespace {

/// The rule that holds for one owner (a barber, or the shop itself) on a date: dated before weekly, then the
/// greater id.
const HoursRule *ruleFor(const std::vector<HoursRule> &rules, const std::optional<StaffId> &owner,
                         const QDate &date)
{
    const QString isoDate = date.toString(Qt::ISODate);
    const HoursRule *best = nullptr;
    for (const HoursRule &rule : rules) {
        const bool dated = rule.weekday == 0;
        const bool applies = dated ? rule.date == isoDate : rule.weekday == date.dayOfWeek();
        if (rule.retired || rule.staffId != owner || !applies)
            continue;
        const auto rank = [](const HoursRule &r) { return std::pair(r.weekday == 0, r.id); };
        if (!best || rank(rule) > rank(*best))
            best = &rule;
    }
    return best;
}

std::vector<TimeSpan> spansOf(const HoursRule *rule, const QDate &date, const QTimeZone &zone)
{
    std::vector<TimeSpan> spans;
    if (!rule)
        return spans;
    for (const WallInterval &interval : rule->intervals) {
        const TimeSpan span = spanOf(date, interval, zone);
        if (span.start < span.end)
            spans.push_back(span);
    }
    return spans;
}

std::vector<TimeSpan> intersection(const std::vector<TimeSpan> &a, const std::vector<TimeSpan> &b)
{
    std::vector<TimeSpan> common;
    for (const TimeSpan &one : a) {
        for (const TimeSpan &other : b) {
            const TimeSpan both{std::max(one.start, other.start), std::min(one.end, other.end)};
            if (both.start < both.end)
                common.push_back(both);
        }
    }
    return common;
}

/// What is left of the working spans once everything busy is cut out.
std::vector<TimeSpan> gaps(const BarberDay &barber)
{
    std::vector<TimeSpan> busy = barber.busy;
    std::sort(busy.begin(), busy.end(),
              [](const TimeSpan &a, const TimeSpan &b) { return a.start < b.start; });
    std::vector<TimeSpan> free;
    for (const TimeSpan &working : barber.working) {
        Instant from = working.start;
        for (const TimeSpan &taken : busy) {
            if (taken.start >= working.end)
                break;
            if (taken.start > from)
                free.push_back({from, taken.start});
            from = std::max(from, taken.end);
        }
        if (from < working.end)
            free.push_back({from, working.end});
    }
    return free;
}

/// Every instant of the day at which the wall clock shows a multiple of the grid. The day is walked in
/// stretches of one offset, so the zone is asked a few times a day and not once a minute.
std::vector<Instant> gridStarts(const SlotQuery &query)
{
    constexpr Millis minute = std::chrono::minutes(1);
    const TimeSpan day = daySpan(query.date, query.zone);
    const Millis grid = query.gridMinutes * minute;
    const Millis midnight{QDateTime(query.date, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch()};
    std::vector<Instant> starts;
    Instant from = day.start;
    while (from < day.end) {
        const QTimeZone::OffsetData next = query.zone.nextTransition(toUtcDateTime(from));
        const bool changes = next.atUtc.isValid() && toInstant(next.atUtc) < day.end;
        const Instant until = changes ? toInstant(next.atUtc) : day.end;
        const Millis offset{qint64(query.zone.offsetFromUtc(toUtcDateTime(from))) * 1000};
        const Millis wall = from.time_since_epoch() + offset - midnight;
        // Up to the grid; `wall` is negative where a fold reaches back over midnight.
        const Millis past = (wall % grid + grid) % grid;
        const Millis toGrid = (grid - past) % grid;
        for (Instant start = from + toGrid; start < until; start += grid)
            starts.push_back(start);
        from = until;
    }
    return starts;
}

std::vector<Slot> slotsAt(const std::vector<Instant> &starts, const SlotQuery &query, const BarberDay &barber)
{
    std::vector<Slot> found;
    const std::vector<TimeSpan> free = gaps(barber);
    auto gap = free.begin();
    for (const Instant start : starts) {
        const TimeSpan span{start, start + query.duration};
        while (gap != free.end() && gap->end <= start)
            ++gap;
        if (gap == free.end())
            break;
        if (start >= query.notBefore && gap->contains(span))
            found.push_back({barber.staff, span});
    }
    return found;
}

Millis bookedTime(const BarberDay &barber)
{
    Millis total{0};
    for (const TimeSpan &busy : barber.busy)
        total += busy.end - busy.start;
    return total;
}

} // namespace

std::vector<TimeSpan> openingSpans(const std::vector<HoursRule> &rules, const QDate &date,
                                   const QTimeZone &zone)
{
    return spansOf(ruleFor(rules, std::nullopt, date), date, zone);
}

std::vector<TimeSpan> workingSpans(const std::vector<HoursRule> &rules, StaffId staff, const QDate &date,
                                   const QTimeZone &zone)
{
    const std::vector<TimeSpan> open = openingSpans(rules, date, zone);
    const HoursRule *own = ruleFor(rules, staff, date);
    const bool hasWeek = std::any_of(rules.begin(), rules.end(), [&](const HoursRule &rule) {
        return !rule.retired && rule.staffId == staff && rule.weekday != 0;
    });
    // With a week of their own, a weekday without a rule is a day off; without one they keep the shop's
    // hours.
    if (!own && !hasWeek)
        return open;
    return intersection(spansOf(own, date, zone), open);
}

std::vector<Slot> freeSlots(const SlotQuery &query, const BarberDay &barber)
{
    Q_ASSERT(query.duration > Millis(0) && query.gridMinutes > 0);
    return slotsAt(gridStarts(query), query, barber);
}

std::vector<Slot> freeSlotsOfAny(const SlotQuery &query, const std::vector<BarberDay> &barbers)
{
    Q_ASSERT(query.duration > Millis(0) && query.gridMinutes > 0);
    std::vector<const BarberDay *> byLoad;
    for (const BarberDay &barber : barbers)
        byLoad.push_back(&barber);
    std::stable_sort(byLoad.begin(), byLoad.end(),
                     [](const BarberDay *a, const BarberDay *b) { return bookedTime(*a) < bookedTime(*b); });
    const std::vector<Instant> starts = gridStarts(query);
    std::map<Instant, Slot> first;
    for (const BarberDay *barber : byLoad) {
        for (const Slot &slot : slotsAt(starts, query, *barber))
            first.try_emplace(slot.span.start, slot);
    }
    std::vector<Slot> found;
    for (const auto &[start, slot] : first)
        found.push_back(slot);
    return found;
}

SlotProblem problemWith(const TimeSpan &span, const BarberDay &barber)
{
    const bool working = std::any_of(barber.working.begin(), barber.working.end(),
                                     [&](const TimeSpan &hours) { return hours.contains(span); });
    if (!working)
        return SlotProblem::OutsideHours;
    const bool busy = std::any_of(barber.busy.begin(), barber.busy.end(),
                                  [&](const TimeSpan &taken) { return taken.overlaps(span); });
    return busy ? SlotProblem::Busy : SlotProblem::None;
}

} // namespace strop::domain
