#include "server/authority/write_queue.h"

#include "tests/unit/synced_store.h"

#include <rapidcheck/gtest.h>

/// That the queue starves nobody, keeps the order of each device, and answers each push once.

using namespace strop;
using namespace strop::server;
using namespace strop::test;
using protocol::Ack;
using protocol::PushedMutation;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

Device deviceOf(quint8 number)
{
    Device device;
    device.id = idOf<DeviceId>(number);
    return device;
}

std::vector<PushedMutation> writes(qint64 from, qint64 count, qsizetype bytes = 100)
{
    std::vector<PushedMutation> made;
    for (qint64 id = from; id < from + count; ++id)
        made.push_back({id, "hash", QByteArray(bytes, 'm')});
    return made;
}

/// What the store answers when all is well.
BatchOutcome accepted(const WriteQueue::Group &group, qint64 version)
{
    BatchOutcome outcome;
    for (const PushJob &job : group.jobs) {
        Ack ack{{}, version};
        for (const PushedMutation &one : job.mutations)
            ack.settled.push_back({one.id, std::nullopt});
        outcome.answers.emplace_back(std::move(ack));
    }
    return outcome;
}

/// A queue of pushes by number of device.
class Queue : public testing::Test
{
protected:
    Result<void> push(quint8 device, std::vector<PushedMutation> mutations)
    {
        return m_queue.push(
            {deviceOf(device), std::move(mutations)},
            [this, device](const Result<Ack> &ack) { m_answers.emplace_back(device, ack); }, m_cut);
    }
    void task(quint8 device)
    {
        m_queue.run(device ? idOf<DeviceId>(device) : DeviceId(),
                    [this, device](Store &) { m_tasks.push_back(device); });
    }

    [[nodiscard]] WriteQueue::Group nextGroup(size_t limit)
    {
        return std::get<WriteQueue::Group>(m_queue.next(limit));
    }
    [[nodiscard]] bool nextIsTask(size_t limit)
    {
        return std::holds_alternative<WriteQueue::Task>(m_queue.next(limit));
    }
    void settle(WriteQueue::Group group)
    {
        const Result<BatchOutcome> outcome = accepted(group, ++m_version);
        settle(std::move(group), outcome);
    }
    void settle(WriteQueue::Group group, const Result<BatchOutcome> &outcome)
    {
        for (WriteQueue::Due &due : m_queue.settle(std::move(group), outcome))
            due.answer(std::move(due.result));
    }

    /// The devices in a group with how many of their writes are in it.
    [[nodiscard]] static std::vector<std::pair<quint8, size_t>> shares(const WriteQueue::Group &group)
    {
        std::vector<std::pair<quint8, size_t>> all;
        for (const PushJob &job : group.jobs)
            all.emplace_back(quint8(job.device.id.uuid.toBytes().back()), job.mutations.size());
        return all;
    }

    WriteQueue m_queue{WriteQueue::Bounds{.pushesOfDevice = 3, .bytes = 1 << 20}};
    std::vector<std::pair<quint8, Result<Ack>>> m_answers;
    std::vector<quint8> m_tasks;
    WriteQueue::Cut m_cut = WriteQueue::Cut::Allowed;
    qint64 m_version = 0;
};

using Share = std::pair<quint8, size_t>;

} // namespace

TEST_F(Queue, ServesDevicesInTurnAndNotByWhoHasMost)
{
    must(push(1, writes(1, 200)));
    must(push(2, writes(1, 1)));
    must(push(3, writes(1, 10)));
    EXPECT_THAT(shares(nextGroup(32)), ElementsAre(Share(1, 21), Share(2, 1), Share(3, 10)));
}

TEST_F(Queue, GoesOnWithATurnThatTheGroupCutShort)
{
    must(push(1, writes(1, 200)));
    must(push(2, writes(1, 200)));
    EXPECT_THAT(shares(nextGroup(5)), ElementsAre(Share(1, 5)));
    EXPECT_THAT(shares(nextGroup(5)), ElementsAre(Share(1, 3), Share(2, 2)));
}

TEST_F(Queue, CountsLargeWritesForWhatTheyWeigh)
{
    must(push(1, writes(1, 50, 4 * WriteQueue::costBytes)));
    must(push(2, writes(1, 200)));
    const auto served = shares(nextGroup(100));
    ASSERT_EQ(served.size(), 2U);
    EXPECT_GE(served[1].second, 4 * served[0].second);
}

TEST_F(Queue, AWriteLargerThanATurnStillGoes)
{
    must(push(1, writes(1, 1, 100 * WriteQueue::costBytes)));
    EXPECT_THAT(shares(nextGroup(1)), ElementsAre(Share(1, 1)));
    EXPECT_TRUE(m_queue.empty());
}

TEST_F(Queue, AnswersAPushThatWasCutWithAllItsPartsAndTheNewestVersion)
{
    must(push(1, writes(1, 10)));
    settle(nextGroup(4));
    settle(nextGroup(4));
    EXPECT_THAT(m_answers, IsEmpty());
    settle(nextGroup(4));
    ASSERT_EQ(m_answers.size(), 1U);
    const Ack &ack = m_answers.front().second.value();
    EXPECT_EQ(ack.version, 3);
    ASSERT_EQ(ack.settled.size(), 10U);
    for (size_t i = 0; i < 10; ++i)
        EXPECT_EQ(ack.settled[i].id, qint64(i) + 1);
}

TEST_F(Queue, AFailedPartAnswersThePushAndDropsTheRest)
{
    must(push(1, writes(1, 100)));
    must(push(2, writes(1, 1)));
    WriteQueue::Group group = nextGroup(20);
    BatchOutcome outcome = accepted(group, 1);
    outcome.answers.front() = fail(ErrorCode::IdentityConflict, u"A copy."_qs);
    settle(std::move(group), outcome);
    ASSERT_EQ(m_answers.size(), 2U);
    EXPECT_THAT(m_answers[0].second, FailsWith(ErrorCode::IdentityConflict));
    EXPECT_THAT(m_answers[1].second, Succeeds());
    while (!m_queue.empty())
        EXPECT_THAT(shares(nextGroup(20)), IsEmpty());
    EXPECT_EQ(m_queue.bytes(), 0);
}

TEST_F(Queue, AFailedCommitAnswersEveryoneWhoHadAPartInIt)
{
    must(push(1, writes(1, 100)));
    must(push(2, writes(1, 100)));
    settle(nextGroup(20), fail(ErrorCode::StorageFull, u"The disk is full."_qs));
    ASSERT_EQ(m_answers.size(), 2U);
    EXPECT_THAT(m_answers[0].second, FailsWith(ErrorCode::StorageFull));
    EXPECT_THAT(m_answers[1].second, FailsWith(ErrorCode::StorageFull));
    EXPECT_EQ(m_queue.bytes(), 0);
}

TEST_F(Queue, APushThatIsNoChainGoesWholeSoThatItIsRefusedWhole)
{
    m_cut = WriteQueue::Cut::Never;
    must(push(1, writes(1, 100)));
    EXPECT_THAT(shares(nextGroup(20)), ElementsAre(Share(1, 100)));
    EXPECT_TRUE(m_queue.empty());
}

TEST_F(Queue, CutsOnlyWhatIsOneChain)
{
    PushJob job{deviceOf(1), {}};
    QByteArray hash;
    for (qint64 id = 7; id < 10; ++id) {
        hash = crypto::digest(protocol::chainText(hash, id, "write"));
        job.mutations.push_back({id, hash, "write"});
    }
    EXPECT_EQ(WriteQueue::cutOf(job), WriteQueue::Cut::Allowed);
    PushJob gap = job;
    gap.mutations.erase(gap.mutations.begin() + 1);
    EXPECT_EQ(WriteQueue::cutOf(gap), WriteQueue::Cut::Never);
    PushJob changed = job;
    changed.mutations.back().mutation = "another";
    EXPECT_EQ(WriteQueue::cutOf(changed), WriteQueue::Cut::Never);
}

TEST_F(Queue, AnEmptyPushIsAnsweredToo)
{
    must(push(1, {}));
    settle(nextGroup(20));
    ASSERT_EQ(m_answers.size(), 1U);
    EXPECT_THAT(m_answers[0].second, Succeeds());
    EXPECT_TRUE(m_queue.empty());
}

TEST_F(Queue, WhatADeviceAsksComesAfterWhatItHasPushed)
{
    must(push(1, writes(1, 10)));
    task(1);
    must(push(1, writes(11, 1)));
    EXPECT_THAT(shares(nextGroup(100)), ElementsAre(Share(1, 10)));
    EXPECT_TRUE(nextIsTask(100));
    EXPECT_THAT(shares(nextGroup(100)), ElementsAre(Share(1, 1)));
}

TEST_F(Queue, ATaskWaitsForNoFlood)
{
    must(push(1, writes(1, 200)));
    task(0);
    EXPECT_THAT(shares(nextGroup(1000)), ElementsAre(Share(1, size_t(WriteQueue::quantum))));
    EXPECT_TRUE(nextIsTask(1000));
}

TEST_F(Queue, RefusesADeviceThatPushesOnAndOn)
{
    for (int i = 0; i < 3; ++i)
        must(push(1, writes(i + 1, 1)));
    EXPECT_THAT(push(1, writes(4, 1)), FailsWith(ErrorCode::RateLimited));
    EXPECT_THAT(push(2, writes(1, 1)), Succeeds());
}

TEST_F(Queue, RefusesEveryoneWhenItIsFullAndNobodyOnceItIsNot)
{
    must(push(1, writes(1, 10, 100'000)));
    EXPECT_THAT(push(2, writes(1, 1, 100'000)), FailsWith(ErrorCode::Unavailable));
    settle(nextGroup(1000));
    EXPECT_EQ(m_queue.bytes(), 0);
    EXPECT_THAT(push(2, writes(1, 1, 100'000)), Succeeds());
}

namespace {

/// Pushes of a few devices, of any length, taken out in groups of any size; some come while others are
/// served.
struct Traffic
{
    WriteQueue queue{WriteQueue::Bounds{.pushesOfDevice = 1000, .bytes = 1 << 30}};
    std::map<quint8, qint64> pushed, served;
    std::map<quint8, int> pushes, answers;

    void push(quint8 device, qint64 count)
    {
        ++pushes[device];
        must(queue.push(
            {deviceOf(device), writes(pushed[device] + 1, count)},
            [this, device](const Result<Ack> &) { ++answers[device]; }, WriteQueue::Cut::Allowed));
        pushed[device] += count;
    }

    /// The mutations of the next group by device, checked to be the next ones of each.
    std::map<quint8, qint64> serve(size_t limit)
    {
        std::map<quint8, qint64> shares;
        auto group = std::get<WriteQueue::Group>(queue.next(limit));
        RC_ASSERT(group.mutations() <= limit);
        for (const PushJob &job : group.jobs) {
            const auto device = quint8(job.device.id.uuid.toBytes().back());
            for (const PushedMutation &one : job.mutations) {
                RC_ASSERT(one.id == ++served[device]);
                ++shares[device];
            }
        }
        const Result<BatchOutcome> outcome = accepted(group, 1);
        for (WriteQueue::Due &due : queue.settle(std::move(group), outcome))
            due.answer(std::move(due.result));
        return shares;
    }
};

} // namespace

RC_GTEST_PROP(QueueProperty, EachDevicesWritesComeInOrderAndEachPushIsAnsweredOnce, ())
{
    Traffic traffic;
    const auto steps = *rc::gen::container<std::vector<std::tuple<quint8, int, size_t>>>(rc::gen::tuple(
        rc::gen::inRange<quint8>(1, 6), rc::gen::inRange(0, 60), rc::gen::inRange<size_t>(0, 40)));
    for (const auto &[device, count, limit] : steps) {
        traffic.push(device, count);
        if (limit > 0)
            traffic.serve(limit);
    }
    while (!traffic.queue.empty())
        traffic.serve(7);
    for (const auto &[device, count] : traffic.pushed)
        RC_ASSERT(traffic.served[device] == count);
    RC_ASSERT(traffic.answers == traffic.pushes);
    RC_ASSERT(traffic.queue.bytes() == 0);
}

RC_GTEST_PROP(QueueProperty, NoDeviceWaitsForMoreThanATurnOfEachOther, ())
{
    Traffic traffic;
    const auto others = *rc::gen::inRange<quint8>(1, 20);
    for (quint8 device = 1; device <= others; ++device)
        traffic.push(device, *rc::gen::inRange(100, 200));
    const auto before = *rc::gen::inRange(0, 50);
    for (int i = 0; i < before && !traffic.queue.empty(); ++i)
        traffic.serve(*rc::gen::inRange<size_t>(1, 20));
    constexpr quint8 late = 100;
    traffic.push(late, 1);
    qint64 ahead = 0;
    while (!traffic.served.contains(late)) {
        for (const auto &[device, count] : traffic.serve(*rc::gen::inRange<size_t>(1, 20)))
            ahead += device == late ? 0 : count;
    }
    // One turn of each, and what the group that brought it held besides.
    RC_ASSERT(ahead <= WriteQueue::quantum * others + 20);
}
