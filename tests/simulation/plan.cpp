#include "tests/simulation/plan.h"

#include "shared/base/random.h"
#include "tests/simulation/cast.h"

#include <algorithm>

namespace strop::simulation {
namespace {

constexpr int shortest = 20;
constexpr int longest = 60;

/// Quarters of an hour from eight: three days, the first of them busiest.
constexpr int slotsOfADay = 12;
constexpr int slotsBetweenDays = 96;

class Planner
{
public:
    explicit Planner(quint64 seed)
        : m_random(SeededRandom(seed).next()) // streams of neighbouring seeds would be shifts of one another
        , m_devices(devicesOf(seed))
    {
        // Seeds differ in temper: some are of people mostly, some of faults.
        m_faultsOfTen = int(m_random.below(7)) + 1;
    }

    Plan plan()
    {
        const int steps = shortest + below(longest - shortest);
        for (int number = 1; number <= steps; ++number)
            m_plan.push_back(next(number));
        return m_plan;
    }

private:
    int below(int bound) { return int(m_random.below(quint64(bound))); }

    Step next(int number)
    {
        Step step;
        step.number = number;
        step.seed = m_random.next();
        step.machine = anyDevice();
        step.slot = below(slotsOfADay) + slotsBetweenDays * (below(3) == 0 ? below(3) : 0);
        step.lasting = Millis(200 + below(below(3) == 0 ? 20'000 : 3'000));
        step.untilNext = Millis(below(below(5) == 0 ? 8'000 : 60));
        if (below(10) < m_faultsOfTen)
            fault(step);
        else
            people(step);
        return step;
    }

    /// Sometimes one that is there only if a folder was cloned.
    int anyDevice() { return below(20) == 0 ? m_devices : below(m_devices); }

    /// Everything written is in one of a few places, so that they meet.
    int anyBooking()
    {
        std::vector<int> made;
        for (const Step &step : m_plan) {
            if (step.kind == Kind::Book || step.kind == Kind::BookSeveral)
                made.push_back(step.number);
        }
        return made.empty() ? 0 : made[size_t(below(int(made.size())))];
    }

    void people(Step &step)
    {
        static constexpr struct
        {
            Kind kind;
            int weight;
        } staff[]{{Kind::Book, 30},         {Kind::BookSeveral, 3},     {Kind::Move, 14},
                  {Kind::Cancel, 7},        {Kind::Restore, 4},         {Kind::SetStatus, 7},
                  {Kind::EditCustomer, 8},  {Kind::ChangeHours, 3},     {Kind::TakeTimeOff, 1},
                  {Kind::RetireService, 1}, {Kind::DismissRejection, 4}};
        int total = 0;
        for (const auto &one : staff)
            total += one.weight;
        int drawn = below(total);
        for (const auto &one : staff) {
            step.kind = one.kind;
            if ((drawn -= one.weight) < 0)
                break;
        }
        const bool isKiosk = step.machine < int(cast.size()) && cast[size_t(step.machine)] == Role::Kiosk;
        if (isKiosk && step.kind != Kind::DismissRejection)
            step.kind = Kind::Book;
        step.amount = below(barbers);
        step.subject = anyBooking();
        if (step.kind == Kind::SetStatus)
            step.amount = below(7);
        else if (step.kind == Kind::EditCustomer)
            step.subject = below(6);
        else if (step.kind == Kind::ChangeHours)
            step.subject = 1 + below(7);
        else if (step.kind == Kind::TakeTimeOff)
            step.subject = below(barbers);
        if (step.kind == Kind::TakeTimeOff)
            step.slot = below(3);
    }

    void fault(Step &step)
    {
        int total = 0;
        for (const Frequency &one : enabledFaults())
            total += one.enabled ? one.weight : 0;
        int drawn = below(total);
        for (const Frequency &one : enabledFaults()) {
            if (one.enabled && (drawn -= one.weight) < 0) {
                step.kind = one.kind;
                break;
            }
        }
        step.subject = below(2);
        const bool ofAMachine = step.kind >= Kind::StopInOrder && step.kind <= Kind::ClockJump;
        if (ofAMachine && below(3) == 0)
            step.machine = theServer;
        if (step.kind == Kind::KillAfterCommit || step.kind == Kind::BackUpServer ||
            step.kind == Kind::RestoreServer)
            step.machine = theServer;
        step.amount = amountOf(step.kind);
    }

    int amountOf(Kind kind)
    {
        switch (kind) {
        case Kind::SlowWay:
            return 20 + below(below(2) == 0 ? 200 : 3'000);
        case Kind::LoseMessages:
        case Kind::DoubleMessages:
            return 1 + below(4);
        case Kind::KillAtChange:
        case Kind::PowerCutAtChange:
            return 1 + below(below(2) == 0 ? 8 : 60);
        case Kind::DiskFull:
            return below(20);
        case Kind::ClockJump:
            return (below(2) == 0 ? -1 : 1) * below(3653);
        case Kind::ChangeVersion:
            return 1 + below(2);
        default:
            return 1;
        }
    }

    SeededRandom m_random;
    int m_devices;
    int m_faultsOfTen;
    Plan m_plan;
};

} // namespace

int devicesOf(quint64 seed)
{
    return 2 + int(SeededRandom(seed).below(cast.size() - 1));
}

Plan expand(quint64 seed)
{
    return Planner(seed).plan();
}

Plan select(const Plan &plan, const std::vector<int> &numbers)
{
    Plan chosen;
    for (const Step &step : plan) {
        if (std::find(numbers.begin(), numbers.end(), step.number) != numbers.end())
            chosen.push_back(step);
    }
    return chosen;
}

} // namespace strop::simulation
