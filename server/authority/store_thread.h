#pragma once

#include "server/authority/group_size.h"
#include "server/authority/recovery_desk.h"
#include "server/authority/store.h"
#include "server/authority/write_queue.h"

#include <QLockFile>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

namespace strop::server {

/// The server's one writing thread. Pushes that arrive while the disk is busy wait together and are committed
/// together, in groups that take about GroupSize::aim, from all devices in turn (WriteQueue). Every method
/// may be called from any thread; callbacks run on the store's thread and must not block it.
class StoreThread
{
public:
    using CommitListener = std::function<void(const std::shared_ptr<const Commit> &)>;

    /// Opens the database on its new thread. The listener hears of every commit, in order, before its push is
    /// answered.
    [[nodiscard]] static Result<std::unique_ptr<StoreThread>>
    start(const QString &dataDir, const Clock &clock, Random &random, CommitListener listener);

    /// Finishes what was queued, then ends the thread.
    ~StoreThread();

    /// The answer is called once what it says is on the disk; while a restored business recovers, before that
    /// with an ack that settles nothing (RecoveryDesk); at once, on the caller's thread, when the queue has
    /// no room (RateLimited, Unavailable).
    void push(PushJob job, std::function<void(Result<protocol::Ack>)> answer);

    /// Runs anything else on the store, in turn: what a device asks for after what it has pushed before.
    void run(std::function<void(Store &)> task) { run(DeviceId(), std::move(task)); }
    void run(DeviceId device, std::function<void(Store &)> task);

    /// Runs something and waits for its result. Never from the store's own thread.
    template <typename Function>
    auto ask(Function function) -> std::invoke_result_t<Function, Store &>
    {
        std::promise<std::invoke_result_t<Function, Store &>> promise;
        run([&](Store &store) { promise.set_value(function(store)); });
        return promise.get_future().get();
    }

    /// Tells the listener of commits made inside run().
    void publish(const std::vector<std::shared_ptr<const Commit>> &commits) const;

private:
    explicit StoreThread(CommitListener listener)
        : m_listener(std::move(listener))
    {}
    void loop(Store &store, const Clock &clock);

    /// What to do next: nothing once the thread is to end, and an empty group when somebody impatient has
    /// waited for long enough.
    [[nodiscard]] std::optional<WriteQueue::Work> next(bool impatient);
    void noteRecovering(const Store &store);
    void commit(Store &store, WriteQueue::Group group);

    std::unique_ptr<QLockFile> m_lock;
    CommitListener m_listener;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    WriteQueue m_queue;
    std::set<BusinessId> m_recovering; ///< As the store knows them: their pushes go to the desk.
    bool m_ending = false;
    GroupSize m_groupSize;          ///< Of the store's thread alone,
    RecoveryDesk *m_desk = nullptr; ///< and this one too.
    std::thread m_thread;
};

} // namespace strop::server
