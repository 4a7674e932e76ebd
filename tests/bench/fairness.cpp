#include "tests/bench/bench_program.h"
#include "tests/bench/pushing_client.h"

#include <QTemporaryDir>
#include <QThread>
#include <QTimer>
#include <atomic>
#include <deque>

using namespace strop;
using namespace strop::bench;

namespace {

constexpr qint64 floodWrites = 50'000;
constexpr qint64 writesAPush = 200;
constexpr int warmUps = 20;
constexpr int quietWrites = 300;

/// As often as a busy desk writes at most.
constexpr int betweenWritesMs = 10;

/// One after another, numbered from `from` among the free half hours of the shop.
PushingClient::Mutations bookings(PushChain &chain, const BusyShop &shop, qint64 from, qint64 count,
                                  const Clock &clock, Random &random)
{
    PushingClient::Mutations made;
    for (qint64 i = 0; i < count; ++i) {
        mutators::AppointmentBook booking = shop.freeBooking(from + i);
        booking.id = newId<AppointmentId>(clock, random);
        made.push_back(chain.append(mutators::makeMutation(booking)));
    }
    return made;
}

/// A device that has 50,000 writes in its outbox, on a thread of its own.
class Flood
{
public:
    Flood(const EnrolledDevice &device, const QUrl &server, std::deque<PushingClient::Mutations> pushes)
        : m_pushes(std::move(pushes))
    {
        QObject::connect(&m_thread, &QThread::started, &m_context, [this, device, server] {
            m_client = std::make_unique<PushingClient>(device, server);
            QObject::connect(&m_poll, &QTimer::timeout, &m_context, [this] { beginOnceLive(); });
            m_poll.start(1);
        });
        m_context.moveToThread(&m_thread);
        m_poll.moveToThread(&m_thread);
        m_thread.start();
    }
    ~Flood()
    {
        QMetaObject::invokeMethod(&m_context, [this] {
            m_poll.stop();
            m_client.reset();
            m_thread.quit();
        });
        m_thread.wait();
    }

    void release() { m_released = true; }
    [[nodiscard]] bool isOver() const { return m_over; }
    [[nodiscard]] qint64 settled() const { return m_settled; }

private:
    void beginOnceLive()
    {
        if (!m_client->problem().isEmpty())
            m_over = true;
        if (!m_released || !m_client->isLive() || m_begun)
            return;
        m_begun = true;
        pushNext();
    }
    void pushNext()
    {
        m_settled = m_client->settled();
        m_over = m_pushes.empty();
        if (m_over)
            return;
        PushingClient::Mutations next = std::move(m_pushes.front());
        m_pushes.pop_front();
        m_client->push(std::move(next), [this](Nanoseconds) { pushNext(); });
    }

    std::deque<PushingClient::Mutations> m_pushes;
    std::atomic<bool> m_released = false;
    std::atomic<bool> m_over = false;
    std::atomic<qint64> m_settled = 0;
    bool m_begun = false;
    std::unique_ptr<PushingClient> m_client;
    QThread m_thread;
    QObject m_context;
    QTimer m_poll;
};

/// Writes of one device at a steady pace, each timed until its ack, as long as `goOn` says.
Result<Samples> timedWrites(PushingClient &client, PushingClient::Mutations &left,
                            const std::function<bool(qint64 done)> &goOn)
{
    Samples samples;
    while (!left.empty() && goOn(samples.count())) {
        std::optional<Nanoseconds> took;
        client.push({left.back()}, [&took](Nanoseconds time) { took = time; });
        left.pop_back();
        STROP_TRY(waitUntil(QStringLiteral("an ack"), [&] { return took || !client.problem().isEmpty(); }));
        if (!took)
            return fail(ErrorCode::NetworkFailure, client.problem());
        samples.add(*took);
        bool paused = false;
        QTimer::singleShot(betweenWritesMs, [&paused] { paused = true; });
        STROP_TRY(waitUntil(QStringLiteral("a timer"), [&paused] { return paused; }));
    }
    return samples;
}

void report(const char *when, const Samples &samples)
{
    printPercentiles(QStringLiteral("other_device_write_%1").arg(QLatin1String(when)), samples,
                     Unit::Milliseconds, {50, 99, 100});
}

/// How long a write of one device takes over loopback, from its push to its ack, while nobody else writes and
/// while another device of the business drains an outbox of 50,000 writes. Both devices are live.
Result<void> measure()
{
    const QTemporaryDir folder;
    STROP_TRY(printDiskFlush(folder.path()));
    const SystemClock clock;
    SystemRandom random;
    const BusyShop shop(0, QDate::currentDate());
    std::vector<EnrolledDevice> devices;
    {
        STROP_TRY_ASSIGN(const auto store, server::Store::open(folder.path(), clock, random));
        STROP_TRY_ASSIGN(const BusinessId business,
                         fillServer(*store, shop, QStringLiteral("owner@example.com")));
        STROP_TRY_ASSIGN(devices, enrolDevices(*store, business, shop, Role::Owner, 2, clock, random));
    }
    test::ServerUnderTest server(programsOfThisBuild(), folder.path());
    STROP_TRY(server.start());

    PushChain floodChain, chain;
    std::deque<PushingClient::Mutations> pushes;
    for (qint64 from = 0; from < floodWrites; from += writesAPush)
        pushes.push_back(bookings(floodChain, shop, from, writesAPush, clock, random));
    PushingClient::Mutations own = bookings(chain, shop, floodWrites, 10'000, clock, random);
    std::reverse(own.begin(), own.end());

    Flood flood(devices[0], server.url(), std::move(pushes));
    PushingClient client(devices[1], server.url());
    STROP_TRY(waitUntil(QStringLiteral("the device"), [&] { return client.isLive(); }));
    STROP_TRY(timedWrites(client, own, [](qint64 done) { return done < warmUps; }));
    STROP_TRY_ASSIGN(const Samples quiet,
                     timedWrites(client, own, [](qint64 done) { return done < quietWrites; }));
    report("alone", quiet);
    const auto begun = Stopwatch::now();
    flood.release();
    STROP_TRY_ASSIGN(const Samples flooded,
                     timedWrites(client, own, [&](qint64) { return !flood.isOver(); }));
    const double took = seconds(Stopwatch::now() - begun);
    report("beside_a_flood", flooded);
    print(QStringLiteral("flood"), double(flood.settled()) / took, "mutations/s", flood.settled());
    if (client.rejected() > 0)
        return fail(ErrorCode::Conflict, QStringLiteral("A write of the bench was refused."));
    return server.stop();
}

} // namespace

int main(int argc, char **argv)
{
    return runBench(argc, argv, measure);
}
