#include "tests/simulation/simulation.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <csignal>
#include <cstdio>
#include <unistd.h>

/// strop-soak: lives any number of seeds through, and reports those that fail. ./dev soak runs two of it.

using namespace strop;
using namespace strop::simulation;
using namespace std::chrono_literals;

namespace {

volatile sig_atomic_t presentSeed = 0;

/// An assertion of the engine ends the process; it must not go without the seed.
void crashed(int signal)
{
    char text[80];
    const int length =
        std::snprintf(text, sizeof text, "seed %d crashed with signal %d\n", int(presentSeed), signal);
    [[maybe_unused]] const auto written = write(STDOUT_FILENO, text, size_t(length));
    _exit(1);
}

struct Wish
{
    quint64 first = 1;
    int seeds = 100;
    int stride = 1;
    bool verbose = false;
    QString steps;
};

/// None when the command line makes no sense.
std::optional<Wish> readWish(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Lives seeds of the sync simulator through."));
    parser.addHelpOption();
    const QCommandLineOption first(QStringLiteral("first"), QStringLiteral("The first seed."),
                                   QStringLiteral("seed"), QStringLiteral("1"));
    const QCommandLineOption seeds(QStringLiteral("seeds"), QStringLiteral("How many."),
                                   QStringLiteral("count"), QStringLiteral("100"));
    const QCommandLineOption stride(QStringLiteral("stride"), QStringLiteral("From one seed to the next."),
                                    QStringLiteral("count"), QStringLiteral("1"));
    const QCommandLineOption steps(
        QStringLiteral("steps"),
        QStringLiteral("Only these steps of the plan, as a report lists them, or none."),
        QStringLiteral("numbers"));
    const QCommandLineOption verbose(QStringLiteral("verbose"),
                                     QStringLiteral("The program's log, and each seed's figures."));
    parser.addOptions({first, seeds, stride, steps, verbose});
    parser.process(application);
    Wish wish;
    bool firstIsGood = false;
    bool seedsAreGood = false;
    bool strideIsGood = false;
    wish.first = parser.value(first).toULongLong(&firstIsGood);
    wish.seeds = parser.value(seeds).toInt(&seedsAreGood);
    wish.stride = parser.value(stride).toInt(&strideIsGood);
    wish.steps = parser.value(steps);
    wish.verbose = parser.isSet(verbose);
    if (!firstIsGood || !seedsAreGood || !strideIsGood || wish.seeds < 1 || wish.stride < 1)
        return std::nullopt;
    return wish;
}

Plan planOf(quint64 seed, const Wish &wish)
{
    if (wish.steps.isEmpty())
        return expand(seed);
    std::vector<int> numbers;
    for (const QString &number : wish.steps.split(u','))
        numbers.push_back(number.toInt());
    return select(expand(seed), numbers);
}

/// Answers whether it went well.
bool liveThrough(const FreshWorld &fresh, quint64 seed, const Wish &wish, Quiet &worst)
{
    presentSeed = sig_atomic_t(seed);
    const Plan plan = planOf(seed, wish);
    const Outcome outcome = live(fresh, seed, plan);
    worst.drained = std::max(worst.drained, outcome.quiet.drained);
    worst.reached = std::max(worst.reached, outcome.quiet.reached);
    worst.accepted += outcome.quiet.accepted;
    worst.refused += outcome.quiet.refused;
    if (wish.verbose)
        std::printf("seed %llu: trace %016llx, %d writes accepted, %d refused, the shop's sum %lld, %s\n",
                    seed, outcome.trace, outcome.quiet.accepted, outcome.quiet.refused, outcome.quiet.revenue,
                    outcome.quiet.digest.toHex().constData());
    if (!outcome.failed())
        return true;
    const bool isGivenWhole = wish.steps.isEmpty();
    const Shortened shortened =
        isGivenWhole ? shorten(fresh, seed, plan, outcome, 20s) : Shortened{plan, outcome, 1};
    std::printf("%s", qUtf8Printable(reportOf(seed, qsizetype(plan.size()), shortened)));
    std::fflush(stdout);
    return false;
}

int soak(const Wish &wish)
{
    constexpr int progressEvery = 100;
    QElapsedTimer spent;
    spent.start();
    const FreshWorld fresh = makeFreshWorld();
    int failed = 0;
    Quiet worst;
    for (int i = 0; i < wish.seeds; ++i) {
        failed += liveThrough(fresh, wish.first + quint64(i) * quint64(wish.stride), wish, worst) ? 0 : 1;
        if ((i + 1) % progressEvery == 0 && i + 1 < wish.seeds) {
            std::printf("soak: %d of %d seeds, %d failed, %.0f s\n", i + 1, wish.seeds, failed,
                        double(spent.elapsed()) / 1000);
            std::fflush(stdout);
        }
    }
    std::printf("soak: %d seeds from %llu, %d failed, %.1f s; %d writes accepted and %d refused; drained "
                "within %lld ms "
                "of being connected, connected within %lld ms of the network's healing\n",
                wish.seeds, wish.first, failed, double(spent.elapsed()) / 1000, worst.accepted, worst.refused,
                qlonglong(worst.drained.count()), qlonglong(worst.reached.count()));
    return failed == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    std::signal(SIGABRT, crashed);
    std::signal(SIGSEGV, crashed);
    const std::optional<Wish> wish = readWish(application);
    if (!wish) {
        std::fprintf(stderr, "strop-soak: --first, --seeds and --stride are positive numbers\n");
        return 2;
    }
    if (!wish->verbose)
        silenceLog();
    return soak(*wish);
}
