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

TEST_F(StoreOnItsThread, KeepsTheOrderOfWhatOneDevicePushesAndAsks)
{
    std::promise<void> busy;
    m_thread->run([wait = busy.get_future().share()](Store &) { wait.wait(); });
    push(m_desktop, 1);
    m_thread->run(m_desktop.device().id, [this](Store &store) {
        EXPECT_EQ(must(store.lastMutationId(m_desktop.device().id)), 1);
        m_happened.push_back("task");
    });
    push(m_desktop, 2);
    busy.set_value();
    m_thread.reset();
    EXPECT_THAT(m_happened, ElementsAre("commit", "ack", "task", "commit", "ack"));
}

TEST_F(StoreOnItsThread, AnswersABigPushOnceWithAllOfItAfterItsLastPart)
{
    constexpr quint8 writes = 200; // more than any group takes at first
    std::vector<protocol::PushedMutation> mutations;
    for (quint8 number = 1; number <= writes; ++number)
        mutations.push_back(m_desktop.write(m_server.customer(number)));
    std::vector<protocol::Ack> acks;
    m_thread->push(m_desktop.job(std::move(mutations)), [&](const Result<protocol::Ack> &ack) {
        acks.push_back(must(ack));
        m_happened.push_back("ack");
    });
    m_thread.reset();
    ASSERT_EQ(acks.size(), 1U);
    EXPECT_GT(m_commits.size(), 1U);
    EXPECT_EQ(m_happened.back(), "ack");
    EXPECT_EQ(acks.front().version, m_commits.back()->to);
    ASSERT_EQ(acks.front().settled.size(), size_t(writes));
    for (size_t i = 0; i < acks.front().settled.size(); ++i)
        EXPECT_EQ(acks.front().settled[i].id, qint64(i) + 1);
}

TEST_F(StoreOnItsThread, OneWriteDoesNotWaitForAllOfADevicesFlood)
{
    std::promise<void> busy;
    m_thread->run([wait = busy.get_future().share()](Store &) { wait.wait(); });
    std::vector<protocol::PushedMutation> flood;
    for (quint8 number = 1; number <= 200; ++number)
        flood.push_back(m_laptop.write(m_server.customer(number)));
    m_thread->push(m_laptop.job(std::move(flood)),
                   [this](const Result<protocol::Ack> &) { m_happened.push_back("flood"); });
    push(m_desktop, 255);
    busy.set_value();
    m_thread.reset();
    EXPECT_THAT(m_happened, testing::Contains("ack"));
    EXPECT_EQ(m_happened[1], "ack") << "in the first group";
    EXPECT_EQ(m_happened.back(), "flood");
}

TEST_F(StoreOnItsThread, RefusesAtOnceWhatADeviceMayNotQueue)
{
    std::promise<void> busy;
    m_thread->run([wait = busy.get_future().share()](Store &) { wait.wait(); });
    std::vector<ErrorCode> refused;
    for (quint8 number = 1; number <= 5; ++number) {
        m_thread->push(m_desktop.job({m_desktop.write(m_server.customer(number))}),
                       [&refused](const Result<protocol::Ack> &ack) {
                           if (!ack)
                               refused.push_back(ack.error().code);
                       });
    }
    EXPECT_THAT(refused, ElementsAre(ErrorCode::RateLimited));
    busy.set_value();
    m_thread.reset();
}

TEST_F(StoreOnItsThread, GivesTheResultToWhoeverAsks)
{
    const auto storeThread = m_thread->ask([](Store &) { return std::this_thread::get_id(); });
    EXPECT_NE(storeThread, std::this_thread::get_id());
    EXPECT_EQ(m_thread->ask([](Store &store) { return store.epoch(); }).size(), 16);
}

TEST_F(StoreOnItsThread, FinishesWhatWasQueuedBeforeItEnds)
{
    for (quint8 number = 1; number <= 4; ++number)
        push(m_desktop, number);
    m_thread.reset();
    EXPECT_EQ(std::count(m_happened.begin(), m_happened.end(), "ack"), 4);
    const auto store = must(Store::open(m_server.folder.path(), m_server.clock, m_server.random));
    EXPECT_EQ(must(store->lastMutationId(m_desktop.device().id)), 4);
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
