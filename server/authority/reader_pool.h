#pragma once

#include "shared/storage/database.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace strop::server {

/// Threads that read the server's database beside the writer, each over its own connection (SQLite in WAL
/// mode: readers never wait for the writer, nor it for them). Who asks takes turns: however much one business
/// has to read, another waits for one task of it at most. Every method may be called from any thread.
class ReaderPool
{
public:
    using Task = std::function<void(storage::Database &)>;

    /// The database must exist: start the StoreThread first.
    [[nodiscard]] static Result<std::unique_ptr<ReaderPool>> start(const QString &dataDir, int threads);

    /// Finishes what was queued, then ends the threads.
    ~ReaderPool();

    /// `whose` names who takes turns: the business of a device, the device of a stranger, nothing for the
    /// server itself. Tasks of one are begun in order.
    void run(Task task, const QByteArray &whose = {});

private:
    ReaderPool() = default;
    [[nodiscard]] Task takeNext();
    void loop(storage::Database &database);

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::unordered_map<QByteArray, std::deque<Task>> m_tasks; ///< By whose they are; none is empty.
    std::deque<QByteArray> m_turns;                           ///< The same, in turn.
    bool m_ending = false;
    std::vector<std::thread> m_threads;
};

} // namespace strop::server
