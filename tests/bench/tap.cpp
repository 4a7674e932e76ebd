#include "shared/mutators/arguments.h"
#include "shared/sync/entity_query.h"
#include "tests/bench/paired_device.h"
#include "tests/bench/report.h"

#include <QJsonDocument>
#include <QTemporaryDir>

using namespace strop;
using namespace strop::bench;

namespace {

constexpr size_t warmUps = 10;
constexpr size_t taps = 200;

/// Past what the demo shop has booked.
constexpr int daysAhead = 20;

/// A server of its own with a demo shop, and what an operator does on it.
class DemoServer
{
public:
    explicit DemoServer(const QString &folder)
        : m_data(folder + QStringLiteral("/server"))
        , m_server(m_programs, m_data)
    {}

    Result<void> start()
    {
        STROP_TRY(admin({QStringLiteral("demo"), QStringLiteral("--email"),
                         QStringLiteral("owner@example.com"), QStringLiteral("--password-stdin")},
                        QByteArrayLiteral("a password for a bench\n")));
        return m_server.start();
    }

    [[nodiscard]] Result<QString> pairingCode(const QString &role) const
    {
        STROP_TRY_ASSIGN(const QByteArray printed,
                         admin({QStringLiteral("pairing-code"), QStringLiteral("--role"), role}));
        return QJsonDocument::fromJson(printed).object().value(QStringLiteral("code")).toString();
    }

    [[nodiscard]] QUrl url() const { return m_server.url(); }

private:
    [[nodiscard]] Result<QByteArray> admin(QStringList arguments, const QByteArray &input = {}) const
    {
        arguments << QStringLiteral("--data") << m_data;
        return test::runTool(m_programs.path("strop-admin"), arguments, input);
    }

    test::Programs m_programs = programsOfThisBuild();
    QString m_data;
    test::ServerUnderTest m_server;
};

/// Free starts of one service in the weeks after what is booked, none of which overlap.
std::vector<domain::Slot> freeStarts(const net::ShopCatalogue &catalogue, const domain::Service &service,
                                     const QDate &from, size_t count)
{
    std::vector<domain::Slot> chosen;
    domain::SlotQuery query;
    query.zone = catalogue.zone();
    query.duration = std::chrono::minutes(service.durationMinutes);
    for (query.date = from; chosen.size() < count; query.date = query.date.addDays(1)) {
        for (const domain::Staff &barber : catalogue.staff()) {
            Instant free{};
            for (const domain::Slot &slot :
                 domain::freeSlots(query, catalogue.barberDay(barber.id, query.date, {}))) {
                if (slot.span.start < free)
                    continue;
                chosen.push_back(slot);
                free = slot.span.end;
            }
        }
    }
    chosen.resize(count);
    return chosen;
}

mutators::Mutation bookingAt(const domain::Slot &slot, const domain::Service &service, const Clock &clock,
                             Random &random)
{
    mutators::AppointmentBook booking;
    booking.id = newId<AppointmentId>(clock, random);
    booking.visitId = newId<VisitId>(clock, random);
    booking.shopId = service.shopId;
    booking.staffId = slot.staff;
    booking.serviceId = service.id;
    booking.start = slot.span.start;
    booking.source = domain::Source::Kiosk;
    return mutators::makeMutation(booking);
}

/// One tap: books at the kiosk and waits until the row is in the desktop's live query on this thread.
Result<Nanoseconds> tap(net::ReplicaHost &kiosk, const mutators::Mutation &booking, const size_t &shown)
{
    const size_t before = shown;
    std::optional<Error> refused;
    const auto begun = Stopwatch::now();
    kiosk.mutate(booking, [&refused](const Result<qint64> &id) {
        if (!id)
            refused = id.error();
    });
    STROP_TRY(waitUntil(QStringLiteral("a row on the desktop"), [&] { return shown > before || refused; }));
    if (refused)
        return tl::unexpected(*refused);
    return Stopwatch::now() - begun;
}

Result<void> measureTaps(PairedDevice &kiosk, PairedDevice &desktop, const Clock &clock, Random &random)
{
    const domain::Service service = kiosk.catalogue().services().front();
    const QDate from = QDate::currentDate().addDays(daysAhead);
    size_t shown = 0;
    net::LiveRows<domain::Appointment> rows(desktop.host(), [&] { shown = rows.rows().size(); });
    rows.watch(sync::entityQuery<domain::Appointment>(
        QStringLiteral(" AND shop_id = ? AND start_ms >= ? ORDER BY start_ms, id"),
        {service.shopId.uuid.toBytes(), toMs(domain::daySpan(from, kiosk.catalogue().zone()).start)}));
    STROP_TRY(waitUntil(QStringLiteral("the live query"), [&rows] { return rows.loaded(); }));
    Samples samples;
    for (const domain::Slot &slot : freeStarts(kiosk.catalogue(), service, from, warmUps + taps)) {
        STROP_TRY_ASSIGN(const Nanoseconds took,
                         tap(kiosk.host(), bookingAt(slot, service, clock, random), shown));
        STROP_TRY(waitUntil(QStringLiteral("the kiosk's answer"), [&kiosk] { return kiosk.isQuiet(); }));
        if (shown > warmUps)
            samples.add(took);
    }
    printPercentiles(QStringLiteral("kiosk_tap_to_desktop_row"), samples, Unit::Milliseconds, {50, 99});
    return {};
}

/// From the call of mutate() with a booking on a kiosk's UI thread to the row's arrival in the live query of
/// a desktop, on its UI thread: durable on the kiosk, over loopback to a real server, durable there, and back
/// out. One booking at a time.
Result<void> measure()
{
    const QTemporaryDir folder;
    STROP_TRY(printDiskFlush(folder.path()));
    const SystemClock clock;
    SystemRandom random;
    DemoServer server(folder.path());
    STROP_TRY(server.start());
    const auto pair = [&](const char *role) -> Result<std::unique_ptr<PairedDevice>> {
        STROP_TRY_ASSIGN(const QString code, server.pairingCode(QString::fromLatin1(role)));
        return PairedDevice::pair(server.url(), code, folder.filePath(QString::fromLatin1(role)), clock,
                                  random);
    };
    STROP_TRY_ASSIGN(const auto kiosk, pair("kiosk"));
    STROP_TRY_ASSIGN(const auto desktop, pair("owner"));
    return measureTaps(*kiosk, *desktop, clock, random);
}

} // namespace

int main(int argc, char **argv)
{
    return runBench(argc, argv, measure);
}
