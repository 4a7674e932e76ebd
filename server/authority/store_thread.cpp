#include "server/authority/store_thread.h"

#include "shared/base/log.h"

namespace strop::server {
namespace {

/// Mutations in one transaction. More would make the first of them wait for the last.
constexpr size_t maxGroup = 1000;

} // namespace

Result<std::unique_ptr<StoreThread>> StoreThread::start(const QString &dataDir, const Clock &clock,
                                                        Random &random, CommitListener listener)
{
    std::unique_ptr<StoreThread> self(new StoreThread(std::move(listener)));
    std::promise<Result<void>> opened;
    self->m_thread = std::thread([&, thread = self.get()] {
        Result<std::unique_ptr<Store>> store = Store::open(dataDir, clock, random);
        if (!store) {
            opened.set_value(tl::unexpected(store.error()));
            return;
        }
        opened.set_value({});
        thread->loop(**store);
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
    {
        const std::lock_guard lock(m_mutex);
        m_queue.emplace_back(QueuedPush{std::move(job), std::move(answer)});
    }
    m_wake.notify_one();
}

void StoreThread::run(std::function<void(Store &)> task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.emplace_back(std::move(task));
    }
    m_wake.notify_one();
}

void StoreThread::publish(const std::vector<std::shared_ptr<const Commit>> &commits) const
{
    for (const auto &one : commits)
        m_listener(one);
}

void StoreThread::loop(Store &store)
{
    while (true) {
        std::deque<Entry> entries;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_ending || !m_queue.empty(); });
            if (m_queue.empty())
                return;
            entries.swap(m_queue);
        }
        work(store, std::move(entries));
    }
}

void StoreThread::work(Store &store, std::deque<Entry> entries)
{
    std::vector<QueuedPush> group;
    size_t grouped = 0;
    const auto flush = [&] {
        if (!group.empty())
            commit(store, std::exchange(group, {}));
        grouped = 0;
    };
    for (Entry &entry : entries) {
        if (QueuedPush *push = std::get_if<QueuedPush>(&entry)) {
            grouped += push->job.mutations.size();
            group.push_back(std::move(*push));
            if (grouped >= maxGroup)
                flush();
        } else {
            flush();
            std::get<std::function<void(Store &)>>(entry)(store);
        }
    }
    flush();
}

void StoreThread::commit(Store &store, std::vector<QueuedPush> group)
{
    std::vector<PushJob> jobs;
    jobs.reserve(group.size());
    for (QueuedPush &push : group)
        jobs.push_back(std::move(push.job));
    Result<BatchOutcome> outcome = store.push(jobs);
    if (!outcome) {
        log::error("store.commit_failed", outcome.error());
        for (const QueuedPush &push : group)
            push.answer(tl::unexpected(outcome.error()));
        return;
    }
    publish(outcome->commits);
    for (size_t i = 0; i < group.size(); ++i)
        group[i].answer(std::move(outcome->answers[i]));
}

} // namespace strop::server
