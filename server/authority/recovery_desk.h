#pragma once

#include "server/authority/store.h"

namespace strop::server {

/// A push on its way into the store, and whom to answer.
struct QueuedPush
{
    PushJob job;
    std::function<void(Result<protocol::Ack>)> answer;
};

/// Puts what the devices of a restored business offer again into the order that it once had.
///
/// The first push after a restore opens a window. Everything that the business's devices push meanwhile is
/// gathered, and answered with an ack that settles nothing, so that the device sends on. At the end all of it
/// is applied: first what a server had settled before (acknowledgedVersion), in that order, then what is new,
/// in the order of its coming; each device's own order is kept. Its outcome is the second answer to each
/// push. What comes later is applied as it comes. Plain and synchronous; used on the store's thread.
class RecoveryDesk
{
public:
    static constexpr Millis windowLength{30'000};

    /// Past so many bytes a window ends early.
    static constexpr qsizetype maxBytes = 64 << 20;

    using Publish = std::function<void(const std::shared_ptr<const Commit> &)>;

    /// Both outlive it.
    RecoveryDesk(Store &store, const Clock &clock)
        : m_store(store)
        , m_clock(clock)
    {}

    /// Gathers a push. One whose business has ended its recovery meanwhile is applied at once.
    void take(QueuedPush push, const Publish &publish);

    /// Whether anything is gathered: then settleDue() wants to be called about once a second.
    [[nodiscard]] bool isOpen() const { return !m_windows.empty(); }

    /// Applies what the windows that have ended gathered, tells of the commits and answers. A failing disk
    /// answers with its error; the devices come again, and another window opens.
    void settleDue(const Publish &publish);

private:
    /// What one device has pushed.
    struct Offers
    {
        Device device;
        std::map<qint64, protocol::PushedMutation> mutations;
        std::vector<std::function<void(Result<protocol::Ack>)>> answers;
    };
    struct Window
    {
        Millis ends{0};
        qsizetype bytes = 0;
        std::map<DeviceId, Offers> devices;
        std::vector<DeviceId> arrivals; ///< In the order of their first push.
    };

    void add(Window &window, QueuedPush push);
    void settle(BusinessId business, Window window, const Publish &publish);

    /// The mutations of a window as jobs in the order in which they are to be applied.
    [[nodiscard]] static std::vector<PushJob> inOrder(const Window &window);

    Store &m_store;
    const Clock &m_clock;
    std::map<BusinessId, Window> m_windows;
};

} // namespace strop::server
