#include "server/authority/store_thread.h"

#include "tests/unit/server/salon_server.h"

using namespace strop;
using namespace strop::server;
using namespace strop::test;
using testing::ElementsAre;

namespace {

/// A store thread on the folder of a salon, with the names of what happened, in order.
class StoreOnItsThread : public testing::Test
{
protected:
    void SetUp() override
    {
        m_server.store.reset();
        m_thread = must(StoreThread::start(m_server.folder.path(), m_server.clock, m_server.random,
                                           [this](const std::shared_ptr<const Commit> &commit) {
                                               m_commits.push_back(commit);
                                               m_happened.push_back("commit");
                                           }));
    }

    void push(PushingDevice &device, quint8 customer)
    {
        m_thread->push(
            device.job({device.write(m_server.customer(customer))}),
            [this](const Result<protocol::Ack> &ack) { m_happened.push_back(ack ? "ack" : "failure"); });
    }

    SalonServer m_server;
    PushingDevice m_desktop = m_server.device();
    PushingDevice m_laptop = m_server.device();
    std::vector<std::shared_ptr<const Commit>> m_commits; ///< Touched on the store's thread while it runs.
    std::vector<std::string> m_happened;
    std::unique_ptr<StoreThread> m_thread;
};

} // namespace

TEST_F(StoreOnItsThread, CommitsTogetherWhatArrivedWhileItWasBusyAndAnswersAfterwards)
{
    std::promise<void> busy;
    m_thread->run([wait = busy.get_future().share()](Store &) { wait.wait(); });
    push(m_desktop, 1);
    push(m_laptop, 2);
    push(m_desktop, 3);
    busy.set_value();
    m_thread.reset();
    EXPECT_THAT(m_happened, ElementsAre("commit", "ack", "ack", "ack"));
    EXPECT_EQ(m_commits.front()->to - m_commits.front()->from, 3);
}

TEST_F(StoreOnItsThread, KeepsTheOrderOfPushesAndOtherTasks)
{
    std::promise<void> busy;
    m_thread->run([wait = busy.get_future().share()](Store &) { wait.wait(); });
    push(m_desktop, 1);
    m_thread->run([this](Store &store) {
        EXPECT_EQ(must(store.lastMutationId(m_desktop.device().id)), 1);
        m_happened.push_back("task");
    });
    push(m_desktop, 2);
    busy.set_value();
    m_thread.reset();
    EXPECT_THAT(m_happened, ElementsAre("commit", "ack", "task", "commit", "ack"));
}

TEST_F(StoreOnItsThread, GivesTheResultToWhoeverAsks)
{
    const auto storeThread = m_thread->ask([](Store &) { return std::this_thread::get_id(); });
    EXPECT_NE(storeThread, std::this_thread::get_id());
    EXPECT_EQ(m_thread->ask([](Store &store) { return store.epoch(); }).size(), 16);
}

TEST_F(StoreOnItsThread, FinishesWhatWasQueuedBeforeItEnds)
{
    for (quint8 number = 1; number <= 50; ++number)
        push(m_desktop, number);
    m_thread.reset();
    EXPECT_EQ(std::count(m_happened.begin(), m_happened.end(), "ack"), 50);
    const auto store = must(Store::open(m_server.folder.path(), m_server.clock, m_server.random));
    EXPECT_EQ(must(store->lastMutationId(m_desktop.device().id)), 50);
}

TEST_F(StoreOnItsThread, AnswersEveryoneInAGroupThatTheDiskRefused)
{
    std::promise<void> busy;
    m_thread->run([wait = busy.get_future().share()](Store &store) {
        wait.wait();
        must(store.database().run(u"ALTER TABLE mutation_log RENAME TO lost"_qs));
    });
    push(m_desktop, 1);
    push(m_laptop, 2);
    busy.set_value();
    m_thread.reset();
    EXPECT_THAT(m_happened, ElementsAre("failure", "failure"));
}

TEST_F(StoreOnItsThread, SaysAtItsStartWhyTheDatabaseCannotBeUsed)
{
    must(m_thread->ask([](Store &store) { return store.database().setSchemaVersion(99); }));
    m_thread.reset();
    EXPECT_THAT(StoreThread::start(m_server.folder.path(), m_server.clock, m_server.random,
                                   [](const std::shared_ptr<const Commit> &) {}),
                FailsWith(ErrorCode::DatabaseTooNew));
}
