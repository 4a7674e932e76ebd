#include "tests/bench/paired_device.h"

namespace strop::bench {
namespace {

Result<sync::DeviceIdentity> identityBy(const QUrl &server, const QString &code, const QString &folder)
{
    net::PairingClient client;
    std::optional<Result<sync::DeviceIdentity>> answer;
    client.pair(server, protocol::JoinByCode{{}, protocol::normalisedPairingCode(code)},
                QStringLiteral("Bench"), folder,
                [&answer](const Result<sync::DeviceIdentity> &identity) { answer = identity; });
    STROP_TRY(waitUntil(QStringLiteral("the pairing"), [&answer] { return answer.has_value(); }));
    return *answer;
}

} // namespace

Result<std::unique_ptr<PairedDevice>> PairedDevice::pair(const QUrl &server, const QString &code,
                                                         const QString &folder, const Clock &clock,
                                                         Random &random)
{
    STROP_TRY_ASSIGN(const sync::DeviceIdentity identity, identityBy(server, code, folder));
    std::unique_ptr<PairedDevice> device(new PairedDevice(folder, identity, clock, random));
    device->m_host.start();
    STROP_TRY(waitUntil(QStringLiteral("the first sync"),
                        [&device] { return device->isQuiet() && device->m_catalogue.ready(); }));
    return device;
}

bool PairedDevice::isQuiet() const
{
    const net::SyncStatus &status = m_host.status();
    return status.state == sync::SessionState::Live && status.waiting.empty();
}

} // namespace strop::bench
