#include "server/authority/store_thread.h"

#include "server/authority/schema.h"
#include "shared/base/log.h"

namespace strop::server {
namespace {

/// How often the desk is looked at while it holds something, and the mark while it is behind.
constexpr Millis upkeepInterval{200};

} // namespace

Result<std::unique_ptr<StoreThread>> StoreThread::start(const QString &dataDir, const Clock &clock,
                                                        Random &random, CommitListener listener)
{
    std::unique_ptr<StoreThread> self(new StoreThread(std::move(listener)));
    STROP_TRY_ASSIGN(self->m_lock, lockServerFolder(dataDir));
    std::promise<Result<void>> opened;
    self->m_thread = std::thread([&, thread = self.get()] {
        Result<std::unique_ptr<Store>> store = Store::open(dataDir, clock, random);
        if (!store) {
            opened.set_value(tl::unexpected(store.error()));
            return;
        }
        opened.set_value({});
        thread->loop(**store, clock);
    });
    STROP_TRY(opened.get_future().get());
    return self;
}

StoreThread::~StoreThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void StoreThread::push(PushJob job, std::function<void(Result<protocol::Ack>)> answer)
{
    Result<void> queued;
    const WriteQueue::Cut cut = WriteQueue::cutOf(job);
    {
        const std::lock_guard lock(m_mutex);
        if (m_recovering.contains(job.device.business))
            m_queue.run(job.device.id, [this, job, answer](Store &) {
                m_desk->take({job, answer}, m_listener);
            });
        else
            queued = m_queue.push(std::move(job), answer, cut);
    }
    if (!queued)
        return answer(tl::unexpected(queued.error()));
    m_wake.notify_one();
}

void StoreThread::run(DeviceId device, std::function<void(Store &)> task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.run(device, std::move(task));
    }
    m_wake.notify_one();
}

void StoreThread::publish(const std::vector<std::shared_ptr<const Commit>> &commits) const
{
    for (const auto &one : commits)
        m_listener(one);
}

std::optional<WriteQueue::Work> StoreThread::next(bool impatient)
{
    std::unique_lock lock(m_mutex);
    const auto ready = [this] { return m_ending || !m_queue.empty(); };
    if (!impatient)
        m_wake.wait(lock, ready);
    else if (!m_wake.wait_for(lock, upkeepInterval, ready))
        return WriteQueue::Group();
    if (m_queue.empty())
        return std::nullopt;
    return m_queue.next(m_groupSize.limit());
}

void StoreThread::loop(Store &store, const Clock &clock)
{
    RecoveryDesk desk(store, clock);
    m_desk = &desk;
    noteRecovering(store);
    while (std::optional<WriteQueue::Work> work = next(desk.isOpen() || !store.isMarked())) {
        if (const auto *task = std::get_if<WriteQueue::Task>(&*work))
            (*task)(store);
        else
            commit(store, std::move(std::get<WriteQueue::Group>(*work)));
        desk.settleDue(m_listener);
        store.mark();
        noteRecovering(store);
    }
}

void StoreThread::noteRecovering(const Store &store)
{
    const std::lock_guard lock(m_mutex);
    if (m_recovering.size() != store.recovering().size())
        m_recovering = store.recovering();
}

void StoreThread::commit(Store &store, WriteQueue::Group group)
{
    if (group.jobs.empty())
        return;
    const auto begun = std::chrono::steady_clock::now();
    const size_t mutations = group.mutations();
    const Result<BatchOutcome> outcome = store.push(group.jobs);
    m_groupSize.learn(mutations, std::chrono::steady_clock::now() - begun);
    if (outcome)
        publish(outcome->commits);
    else
        log::error("store.commit_failed", outcome.error());
    std::vector<WriteQueue::Due> due;
    {
        const std::lock_guard lock(m_mutex);
        due = m_queue.settle(std::move(group), outcome);
    }
    for (WriteQueue::Due &one : due)
        one.answer(std::move(one.result));
}

} // namespace strop::server
