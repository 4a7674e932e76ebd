#include "server/authority/reader_pool.h"

#include "server/authority/schema.h"

#include <future>

namespace strop::server {

Result<std::unique_ptr<ReaderPool>> ReaderPool::start(const QString &dataDir, int threads)
{
    std::unique_ptr<ReaderPool> self(new ReaderPool);
    for (int i = 0; i < threads; ++i) {
        std::promise<Result<void>> opened;
        self->m_threads.emplace_back([&opened, &dataDir, pool = self.get()] {
            Result<std::unique_ptr<storage::Database>> database = openServerDatabase(dataDir, true);
            if (!database) {
                opened.set_value(tl::unexpected(database.error()));
                return;
            }
            opened.set_value({});
            pool->loop(**database);
        });
        STROP_TRY(opened.get_future().get());
    }
    return self;
}

ReaderPool::~ReaderPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

void ReaderPool::run(Task task, const QByteArray &whose)
{
    {
        const std::lock_guard lock(m_mutex);
        std::deque<Task> &tasks = m_tasks[whose];
        if (tasks.empty())
            m_turns.push_back(whose);
        tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
}

/// The first task of whose turn it is. The caller holds the lock.
ReaderPool::Task ReaderPool::takeNext()
{
    const QByteArray whose = m_turns.front();
    m_turns.pop_front();
    const auto tasks = m_tasks.find(whose);
    Task task = std::move(tasks->second.front());
    tasks->second.pop_front();
    if (tasks->second.empty())
        m_tasks.erase(tasks);
    else
        m_turns.push_back(whose);
    return task;
}

void ReaderPool::loop(storage::Database &database)
{
    while (true) {
        Task task;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_ending || !m_turns.empty(); });
            if (m_turns.empty())
                return;
            task = takeNext();
        }
        task(database);
    }
}

} // namespace strop::server
