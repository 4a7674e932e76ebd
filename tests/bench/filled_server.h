#pragma once

#include "server/authority/store.h"
#include "shared/crypto/signing.h"
#include "tests/bench/busy_shop.h"

namespace strop::bench {

/// A device with the secret half of its key.
struct EnrolledDevice
{
    server::Device device;
    crypto::SigningKey key;
};

/// A business with the catalogue of a busy shop in a server's store; its bookings are written below the
/// authority, in one transaction.
[[nodiscard]] Result<BusinessId> fillServer(server::Store &store, const BusyShop &shop, const QString &email);

/// Enrols devices of one role in one transaction.
[[nodiscard]] Result<std::vector<EnrolledDevice>> enrolDevices(server::Store &store, BusinessId business,
                                                               const BusyShop &shop, Role role, int count,
                                                               const Clock &clock, Random &random);

/// The writes of one device in the order in which it pushes them.
class PushChain
{
public:
    [[nodiscard]] protocol::PushedMutation append(const mutators::Mutation &mutation);

private:
    qint64 m_lastId = 0;
    QByteArray m_hash;
};

} // namespace strop::bench
