#include "shared/storage/database.h"
#include "tests/simulation/ddmin.h"
#include "tests/simulation/simulation.h"
#include "tests/unit/expect.h"

#include <QFile>

/// The simulator can fail: each of these breaks the engine on purpose, through what is on its disk while it
/// is down, and sees the simulator find it and tell it in a few steps.

using namespace strop;
using namespace strop::simulation;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

constexpr quint64 seedsToTry = 60;

/// Plans are cut to so many steps, which are enough to break something and quicker to shorten.
constexpr size_t steps = 30;

Plan shortPlan(quint64 seed)
{
    Plan plan = expand(seed);
    plan.resize(std::min(plan.size(), steps));
    return plan;
}

/// Changes a database of a machine that is down; on a disk that fails at the moment, not.
void change(const QString &path, const QStringList &statements)
{
    if (!QFile::exists(path))
        return;
    const auto database = storage::Database::open({path});
    for (const QString &statement : statements) {
        if (!database || !(*database)->run(statement))
            return;
    }
}

/// A device that forgets the newest write of its queue when it starts.
void forgetNewestWrite(int machine, const QString &folder)
{
    if (machine != theServer)
        change(
            folder + QStringLiteral("/outbox.db"),
            {QStringLiteral(
                "DELETE FROM entry WHERE id = (SELECT MAX(id) FROM entry WHERE settled_version IS NULL)")});
}

/// A device that drops what was refused, and tells nobody.
void forgetRejections(int machine, const QString &folder)
{
    if (machine != theServer)
        change(folder + QStringLiteral("/outbox.db"), {QStringLiteral("DELETE FROM rejection")});
}

/// A server that does not know any more what it has settled last of each device, and does it again.
void forgetLastSettled(int machine, const QString &folder)
{
    if (machine != theServer)
        return;
    change(folder + QStringLiteral("/strop.db"),
           {QStringLiteral(
                "DELETE FROM mutation_log WHERE mutation_id = (SELECT last_mutation_id FROM device WHERE id "
                "= device_id)"),
            QStringLiteral(
                "UPDATE device SET last_mutation_id = last_mutation_id - 1, chain_hash = COALESCE((SELECT "
                "hash FROM mutation_log WHERE device_id = id AND mutation_id = last_mutation_id - 1), x'') "
                "WHERE last_mutation_id > 0")});
}

/// A server that loses a row and its version with it.
void loseRow(int machine, const QString &folder)
{
    if (machine == theServer)
        change(folder + QStringLiteral("/strop.db"),
               {QStringLiteral("DELETE FROM appointment WHERE id = (SELECT MIN(id) FROM appointment)")});
}

/// A device that holds one price that the server does not.
void spoilPrice(int machine, const QString &folder)
{
    if (machine != theServer)
        change(folder + QStringLiteral("/confirmed.db"),
               {QStringLiteral("UPDATE appointment SET price_minor = price_minor + 1")});
}

struct Sabotage
{
    const char *name;
    SimulatedWorld::Seam seam;
    QStringList kinds;    ///< Of findings, one of which must come.
    qsizetype atMost = 6; ///< Steps that tell it.
};

void PrintTo(const Sabotage &sabotage, std::ostream *out)
{
    *out << sabotage.name;
}

std::string nameOf(const testing::TestParamInfo<Sabotage> &sabotage)
{
    return sabotage.param.name;
}

class Checker : public testing::TestWithParam<Sabotage>
{};

INSTANTIATE_TEST_SUITE_P(
    Broken, Checker,
    testing::Values(Sabotage{"OutboxThatLosesAnEntry",
                             forgetNewestWrite,
                             {QStringLiteral("lost write"), QStringLiteral("wedged")}},
                    Sabotage{
                        "DeviceThatDropsRejections", forgetRejections, {QStringLiteral("untold refusal")}},
                    Sabotage{"ServerThatDoesAKnownWriteAgain",
                             forgetLastSettled,
                             {QStringLiteral("audit trail"), QStringLiteral("doubled write"),
                              QStringLiteral("untold refusal"), QStringLiteral("wedged"),
                              QStringLiteral("stopped"), QStringLiteral("lost write")}},
                    Sabotage{"ServerThatLosesARow",
                             loseRow,
                             {QStringLiteral("audit trail"), QStringLiteral("different rows")}},
                    Sabotage{"DeviceThatHoldsAnotherPrice", spoilPrice, {QStringLiteral("different rows")}}),
    nameOf);

} // namespace

TEST_P(Checker, FindsItAndTellsItInAFewSteps)
{
    silenceLog();
    const Sabotage &sabotage = GetParam();
    const FreshWorld fresh = makeFreshWorld();
    for (quint64 seed = 1; seed <= seedsToTry; ++seed) {
        const Plan plan = shortPlan(seed);
        const Outcome outcome = live(fresh, seed, plan, sabotage.seam);
        if (!outcome.failed())
            continue;
        const Shortened shortened = shorten(fresh, seed, plan, outcome, 15s, sabotage.seam);
        const std::string report = reportOf(seed, qsizetype(plan.size()), shortened).toStdString();
        EXPECT_TRUE(sabotage.kinds.contains(outcome.kind())) << report;
        EXPECT_LE(qsizetype(shortened.plan.size()), sabotage.atMost) << report;
        EXPECT_EQ(live(fresh, seed, shortened.plan, sabotage.seam).kind(), outcome.kind()) << report;
        EXPECT_FALSE(live(fresh, seed, shortened.plan).failed()) << "it is not the sabotage: " << report;
        RecordProperty("report", report);
        return;
    }
    FAIL() << "none of " << seedsToTry << " seeds noticed";
}

TEST(Ddmin, LeavesExactlyTheElementsThatMatter)
{
    std::vector<int> all(100);
    for (int i = 0; i < int(all.size()); ++i)
        all[size_t(i)] = i;
    const auto contains = [](const std::vector<int> &part, int wanted) {
        return std::find(part.begin(), part.end(), wanted) != part.end();
    };
    int runs = 0;
    const auto fails = [&](const std::vector<int> &part) {
        ++runs;
        return contains(part, 3) && contains(part, 50) && contains(part, 97);
    };
    EXPECT_EQ(minimise(all, fails, [] { return false; }), (std::vector<int>{3, 50, 97}));
    EXPECT_LT(runs, 300);
}

TEST(Ddmin, AnswersTheBestItHasWhenTimeIsUp)
{
    int left = 4;
    const std::vector<int> found = minimise(
        {1, 2, 3, 4, 5, 6, 7, 8},
        [](const std::vector<int> &part) { return std::find(part.begin(), part.end(), 8) != part.end(); },
        [&] { return left-- <= 0; });
    EXPECT_EQ(found, (std::vector<int>{7, 8}));
}

TEST(Ddmin, FindsThatNothingAtAllFails)
{
    EXPECT_TRUE(minimise(
                    {1, 2, 3}, [](const auto &) { return true; }, [] { return false; })
                    .empty());
}
