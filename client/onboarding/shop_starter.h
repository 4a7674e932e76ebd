#pragma once

#include "shared/net/live_rows.h"

namespace strop::client {

/// Sees to it that every way into a business ends with a usable shop. Usually the first run says what the
/// shop is; but an owner whose first answer was lost logs in to a business that has none. Once everything is
/// here and there is still no shop, not even a retired one, one is made of what this machine knows. Lives on
/// the UI thread.
class ShopStarter final : public QObject
{
    Q_OBJECT
public:
    /// All outlive it.
    ShopStarter(net::ReplicaHost &host, const Clock &clock, Random &random);

    /// Queues the writes that set a shop up, in their order.
    void start(const std::vector<mutators::Mutation> &writes);

private:
    void startIfMissing();

    net::ReplicaHost &m_host;
    const Clock &m_clock;
    Random &m_random;
    bool m_started = false;
    net::LiveRows<domain::Business> m_business;
    net::LiveRows<domain::Shop> m_shops;
};

} // namespace strop::client
