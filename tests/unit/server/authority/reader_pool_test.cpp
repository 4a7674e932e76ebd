#include "server/authority/reader_pool.h"

#include "tests/unit/server/salon_server.h"

#include <future>

using namespace strop;
using namespace strop::server;
using namespace strop::test;
using storage::Database;

namespace {

Result<qint64> customersIn(Database &database)
{
    STROP_TRY_ASSIGN(const auto count, database.cell(u"SELECT count(*) FROM customer"_qs));
    return std::get<qint64>(*count);
}

class Readers : public testing::Test
{
protected:
    template <typename Function>
    auto ask(ReaderPool &pool, Function function)
    {
        auto promise = std::make_shared<std::promise<std::invoke_result_t<Function, Database &>>>();
        auto result = promise->get_future();
        pool.run([promise, function](Database &database) { promise->set_value(function(database)); });
        return result;
    }

    SalonServer m_server;
};

} // namespace

TEST_F(Readers, SeeWhatIsCommittedWhileTheWriterHasATransactionOpen)
{
    const auto pool = must(ReaderPool::start(m_server.folder.path(), 2));
    Database &writer = m_server.store->database();
    must(writer.begin());
    storage::RowStore rows(writer, m_server.business);
    must(rows.put(m_server.customer(1)));
    EXPECT_EQ(must(ask(*pool, customersIn).get()), 0);
    must(writer.commit());
    EXPECT_EQ(must(ask(*pool, customersIn).get()), 1);
}

TEST_F(Readers, WorkBesideEachOther)
{
    const auto pool = must(ReaderPool::start(m_server.folder.path(), 2));
    std::promise<void> firstRuns, secondRuns;
    const auto first = ask(*pool, [&firstRuns, other = secondRuns.get_future().share()](Database &) {
        firstRuns.set_value();
        other.wait();
        return true;
    });
    const auto second = ask(*pool, [&secondRuns, other = firstRuns.get_future().share()](Database &) {
        secondRuns.set_value();
        other.wait();
        return true;
    });
    EXPECT_EQ(first.wait_for(std::chrono::seconds(10)), std::future_status::ready);
    EXPECT_EQ(second.wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

TEST_F(Readers, ServeABusinessThatHasMuchToReadAndTheOthersInTurn)
{
    std::vector<std::string> order;
    {
        const auto pool = must(ReaderPool::start(m_server.folder.path(), 1));
        std::promise<void> busy;
        pool->run([wait = busy.get_future().share()](Database &) { wait.wait(); });
        const auto note = [&](const char *whose) {
            pool->run([&order, whose](Database &) { order.emplace_back(whose); }, whose);
        };
        for (int i = 0; i < 100; ++i)
            note("large");
        note("small");
        note("large");
        note("other");
        busy.set_value();
    }
    ASSERT_EQ(order.size(), 103U);
    EXPECT_EQ((std::vector(order.begin(), order.begin() + 4)),
              (std::vector<std::string>{"large", "small", "other", "large"}));
}

TEST_F(Readers, CannotWrite)
{
    const auto pool = must(ReaderPool::start(m_server.folder.path(), 1));
    EXPECT_THAT(ask(*pool, [](Database &database) { return database.run(u"DELETE FROM account"_qs); }).get(),
                FailsWith(ErrorCode::StorageReadOnly));
}

TEST_F(Readers, FinishWhatWasQueuedBeforeTheyEnd)
{
    std::atomic<int> done = 0;
    {
        const auto pool = must(ReaderPool::start(m_server.folder.path(), 2));
        for (int i = 0; i < 100; ++i)
            pool->run([&done](Database &) { ++done; });
    }
    EXPECT_EQ(done, 100);
}

TEST_F(Readers, NeedADatabase)
{
    EXPECT_THAT(ReaderPool::start(m_server.folder.filePath(u"none"_qs), 2),
                FailsWith(ErrorCode::StorageReadOnly));
}
