#include "tests/simulation/simulation.h"
#include "tests/unit/expect.h"

/// A whole business on virtual time, out of one seed: people write, and everything fails that can. Whatever
/// happened, once it is over the world keeps the promises that afterQuiet() lists. A failure names its seed,
/// what went wrong, and the shortest history found that leads there. ./dev soak looks further than these
/// seeds.

using namespace strop;
using namespace strop::simulation;
using namespace std::chrono_literals;

namespace {

constexpr int blocks = 12;
constexpr int seedsInABlock = 25;

/// Shortening takes its time, so of many failures of one block only the first are told in few steps.
constexpr int toShorten = 2;

class Seeds : public testing::TestWithParam<int>
{
protected:
    Seeds() { silenceLog(); }
};

INSTANTIATE_TEST_SUITE_P(Simulation, Seeds, testing::Range(0, blocks), testing::PrintToStringParamName());

} // namespace

TEST_P(Seeds, KeepEveryPromiseAfterQuiet)
{
    const FreshWorld fresh = makeFreshWorld();
    int failures = 0;
    for (int i = 1; i <= seedsInABlock; ++i) {
        const auto seed = quint64(GetParam() * seedsInABlock + i);
        const Plan plan = expand(seed);
        const Outcome outcome = live(fresh, seed, plan);
        if (outcome.failed()) {
            const Shortened shortened = ++failures <= toShorten ? shorten(fresh, seed, plan, outcome, 15s)
                                                                : Shortened{plan, outcome, 1};
            ADD_FAILURE() << reportOf(seed, qsizetype(plan.size()), shortened).toStdString();
        }
    }
}

TEST(Simulation, SameSeedGivesTheSameRunDownToEveryEventAndRow)
{
    silenceLog();
    const FreshWorld fresh = makeFreshWorld();
    for (const quint64 seed : {3U, 17U, 42U, 1001U}) {
        const Outcome first = live(fresh, seed, expand(seed));
        const Outcome second = live(fresh, seed, expand(seed));
        EXPECT_EQ(first.trace, second.trace) << "seed " << seed;
        EXPECT_EQ(first.quiet.digest, second.quiet.digest) << "seed " << seed;
        EXPECT_GT(first.quiet.accepted, 0) << "seed " << seed;
    }
}

TEST(Simulation, WorldMadeAnewGivesTheSameRun)
{
    const FreshWorld one = makeFreshWorld();
    const FreshWorld other = makeFreshWorld();
    const Outcome first = live(one, 42, expand(42));
    const Outcome second = live(other, 42, expand(42));
    EXPECT_EQ(first.trace, second.trace);
    EXPECT_EQ(first.quiet.digest, second.quiet.digest);
}

TEST(Simulation, OtherSeedGivesAnotherRun)
{
    const FreshWorld fresh = makeFreshWorld();
    EXPECT_NE(live(fresh, 3, expand(3)).trace, live(fresh, 4, expand(4)).trace);
}

TEST(Simulation, AnyPartOfAPlanCanBeLived)
{
    const FreshWorld fresh = makeFreshWorld();
    const Plan plan = expand(42);
    for (int part = 2; part <= 5; ++part) {
        std::vector<int> numbers;
        for (const Step &step : plan) {
            if (step.number % part == 0)
                numbers.push_back(step.number);
        }
        const Outcome outcome = live(fresh, 42, select(plan, numbers));
        EXPECT_FALSE(outcome.failed()) << outcome.kind().toStdString();
    }
}

TEST(Simulation, PlansOfTheDefaultRunHoldEveryKindOfStepThatIsOn)
{
    std::map<Kind, int> seen;
    for (quint64 seed = 1; seed <= quint64(blocks * seedsInABlock); ++seed) {
        for (const Step &step : expand(seed))
            ++seen[step.kind];
    }
    for (int kind = 0; kind <= int(Kind::DismissRejection); ++kind)
        EXPECT_GT(seen[Kind(kind)], 10) << kind;
    for (const Frequency &one : enabledFaults()) {
        if (one.enabled)
            EXPECT_GT(seen[one.kind], 10) << int(one.kind);
        else
            EXPECT_EQ(seen[one.kind], 0) << one.reason;
    }
}
