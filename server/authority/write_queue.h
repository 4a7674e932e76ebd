#pragma once

#include "server/auth/limits.h"
#include "server/authority/authority.h"

#include <deque>
#include <functional>
#include <memory>
#include <unordered_map>
#include <variant>

namespace strop::server {

class Store;
struct WaitingPush;

/// What waits for the store: pushes of devices and other tasks, served so that no device can make the others
/// wait. Each device is a flow, and flows take turns by deficit round robin (Shreedhar and Varghese,
/// "Efficient Fair Queuing using Deficit Round Robin", SIGCOMM 1995): a turn is worth `quantum`, and a
/// mutation costs 1 and its bytes, so one device with a million writes gets the same share as one with two.
///
/// What is served goes out in groups, each of which is to be one transaction. A push may be cut across
/// groups: its parts stay in order, and its answer is due when the last of them is settled, or when one
/// failed, which drops the rest. Within a flow everything is served in the order in which it came. Not
/// thread-safe.
class WriteQueue
{
public:
    using Answer = std::function<void(Result<protocol::Ack>)>;
    using Task = std::function<void(Store &)>;

    /// What may wait.
    struct Bounds
    {
        size_t pushesOfDevice = limits::pushesOfDevice;
        qint64 bytes = limits::queuedBytes;
    };

    /// What one turn is worth, in mutations of `costBytes`: small, for the turn of a busy device is what an
    /// idle one waits for.
    static constexpr qint64 quantum = 8;
    static constexpr qint64 costBytes = 2048;

    WriteQueue() = default;
    explicit WriteQueue(const Bounds &bounds)
        : m_bounds(bounds)
    {}

    enum class Cut { Allowed, Never };

    /// Only a push that is one chain may be cut: with its first part it is accepted as a whole, whereas any
    /// other is refused by the authority, and must be before a part of it has been settled. Looks at every
    /// byte: not to be called where others wait.
    [[nodiscard]] static Cut cutOf(const PushJob &job);

    /// RateLimited when this device has too much in the queue, Unavailable when everybody together has. Then
    /// the answer is not called.
    [[nodiscard]] Result<void> push(PushJob job, Answer answer, Cut cut);

    /// Something else that uses the store. That of a device comes after what the device has pushed before;
    /// the server's own (nil) is a flow like that of a device.
    void run(DeviceId device, Task task);

    struct Group
    {
        std::vector<PushJob> jobs; ///< One for each push that has a part in it.

        [[nodiscard]] size_t mutations() const;

    private:
        friend class WriteQueue;
        struct Part
        {
            std::shared_ptr<WaitingPush> push;
            bool last = false;
        };
        std::vector<Part> m_parts; ///< As `jobs`.
    };
    using Work = std::variant<Group, Task>;

    /// The next group of at most about `limit` mutations, or the next task. The queue must not be empty.
    [[nodiscard]] Work next(size_t limit);

    struct Due
    {
        Answer answer;
        Result<protocol::Ack> result;
    };

    /// Takes what the store made of a group. Gives the answers that are due now, in order of the group.
    [[nodiscard]] std::vector<Due> settle(Group group, const Result<BatchOutcome> &outcome);

    [[nodiscard]] bool empty() const { return m_turns.empty(); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    using Entry = std::variant<std::shared_ptr<WaitingPush>, Task>;
    struct Flow
    {
        QByteArray device;
        std::deque<Entry> entries;
        qint64 deficit = 0;
        bool inTurn = false; ///< Has had its quantum, and the group was full before it was used up.
    };

    Flow &flowOf(DeviceId device);
    void serve(Flow &flow, Group &group, size_t limit, size_t &taken);
    void take(const std::shared_ptr<WaitingPush> &push, Group &group);
    void endTurn();

    Bounds m_bounds;
    qint64 m_bytes = 0;
    std::unordered_map<QByteArray, std::unique_ptr<Flow>> m_flows; ///< Those with something in them.
    std::deque<Flow *> m_turns;                                    ///< The same, in the order of their turns.
};

} // namespace strop::server
