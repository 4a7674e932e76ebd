#include "server/authority/write_queue.h"

#include "shared/crypto/digest.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace strop::server {

using protocol::Ack;
using protocol::PushedMutation;

/// A push on its way through the groups.
struct WaitingPush
{
    PushJob job;
    WriteQueue::Answer answer;
    size_t taken = 0;           ///< Mutations that are in groups already.
    qint64 bytes = 0;           ///< Of those that are not.
    std::optional<size_t> part; ///< Its place in the group that is being made.
    Ack ack;                    ///< Of the parts that are settled.
    bool failed = false;
    WriteQueue::Cut cut = WriteQueue::Cut::Allowed;

    [[nodiscard]] bool done() const { return taken == job.mutations.size(); }
};

namespace {

/// What the queue keeps of a mutation.
qint64 sizeOf(const PushedMutation &pushed)
{
    return qint64(sizeof(PushedMutation)) + pushed.hash.size() + pushed.mutation.size();
}

qint64 costOf(const PushedMutation &pushed)
{
    return 1 + pushed.mutation.size() / WriteQueue::costBytes;
}

qint64 sizeOf(const PushJob &job)
{
    return std::accumulate(job.mutations.begin(), job.mutations.end(), qint64(0),
                           [](qint64 sum, const PushedMutation &one) { return sum + sizeOf(one); });
}

} // namespace

size_t WriteQueue::Group::mutations() const
{
    return std::accumulate(jobs.begin(), jobs.end(), size_t(0),
                           [](size_t sum, const PushJob &job) { return sum + job.mutations.size(); });
}

WriteQueue::Flow &WriteQueue::flowOf(DeviceId device)
{
    const QByteArray key = device.uuid.toBytes();
    std::unique_ptr<Flow> &flow = m_flows[key];
    if (!flow) {
        flow = std::make_unique<Flow>();
        flow->device = key;
        m_turns.push_back(flow.get());
    }
    return *flow;
}

WriteQueue::Cut WriteQueue::cutOf(const PushJob &job)
{
    for (size_t i = 1; i < job.mutations.size(); ++i) {
        const PushedMutation &one = job.mutations[i];
        const PushedMutation &before = job.mutations[i - 1];
        if (one.id != before.id + 1 ||
            crypto::digest(protocol::chainText(before.hash, one.id, one.mutation)) != one.hash)
            return Cut::Never;
    }
    return Cut::Allowed;
}

Result<void> WriteQueue::push(PushJob job, Answer answer, Cut cut)
{
    const qint64 bytes = sizeOf(job);
    if (m_bytes + bytes > m_bounds.bytes)
        return fail(ErrorCode::Unavailable,
                    QStringLiteral("The server has too many writes to store at once. Try again later."));
    if (const auto known = m_flows.find(job.device.id.uuid.toBytes());
        known != m_flows.end() && known->second->entries.size() >= m_bounds.pushesOfDevice)
        return fail(ErrorCode::RateLimited,
                    QStringLiteral("This device has writes under way. Wait for their answers."));
    const DeviceId device = job.device.id;
    auto push = std::make_shared<WaitingPush>();
    push->job = std::move(job);
    push->answer = std::move(answer);
    push->bytes = bytes;
    push->cut = cut;
    m_bytes += bytes;
    flowOf(device).entries.emplace_back(std::move(push));
    return {};
}

void WriteQueue::run(DeviceId device, Task task)
{
    flowOf(device).entries.emplace_back(std::move(task));
}

WriteQueue::Work WriteQueue::next(size_t limit)
{
    Group group;
    size_t taken = 0;
    while (taken < limit && !m_turns.empty()) {
        Flow &flow = *m_turns.front();
        if (Task *task = std::get_if<Task>(&flow.entries.front())) {
            // It brings a transaction of its own, so what was gathered is committed before.
            if (!group.m_parts.empty())
                break;
            Work work = std::move(*task);
            flow.entries.pop_front();
            endTurn();
            return work;
        }
        if (!std::exchange(flow.inTurn, true))
            flow.deficit += quantum;
        serve(flow, group, limit, taken);
        if (taken >= limit && flow.deficit > 0 && !flow.entries.empty())
            break; // the rest of its turn is in the next group
        endTurn();
    }
    for (const Group::Part &part : group.m_parts)
        part.push->part.reset();
    return group;
}

void WriteQueue::serve(Flow &flow, Group &group, size_t limit, size_t &taken)
{
    while (taken < limit && !flow.entries.empty()) {
        const auto *front = std::get_if<std::shared_ptr<WaitingPush>>(&flow.entries.front());
        if (!front) {
            flow.deficit = 0; // a task has a turn of its own, and nothing is saved up for what follows it
            return;
        }
        const std::shared_ptr<WaitingPush> push = *front;
        if (!push->failed && !push->done() && push->cut == Cut::Allowed) {
            const qint64 cost = costOf(push->job.mutations[push->taken]);
            if (cost > flow.deficit)
                return;
            flow.deficit -= cost;
            ++taken;
        }
        do {
            if (!push->failed)
                take(push, group);
        } while (push->cut == Cut::Never && !push->failed && !push->done());
        if (push->failed || push->done())
            flow.entries.pop_front();
    }
}

void WriteQueue::take(const std::shared_ptr<WaitingPush> &push, Group &group)
{
    if (!push->part) {
        push->part = group.jobs.size();
        group.jobs.push_back({push->job.device, {}});
        group.m_parts.push_back({push, false});
    }
    if (!push->done()) {
        PushedMutation &one = push->job.mutations[push->taken++];
        const qint64 bytes = sizeOf(one);
        push->bytes -= bytes;
        m_bytes -= bytes;
        group.jobs[*push->part].mutations.push_back(std::move(one));
    }
    group.m_parts[*push->part].last = push->done();
}

void WriteQueue::endTurn()
{
    Flow *flow = m_turns.front();
    m_turns.pop_front();
    flow->inTurn = false;
    if (!flow->entries.empty()) {
        m_turns.push_back(flow);
        return;
    }
    // As in the paper: whoever has nothing to send saves nothing up.
    m_flows.erase(flow->device);
}

std::vector<WriteQueue::Due> WriteQueue::settle(Group group, const Result<BatchOutcome> &outcome)
{
    std::vector<Due> due;
    for (size_t i = 0; i < group.m_parts.size(); ++i) {
        WaitingPush &push = *group.m_parts[i].push;
        if (push.failed)
            continue; // answered with the part before
        Result<Ack> answer = outcome ? outcome->answers[i] : Result<Ack>(tl::unexpected(outcome.error()));
        if (!answer) {
            push.failed = true;
            m_bytes -= std::exchange(push.bytes, 0);
            push.job.mutations.clear();
            due.push_back({std::move(push.answer), std::move(answer)});
            continue;
        }
        push.ack.version = answer->version;
        push.ack.durable = answer->durable;
        push.ack.settled.insert(push.ack.settled.end(), std::make_move_iterator(answer->settled.begin()),
                                std::make_move_iterator(answer->settled.end()));
        if (group.m_parts[i].last)
            due.push_back({std::move(push.answer), std::move(push.ack)});
    }
    return due;
}

} // namespace strop::server
