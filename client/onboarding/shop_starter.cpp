#include "client/onboarding/shop_starter.h"

#include "client/onboarding/starter_shop.h"
#include "client/onboarding/this_machine.h"
#include "shared/base/log.h"
#include "shared/sync/entity_query.h"

namespace strop::client {

ShopStarter::ShopStarter(net::ReplicaHost &host, const Clock &clock, Random &random)
    : m_host(host)
    , m_clock(clock)
    , m_random(random)
    , m_business(host, [this] { startIfMissing(); })
    , m_shops(host, [this] { startIfMissing(); })
{
    if (host.enrolment().role != Role::Owner)
        return;
    connect(&host, &net::ReplicaHost::statusChanged, this, &ShopStarter::startIfMissing);
    m_business.watch(sync::entityQuery<domain::Business>());
    m_shops.watch(sync::entityQuery<domain::Shop>());
}

void ShopStarter::start(const std::vector<mutators::Mutation> &writes)
{
    m_started = m_started || !writes.empty();
    for (const mutators::Mutation &write : writes) {
        m_host.mutate(write, [](const Result<qint64> &id) {
            if (!id)
                log::error("onboarding.write_failed", id.error());
        });
    }
}

void ShopStarter::startIfMissing()
{
    const bool known = m_host.status().complete && m_business.loaded() && m_shops.loaded();
    if (m_started || !known || !m_shops.rows().empty())
        return;
    const QString business = m_business.rows().empty() ? QString() : m_business.rows().front().name;
    const ShopDetails details{business.isEmpty() ? tr("My shop") : business, tr("Me"), systemZone(),
                              systemLanguage(), systemCurrency()};
    start(starterShop(details, m_clock, m_random));
}

} // namespace strop::client
