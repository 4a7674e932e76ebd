#include "shared/sync/device_identity.h"
#include "tests/bench/bench_program.h"
#include "tests/bench/filled_replica.h"
#include "tests/bench/report.h"
#include "tests/support/driver/app_under_test.h"

#include <QTemporaryDir>

using namespace strop;
using namespace strop::bench;

namespace {

constexpr int starts = 7;

/// Nobody listens there.
const QString noServer = QStringLiteral("http://127.0.0.1:9");

/// The folder of an owner's desktop with so many appointments, as a closed program leaves it.
Result<void> prepare(const QString &folder, const BusyShop &shop, const Clock &clock, Random &random)
{
    const mutators::Actor owner = anyOwner(clock, random);
    STROP_TRY(sync::saveIdentity(folder, {crypto::SigningKey::generate(),
                                          {owner.device, owner.business, owner.role, std::nullopt},
                                          QUrl(noServer)}));
    return fillReplica(folder, owner, shop, clock).map([](const FilledReplica &) {});
}

/// Starts the desktop and waits until the day's first card can be tapped.
Result<void> startOnce(const QString &folder, const QString &card, Samples &samples)
{
    test::AppUnderTest desktop(programsOfThisBuild(), "strop-desktop", {QStringLiteral("--data"), folder});
    STROP_TRY(samples.time([&]() -> Result<void> {
        STROP_TRY(desktop.start());
        return desktop.waitFor(test::Target::named(card));
    }));
    return {};
}

Result<void> measureWith(qint64 appointments, const Clock &clock, Random &random)
{
    const QTemporaryDir folder;
    const QDate today = QDate::currentDate();
    const BusyShop shop(appointments, today);
    STROP_TRY(prepare(folder.path(), shop, clock, random));
    const QString card = QStringLiteral("card-") + BusyShop::customerOf(shop.firstBookingOf(today));
    Samples samples;
    STROP_TRY(startOnce(folder.path(), card, samples)); // reads the program into the page cache
    samples = {};
    for (int i = 0; i < starts; ++i)
        STROP_TRY(startOnce(folder.path(), card, samples));
    printPercentiles(QStringLiteral("desktop_cold_start_%1_appointments").arg(appointments), samples,
                     Unit::Milliseconds, {50, 100});
    return {};
}

/// From the start of the strop-desktop process until the first of today's cards is in the scene of its window
/// and the program answers: everything of a start, the automation plugin included, nothing subtracted.
/// Offscreen with the software renderer, no server within reach. The program itself is in the page cache
/// after a start that is not counted.
Result<void> measure()
{
    const SystemClock clock;
    SystemRandom random;
    for (const qint64 appointments : {qint64(10'000), qint64(100'000)})
        STROP_TRY(measureWith(appointments, clock, random));
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    return runBench(argc, argv, measure);
}
