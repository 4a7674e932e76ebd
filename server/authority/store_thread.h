#pragma once

#include "server/authority/store.h"

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace strop::server {

/// The server's one writing thread. Pushes that arrive while the disk is busy wait together and are committed
/// together. Every method may be called from any thread; callbacks run on the store's thread and must not
/// block it.
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

    /// The answer is called once what it says is on the disk.
    void push(PushJob job, std::function<void(Result<protocol::Ack>)> answer);

    /// Runs anything else on the store, in turn.
    void run(std::function<void(Store &)> task);

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
    struct QueuedPush
    {
        PushJob job;
        std::function<void(Result<protocol::Ack>)> answer;
    };
    using Entry = std::variant<QueuedPush, std::function<void(Store &)>>;

    explicit StoreThread(CommitListener listener)
        : m_listener(std::move(listener))
    {}
    void loop(Store &store);
    void work(Store &store, std::deque<Entry> entries);
    void commit(Store &store, std::vector<QueuedPush> group);

    CommitListener m_listener;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Entry> m_queue;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace strop::server
