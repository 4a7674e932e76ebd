#include "tests/bench/bench_program.h"
#include "tests/bench/report.h"
#include "tests/load/fleet_enrolment.h"
#include "tests/load/latency_histogram.h"
#include "tests/load/load_process.h"

#include <QTemporaryDir>
#include <array>

using namespace strop;
using namespace strop::bench;
using namespace strop::load;

namespace {

constexpr FleetShape shape{150, 100};
constexpr size_t processes = 2;
static_assert(shape.businesses % processes == 0);

constexpr std::array offeredDeliveries{10'000, 25'000, 50'000}; ///< A second, in turn.
constexpr int secondsEach = 10;

using LoadProcesses = std::array<LoadProcess, processes>;

/// How much the server uses between two moments.
class ServerMeter
{
public:
    explicit ServerMeter(qint64 pid)
        : m_pid(pid)
    {}
    Result<void> start()
    {
        return usageOf(m_pid).map([this](const ProcessUsage &usage) { m_before = usage; });
    }
    [[nodiscard]] Result<ProcessUsage> used() const
    {
        STROP_TRY_ASSIGN(const ProcessUsage now, usageOf(m_pid));
        return ProcessUsage{now.cpuSeconds - m_before.cpuSeconds, now.residentBytes - m_before.residentBytes};
    }

private:
    qint64 m_pid;
    ProcessUsage m_before;
};

/// Connects every device: TCP, HTTP upgrade, challenge, signature, welcome, pull.
Result<void> measureConnecting(LoadProcesses &load, const QString &fleetFile,
                               const test::ServerUnderTest &server)
{
    ServerMeter meter(server.pid());
    STROP_TRY(meter.start());
    const auto begun = Stopwatch::now();
    constexpr int each = shape.devices() / int(processes);
    for (int i = 0; i < int(processes); ++i)
        load[size_t(i)].start(fleetFile, i * each, (i + 1) * each, shape, quint16(server.url().port()));
    for (LoadProcess &one : load) {
        STROP_TRY_ASSIGN(const QJsonObject connected, one.answer());
        if (connected.value(QStringLiteral("live")).toInt() != each)
            return fail(ErrorCode::Unavailable, QStringLiteral("Not every device got through."));
    }
    const double took = seconds(Stopwatch::now() - begun);
    STROP_TRY_ASSIGN(const ProcessUsage used, meter.used());
    constexpr int n = shape.devices();
    print(QStringLiteral("hub_connections"), n / took, "connections/s", n);
    print(QStringLiteral("hub_connections_per_server_core"), n / used.cpuSeconds, "connections/cpu-s", n);
    print(QStringLiteral("hub_memory_per_connection"), double(used.residentBytes) / n / 1024, "KiB", n);
    return {};
}

/// What all processes saw of one step.
struct Delivered
{
    qint64 accepted = 0; ///< Bookings since the start of the processes.
    qint64 deliveries = 0;
    qint64 behind = 0;
    double seconds = 0;
    LatencyHistogram latencies;
};

Result<Delivered> deliver(LoadProcesses &load, double pushesPerSecond)
{
    for (LoadProcess &one : load)
        one.deliver(pushesPerSecond / processes, secondsEach);
    Delivered all;
    for (LoadProcess &one : load) {
        STROP_TRY_ASSIGN(const QJsonObject report, one.answer());
        const auto number = [&report](const char *key) {
            return report.value(QLatin1String(key)).toInteger();
        };
        if (number("lost") > 0 || number("rejected") > 0)
            return fail(ErrorCode::Unavailable,
                        QStringLiteral("%1 devices were cut off and %2 bookings refused.")
                            .arg(number("lost"))
                            .arg(number("rejected")));
        all.accepted += number("accepted");
        all.deliveries += number("deliveries");
        all.behind += number("behind");
        all.seconds = std::max(all.seconds, report.value(QStringLiteral("seconds")).toDouble());
        all.latencies.add(LatencyHistogram::fromJson(report.value(QStringLiteral("latencies")).toArray()));
    }
    return all;
}

/// Pushes bookings to every business in turn, each of which reaches all devices of its business.
Result<void> measureDelivering(LoadProcesses &load, const test::ServerUnderTest &server)
{
    qint64 acceptedBefore = 0;
    for (const int offered : offeredDeliveries) {
        ServerMeter meter(server.pid());
        STROP_TRY(meter.start());
        STROP_TRY_ASSIGN(const Delivered all, deliver(load, double(offered) / shape.devicesEach));
        STROP_TRY_ASSIGN(const ProcessUsage used, meter.used());
        const qint64 owed = (all.accepted - std::exchange(acceptedBefore, all.accepted)) * shape.devicesEach;
        const QString name = QStringLiteral("hub_deliveries_%1_offered").arg(offered);
        print(name, double(all.deliveries) / all.seconds, "deliveries/s", all.deliveries);
        for (const int percent : {50, 99})
            print(name + QStringLiteral(".p%1").arg(percent),
                  double(all.latencies.percentile(percent).count()) / 1e6, "ms", all.latencies.count());
        print(name + QStringLiteral(".per_server_core"), double(all.deliveries) / used.cpuSeconds,
              "deliveries/cpu-s", all.deliveries);
        print(name + QStringLiteral(".missing"), double(owed - all.deliveries), "deliveries", owed);
        print(name + QStringLiteral(".behind"), double(all.behind), "devices", shape.devices());
    }
    return {};
}

/// 15,000 authenticated WebSockets, 150 businesses of 100 devices, on one real strop-server that shares this
/// machine's cores with the devices. Latency: from the moment at which a booking was due to be pushed to its
/// arrival at a device of the business, its commit with synchronous=FULL included.
Result<void> measure()
{
    const QTemporaryDir folder;
    STROP_TRY(printDiskFlush(folder.path()));
    const QString data = folder.filePath(QStringLiteral("server"));
    const QString fleetFile = folder.filePath(QStringLiteral("fleet"));
    STROP_TRY_ASSIGN(const Fleet fleet, enrolFleet(data, shape));
    STROP_TRY(saveFleet(fleetFile, fleet));
    qputenv("STROP_MAX_CONNECTIONS", QByteArray::number(shape.devices() + 100));
    qputenv("STROP_LOG_LEVEL", "warning");
    test::ServerUnderTest server(programsOfThisBuild(), data);
    STROP_TRY(server.start());
    LoadProcesses load;
    STROP_TRY(measureConnecting(load, fleetFile, server));
    return measureDelivering(load, server);
}

} // namespace

int main(int argc, char **argv)
{
    return runBench(argc, argv, measure);
}
