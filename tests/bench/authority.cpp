#include "server/authority/store_thread.h"
#include "tests/bench/bench_program.h"
#include "tests/bench/filled_server.h"
#include "tests/bench/report.h"

#include <QTemporaryDir>

using namespace strop;
using namespace strop::bench;
using server::PushJob;
using server::Store;
using server::StoreThread;

namespace {

constexpr qint64 bookings = 200'000;
constexpr int mutationsAPush = 200;
constexpr int bigPushes = 100;

/// Draws free half hours that nobody took yet.
class Bookings
{
public:
    explicit Bookings(const BusyShop &shop)
        : m_shop(shop)
    {}
    [[nodiscard]] mutators::Mutation next() { return mutators::makeMutation(m_shop.freeBooking(m_next++)); }

private:
    const BusyShop &m_shop;
    qint64 m_next = 0;
};

Result<void> requireAccepted(const Result<protocol::Ack> &ack)
{
    if (!ack)
        return tl::unexpected(ack.error());
    for (const protocol::Settled &settled : ack->settled) {
        if (settled.rejection)
            return tl::unexpected(*settled.rejection);
    }
    return {};
}

/// One device pushes its outbox, 200 writes at a time: one transaction each.
Result<void> measureBigPushes(Store &store, const server::Device &device, Bookings &source)
{
    PushChain chain;
    std::vector<std::vector<PushJob>> batches;
    for (int i = 0; i < bigPushes; ++i) {
        PushJob job{device, {}};
        for (int j = 0; j < mutationsAPush; ++j)
            job.mutations.push_back(chain.append(source.next()));
        batches.push_back({std::move(job)});
    }
    const auto begun = Stopwatch::now();
    for (const std::vector<PushJob> &batch : batches) {
        STROP_TRY_ASSIGN(const server::BatchOutcome outcome, store.push(batch));
        STROP_TRY(requireAccepted(outcome.answers.front()));
    }
    const double took = seconds(Stopwatch::now() - begun);
    print(QStringLiteral("authority_mutations_in_pushes_of_200"), bigPushes * mutationsAPush / took,
          "mutations/s", bigPushes * mutationsAPush);
    return {};
}

/// Devices that each push one write, wait for the answer, and push the next. What they push was made before.
class OneAtATime
{
public:
    OneAtATime(StoreThread &store, const std::vector<EnrolledDevice> &devices, int pushesEach,
               Bookings &source)
        : m_store(store)
    {
        for (const EnrolledDevice &one : devices) {
            PushChain chain;
            std::deque<PushJob> jobs;
            for (int i = 0; i < pushesEach; ++i)
                jobs.push_back({one.device, {chain.append(source.next())}});
            m_left += pushesEach;
            m_jobs.push_back(std::move(jobs));
        }
    }

    /// Blocks until the last answer. The first error that came is passed on.
    Result<void> run()
    {
        for (std::deque<PushJob> &jobs : m_jobs)
            pushNext(jobs);
        return m_ended.get_future().get();
    }

private:
    void pushNext(std::deque<PushJob> &jobs)
    {
        PushJob job = std::move(jobs.front());
        jobs.pop_front();
        m_store.push(std::move(job), [this, &jobs](const Result<protocol::Ack> &ack) {
            // On the store's thread, as all that follows the first pushes.
            if (const Result<void> accepted = requireAccepted(ack); !accepted && m_outcome)
                m_outcome = accepted;
            if (!jobs.empty())
                pushNext(jobs);
            if (--m_left == 0)
                m_ended.set_value(m_outcome);
        });
    }

    StoreThread &m_store;
    std::vector<std::deque<PushJob>> m_jobs;
    int m_left = 0;
    Result<void> m_outcome;
    std::promise<Result<void>> m_ended;
};

Result<void> measureSmallPushes(StoreThread &store, const std::vector<EnrolledDevice> &devices,
                                int pushesEach, Bookings &source)
{
    OneAtATime all(store, devices, pushesEach, source);
    const auto begun = Stopwatch::now();
    STROP_TRY(all.run());
    const double took = seconds(Stopwatch::now() - begun);
    const qint64 pushes = qint64(devices.size()) * pushesEach;
    print(QStringLiteral("authority_pushes_of_1_from_%1_devices").arg(devices.size()), double(pushes) / took,
          "pushes/s", pushes);
    return {};
}

/// Bookings through the authority of one business that has 200,000 already, synchronous=FULL.
Result<void> measure()
{
    const QTemporaryDir folder;
    STROP_TRY(printDiskFlush(folder.path()));
    const SystemClock clock;
    SystemRandom random;
    const BusyShop shop(bookings, QDate::currentDate());
    Bookings source(shop);
    STROP_TRY_ASSIGN(std::unique_ptr<Store> store, Store::open(folder.path(), clock, random));
    STROP_TRY_ASSIGN(const BusinessId business,
                     fillServer(*store, shop, QStringLiteral("owner@example.com")));
    const auto enrol = [&](int count) {
        return enrolDevices(*store, business, shop, Role::Owner, count, clock, random);
    };
    STROP_TRY_ASSIGN(const auto one, enrol(1));
    STROP_TRY_ASSIGN(const auto few, enrol(16));
    STROP_TRY_ASSIGN(const auto many, enrol(256));
    STROP_TRY(measureBigPushes(*store, one.front().device, source));
    store.reset();

    STROP_TRY_ASSIGN(const auto thread,
                     StoreThread::start(folder.path(), clock, random, [](const auto &) {}));
    STROP_TRY(measureSmallPushes(*thread, few, 300, source));
    STROP_TRY(measureSmallPushes(*thread, many, 80, source));
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    return runBench(argc, argv, measure);
}
