#pragma once

#include "shared/storage/database.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace strop::server {

/// Threads that read the server's database beside the writer, each over its own connection (SQLite in WAL
/// mode: readers never wait for the writer, nor it for them). Every method may be called from any thread.
class ReaderPool
{
public:
    using Task = std::function<void(storage::Database &)>;

    /// The database must exist: start the StoreThread first.
    [[nodiscard]] static Result<std::unique_ptr<ReaderPool>> start(const QString &dataDir, int threads);

    /// Finishes what was queued, then ends the threads.
    ~ReaderPool();

    void run(Task task);

private:
    ReaderPool() = default;
    void loop(storage::Database &database);

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_queue;
    bool m_ending = false;
    std::vector<std::thread> m_threads;
};

} // namespace strop::server
