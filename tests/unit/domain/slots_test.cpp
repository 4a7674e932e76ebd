#include "shared/domain/slots.h"

#include "tests/unit/domain/local_day.h"
#include "tests/unit/expect.h"

#include <algorithm>
#include <rapidcheck/gtest.h>
#include <set>

// The slot engine against a model that knows nothing of offsets and intersections: it watches the wall clock
// minute by minute and asks, for each, who works and who is busy. A failing property prints the RC_PARAMS
// that replay it.

using namespace strop;
using namespace strop::domain;
using namespace strop::test;

namespace {

template <typename IdType>
IdType idOf(int number)
{
    QByteArray bytes(Uuid::size, '\0');
    bytes[14] = char(number >> 8);
    bytes[15] = char(number);
    return IdType{*Uuid::fromBytes(bytes)};
}

constexpr Millis minute = std::chrono::minutes(1);
const StaffId anna = idOf<StaffId>(1);
const StaffId ben = idOf<StaffId>(2);

/// What is asked: everything that freeSlots and its kin are given.
struct Scene
{
    Place place;
    std::vector<HoursRule> rules;
    std::vector<TimeSpan> busyOfAnna;
    std::vector<TimeSpan> busyOfBen;
    int grid = 15;
    int minutes = 30;
    Instant notBefore{};

    [[nodiscard]] SlotQuery query() const
    {
        return {place.date, place.timeZone(), grid, minutes * minute, notBefore};
    }
    [[nodiscard]] const std::vector<TimeSpan> &busyOf(StaffId staff) const
    {
        return staff == anna ? busyOfAnna : busyOfBen;
    }
    [[nodiscard]] BarberDay dayOf(StaffId staff) const
    {
        return {staff, workingSpans(rules, staff, place.date, place.timeZone()), busyOf(staff)};
    }
};

namespace model {

/// The rule that counts for an owner: a dated one before a weekly one, the greatest id among equals.
const HoursRule *rule(const Scene &scene, std::optional<StaffId> owner)
{
    const auto greatest = [&](const auto &matches) {
        const HoursRule *best = nullptr;
        for (const HoursRule &candidate : scene.rules) {
            if (!candidate.retired && candidate.staffId == owner && matches(candidate) &&
                (!best || best->id < candidate.id))
                best = &candidate;
        }
        return best;
    };
    const HoursRule *dated = greatest([&](const HoursRule &r) {
        return r.weekday == 0 && r.date == scene.place.date.toString(Qt::ISODate);
    });
    return dated ? dated
                 : greatest([&](const HoursRule &r) { return r.weekday == scene.place.date.dayOfWeek(); });
}

/// The intervals of a rule as a clock watched from minute to minute shows them.
std::vector<TimeSpan> watched(const Scene &scene, const HoursRule *rule)
{
    std::vector<TimeSpan> spans;
    for (const WallInterval &interval : rule ? rule->intervals : WallIntervals())
        spans.push_back({firstShowing(scene.place, interval.from), firstShowing(scene.place, interval.to)});
    return spans;
}

/// The number of the span that holds an instant, -1 for none.
int spanAt(const std::vector<TimeSpan> &spans, Instant at)
{
    for (size_t i = 0; i < spans.size(); ++i) {
        if (spans[i].start <= at && at < spans[i].end)
            return int(i);
    }
    return -1;
}

/// For each minute of the day, which working span it belongs to; -1 for none.
std::map<Instant, int> working(const Scene &scene, StaffId staff)
{
    const HoursRule *own = rule(scene, staff);
    const std::vector<TimeSpan> shopSpans = watched(scene, rule(scene, std::nullopt));
    const std::vector<TimeSpan> ownSpans = watched(scene, own);
    bool ownWeek = false;
    for (const HoursRule &candidate : scene.rules)
        ownWeek = ownWeek || (!candidate.retired && candidate.staffId == staff && candidate.weekday != 0);
    std::map<Instant, int> spans;
    for (const RealMinute &real : minutesAround(scene.place)) {
        if (real.date != scene.place.date)
            continue;
        const int inShop = spanAt(shopSpans, real.at);
        const int inOwn = own || ownWeek ? spanAt(ownSpans, real.at) : 0;
        spans[real.at] = inShop < 0 || inOwn < 0 ? -1 : inShop * 1000 + inOwn;
    }
    return spans;
}

bool isFree(const Scene &scene, StaffId staff, const std::map<Instant, int> &spans, Instant start)
{
    const auto first = spans.find(start);
    if (first == spans.end() || first->second < 0)
        return false;
    for (Instant at = start; at < start + scene.minutes * minute; at += minute) {
        const auto found = spans.find(at);
        if (found == spans.end() || found->second != first->second)
            return false;
        for (const TimeSpan &busy : scene.busyOf(staff)) {
            if (busy.start <= at && at < busy.end)
                return false;
        }
    }
    return true;
}

std::vector<Instant> freeStarts(const Scene &scene, StaffId staff)
{
    const std::map<Instant, int> spans = working(scene, staff);
    std::vector<Instant> starts;
    for (const RealMinute &real : minutesAround(scene.place)) {
        if (real.date == scene.place.date && real.minute % scene.grid == 0 && real.at >= scene.notBefore &&
            isFree(scene, staff, spans, real.at))
            starts.push_back(real.at);
    }
    return starts;
}

} // namespace model

/// Uniform over both bounds and all between, from the first case on.
int draw(int from, int to)
{
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(from, to + 1));
}

WallIntervals drawIntervals()
{
    std::set<int> edges;
    for (int wanted = 2 * draw(0, 3), tries = 0; int(edges.size()) < wanted && tries < 20; ++tries)
        edges.insert(draw(0, 1440 / 5) * 5);
    const std::vector<int> sorted(edges.begin(), edges.end());
    WallIntervals intervals;
    for (size_t i = 1; i < sorted.size(); i += 2)
        intervals.push_back({sorted[i - 1], sorted[i]});
    return intervals;
}

/// Hours of the shop, a week or an exception of each barber, and rules of other days among them.
std::vector<HoursRule> drawRules(const QDate &date)
{
    std::vector<HoursRule> rules;
    HoursRule shop;
    shop.id = idOf<HoursId>(draw(1, 500));
    shop.weekday = date.dayOfWeek();
    shop.intervals = draw(0, 1) ? WallIntervals{{0, 1440}} : drawIntervals();
    rules.push_back(shop);
    for (int left = draw(0, 5); left > 0; --left) {
        HoursRule rule;
        rule.id = idOf<HoursId>(draw(1, 500) * 2 + 1000 + left);
        if (const int owner = draw(0, 2); owner > 0)
            rule.staffId = owner == 1 ? anna : ben;
        switch (draw(0, 3)) {
        case 0: // this date or another
            rule.date = date.addDays(draw(0, 2) / 2).toString(Qt::ISODate);
            break;
        case 1: // another weekday
            rule.weekday = date.dayOfWeek() % 7 + 1;
            break;
        default:
            rule.weekday = date.dayOfWeek();
        }
        rule.intervals = drawIntervals();
        rule.retired = draw(0, 4) == 4;
        rules.push_back(rule);
    }
    return rules;
}

std::vector<TimeSpan> drawBusy(const Place &place)
{
    const std::vector<RealMinute> &minutes = minutesAround(place);
    std::vector<TimeSpan> busy;
    for (int left = draw(0, 6); left > 0; --left) {
        const Instant start = minutes[size_t(draw(0, int(minutes.size()) - 1))].at;
        busy.push_back({start, start + draw(1, 180) * minute});
    }
    return busy;
}

Scene drawScene()
{
    Scene scene;
    scene.place = places()[size_t(draw(0, int(places().size()) - 1))];
    scene.rules = drawRules(scene.place.date);
    scene.busyOfAnna = drawBusy(scene.place);
    scene.busyOfBen = drawBusy(scene.place);
    scene.grid = *rc::gen::element(5, 10, 15, 20, 30, 60);
    scene.minutes = draw(1, 24) * 5;
    if (draw(0, 1))
        scene.notBefore = minutesAround(scene.place)[size_t(draw(0, 60 * 60))].at + Millis(draw(0, 59'999));
    RC_LOG() << scene.place.name() << ", grid " << scene.grid << ", duration " << scene.minutes << '\n';
    return scene;
}

std::vector<Instant> startsOf(const std::vector<Slot> &offered)
{
    std::vector<Instant> starts;
    for (const Slot &slot : offered)
        starts.push_back(slot.span.start);
    return starts;
}

/// Anna, in a shop that is open around the clock on every day.
Scene wholeDay(const char *zone, const QDate &date)
{
    Scene scene;
    scene.place = {zone, date};
    HoursRule open;
    open.weekday = date.dayOfWeek();
    open.intervals = {{0, 1440}};
    scene.rules = {open};
    return scene;
}

HoursRule weekly(int id, std::optional<StaffId> owner, const QDate &date, WallIntervals intervals)
{
    HoursRule rule;
    rule.id = idOf<HoursId>(id);
    rule.staffId = owner;
    rule.weekday = date.dayOfWeek();
    rule.intervals = std::move(intervals);
    return rule;
}

HoursRule dated(int id, std::optional<StaffId> owner, const QDate &date, WallIntervals intervals)
{
    HoursRule rule = weekly(id, owner, date, std::move(intervals));
    rule.weekday = 0;
    rule.date = date.toString(Qt::ISODate);
    return rule;
}

} // namespace

RC_GTEST_PROP(Slots, AgreeWithAClockWatchedMinuteByMinute, ())
{
    const Scene scene = drawScene();
    for (const StaffId staff : {anna, ben}) {
        const std::vector<Slot> offered = freeSlots(scene.query(), scene.dayOf(staff));
        RC_ASSERT(startsOf(offered) == model::freeStarts(scene, staff));
        for (const Slot &slot : offered) {
            RC_ASSERT(slot.staff == staff);
            RC_ASSERT(slot.span.end - slot.span.start == scene.minutes * minute);
        }
    }
}

RC_GTEST_PROP(Slots, OfAnyBarberGoToWhoeverIsFreeAndHasTheLeastBooked, ())
{
    const Scene scene = drawScene();
    const auto booked = [&](StaffId staff) {
        Millis sum{0};
        for (const TimeSpan &busy : scene.busyOf(staff))
            sum += busy.end - busy.start;
        return sum;
    };
    std::map<Instant, StaffId> expected;
    for (const Instant start : model::freeStarts(scene, anna))
        expected[start] = anna;
    for (const Instant start : model::freeStarts(scene, ben)) {
        if (!expected.contains(start) || booked(ben) < booked(anna))
            expected[start] = ben;
    }
    const std::vector<Slot> offered = freeSlotsOfAny(scene.query(), {scene.dayOf(anna), scene.dayOf(ben)});
    const bool same =
        std::equal(offered.begin(), offered.end(), expected.begin(), expected.end(),
                   [](const Slot &slot, const auto &entry) {
                       return std::pair(slot.span.start, slot.staff) == std::pair(entry.first, entry.second);
                   });
    RC_ASSERT(same);
}

RC_GTEST_PROP(SlotProblem, SaysWhatTheModelSaysOfAnyStart, ())
{
    const Scene scene = drawScene();
    const BarberDay day = scene.dayOf(anna);
    const std::map<Instant, int> spans = model::working(scene, anna);
    Scene idle = scene;
    idle.busyOfAnna.clear();
    for (const auto &[start, label] : spans) {
        const SlotProblem expected = !model::isFree(idle, anna, spans, start)    ? SlotProblem::OutsideHours
                                     : !model::isFree(scene, anna, spans, start) ? SlotProblem::Busy
                                                                                 : SlotProblem::None;
        RC_ASSERT(problemWith({start, start + scene.minutes * minute}, day) == expected);
    }
}

RC_GTEST_PROP(WorkingSpans, AreSortedDisjointAndWithinTheShopsHours, ())
{
    const Scene scene = drawScene();
    const auto open = openingSpans(scene.rules, scene.place.date, scene.place.timeZone());
    const auto working = scene.dayOf(anna).working;
    for (size_t i = 0; i < working.size(); ++i) {
        RC_ASSERT(working[i].start < working[i].end);
        if (i > 0)
            RC_ASSERT(working[i - 1].end <= working[i].start);
        RC_ASSERT(std::any_of(open.begin(), open.end(),
                              [&](const TimeSpan &hours) { return hours.contains(working[i]); }));
    }
}

TEST(Slots, AreNeverOfferedInTheGapOfA23HourDay)
{
    const Scene scene = wholeDay("Europe/Berlin", {2026, 3, 29});
    const auto offered = freeSlots(scene.query(), scene.dayOf(anna));
    EXPECT_EQ(offered.size(), size_t(23 * 4 - 1)) << "the last start of 30 minutes is 23:30";
    for (const Slot &slot : offered)
        EXPECT_NE(wallMinuteOf(slot.span.start, scene.place.timeZone()).minute / 60, 2);
}

TEST(Slots, AreOfferedTwiceInTheFoldOfA25HourDay)
{
    const Scene scene = wholeDay("Europe/Berlin", {2026, 10, 25});
    const auto offered = freeSlots(scene.query(), scene.dayOf(anna));
    EXPECT_EQ(offered.size(), size_t(25 * 4 - 1));
    const auto inFold = std::count_if(offered.begin(), offered.end(), [&](const Slot &slot) {
        return wallMinuteOf(slot.span.start, scene.place.timeZone()).minute / 60 == 2;
    });
    EXPECT_EQ(inFold, 8);
}

TEST(Slots, KeepToTheGridWhereAFoldReachesBackOverMidnight)
{
    // At 00:01 the clocks of Goose Bay went back to 23:01 of the day before.
    Scene scene = wholeDay("America/Goose_Bay", {2010, 11, 7});
    scene.minutes = 5;
    const auto offered = freeSlots(scene.query(), scene.dayOf(anna));
    EXPECT_EQ(offered.size(), size_t(25 * 4));
    for (const Slot &slot : offered)
        EXPECT_EQ(wallMinuteOf(slot.span.start, scene.place.timeZone()).minute % 15, 0);
}

TEST(Slots, StandOnTheWallClockBeforeAndAfterAChangeOfHalfAnHour)
{
    Scene scene = wholeDay("Australia/Lord_Howe", {2026, 4, 5});
    scene.grid = 60;
    EXPECT_EQ(startsOf(freeSlots(scene.query(), scene.dayOf(anna))), model::freeStarts(scene, anna));
}

TEST(Slots, BeginAtTheMinuteAskedForAndNotBefore)
{
    Scene scene = wholeDay("UTC", {2026, 5, 5});
    const Instant ten = daySpan(scene.place.date, scene.place.timeZone()).start + 600 * minute;
    scene.notBefore = ten;
    EXPECT_EQ(freeSlots(scene.query(), scene.dayOf(anna)).front().span.start, ten);
    scene.notBefore = ten + Millis(1);
    EXPECT_EQ(freeSlots(scene.query(), scene.dayOf(anna)).front().span.start, ten + 15 * minute);
}

TEST(Slots, FillAGapBetweenAppointmentsToTheMinute)
{
    Scene scene = wholeDay("UTC", {2026, 5, 5});
    const Instant midnight = daySpan(scene.place.date, scene.place.timeZone()).start;
    scene.busyOfAnna = {{midnight + 630 * minute, midnight + 2000 * minute},
                        {midnight, midnight + 600 * minute}};
    EXPECT_EQ(startsOf(freeSlots(scene.query(), scene.dayOf(anna))),
              std::vector<Instant>{midnight + 600 * minute});
    scene.minutes = 31;
    EXPECT_TRUE(freeSlots(scene.query(), scene.dayOf(anna)).empty());
}

TEST(WorkingSpans, PutADatedRuleBeforeTheWeeklyOneAndCloseOnAnEmptyOne)
{
    const QDate day(2026, 5, 5);
    const QTimeZone zone("UTC");
    std::vector<HoursRule> rules{weekly(9, {}, day, {{540, 1080}}), dated(1, {}, day, {{600, 660}})};
    EXPECT_EQ(openingSpans(rules, day, zone), std::vector{spanOf(day, {600, 660}, zone)});
    EXPECT_EQ(openingSpans(rules, day.addDays(7), zone),
              std::vector{spanOf(day.addDays(7), {540, 1080}, zone)});
    rules.push_back(dated(2, {}, day, {}));
    EXPECT_TRUE(openingSpans(rules, day, zone).empty()) << "the greater id holds: closed";
    rules.back().retired = true;
    EXPECT_FALSE(openingSpans(rules, day, zone).empty());
}

TEST(WorkingSpans, OfABarberWithoutAWeekAreTheShopsAndWithOneOnlyTheirOwn)
{
    const QDate day(2026, 5, 5);
    const QTimeZone zone("UTC");
    std::vector<HoursRule> rules{weekly(1, {}, day, {{540, 1080}})};
    EXPECT_EQ(workingSpans(rules, anna, day, zone), openingSpans(rules, day, zone));
    rules.push_back(weekly(2, anna, day.addDays(1), {{540, 720}}));
    EXPECT_TRUE(workingSpans(rules, anna, day, zone).empty()) << "her week has no rule for this weekday";
    rules.back().retired = true;
    EXPECT_EQ(workingSpans(rules, anna, day, zone), openingSpans(rules, day, zone)) << "no week any more";
    rules.back().retired = false;
    rules.push_back(dated(3, anna, day, {{480, 600}, {1020, 1200}}));
    EXPECT_EQ(workingSpans(rules, anna, day, zone),
              (std::vector{spanOf(day, {540, 600}, zone), spanOf(day, {1020, 1080}, zone)}));
    EXPECT_EQ(workingSpans(rules, ben, day, zone), openingSpans(rules, day, zone));
}

TEST(Slots, OfAnyBarberKeepTheGivenOrderAmongEquals)
{
    const Scene scene = wholeDay("UTC", {2026, 5, 5});
    for (const Slot &slot : freeSlotsOfAny(scene.query(), {scene.dayOf(ben), scene.dayOf(anna)}))
        EXPECT_EQ(slot.staff, ben);
    EXPECT_TRUE(freeSlotsOfAny(scene.query(), {}).empty());
}
