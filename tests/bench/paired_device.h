#pragma once

#include "shared/net/pairing_client.h"
#include "shared/net/shop_catalogue.h"
#include "tests/bench/bench_program.h"

namespace strop::bench {

/// A device of a real server, in this process: its replica on a thread of its own, its connection, the
/// catalogue of its shop.
class PairedDevice
{
public:
    /// Pairs a new folder by a code and waits until everything is there. `clock` and `random` outlive the
    /// device.
    [[nodiscard]] static Result<std::unique_ptr<PairedDevice>>
    pair(const QUrl &server, const QString &code, const QString &folder, const Clock &clock, Random &random);

    [[nodiscard]] net::ReplicaHost &host() { return m_host; }
    [[nodiscard]] const net::ShopCatalogue &catalogue() const { return m_catalogue; }

    /// Connected, and nothing of its own on its way.
    [[nodiscard]] bool isQuiet() const;

private:
    PairedDevice(const QString &folder, const sync::DeviceIdentity &identity, const Clock &clock,
                 Random &random)
        : m_host(folder, identity, clock, random)
        , m_catalogue(m_host)
    {}

    net::ReplicaHost m_host;
    net::ShopCatalogue m_catalogue;
};

} // namespace strop::bench
