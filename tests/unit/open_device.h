#pragma once

#include "shared/net/shop_catalogue.h"
#include "tests/unit/eventually.h"
#include "tests/unit/paired_folder.h"
#include "tests/unit/virtual_clock.h"

namespace strop::test {

/// A device of the Madrid shop at ten o'clock, as view-models stand on it. Fill its folder, make the
/// view-models, then start().
struct OpenDevice
{
    explicit OpenDevice(Role role)
        : folder(role, clock)
    {
        setTime(shop.at(10));
    }

    void setTime(Instant now) { clock.pass(now - clock.now()); }

    [[nodiscard]] bool start()
    {
        host.start();
        return eventually([this] { return catalogue.ready(); });
    }

    /// Queues a write and waits until it is on the disk.
    [[nodiscard]] Result<qint64> write(const mutators::Mutation &mutation)
    {
        std::optional<Result<qint64>> answer;
        host.mutate(mutation, [&answer](Result<qint64> id) { answer = std::move(id); });
        if (!eventually([&answer] { return answer.has_value(); }))
            return fail(ErrorCode::Unavailable, QStringLiteral("The write was not answered."));
        return *answer;
    }

    const MadridShop shop;
    VirtualClock clock;
    SystemRandom random;
    PairedFolder folder;
    net::ReplicaHost host{folder.path(), folder.identity(), clock, random};
    net::ShopCatalogue catalogue{host};
};

} // namespace strop::test
