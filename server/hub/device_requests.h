#pragma once

#include "server/authority/store.h"

#include <QCborMap>

namespace strop::server {

/// Answers a protocol::Request: what a device may ask for that is not a write of its business.
///
///     pairing.create {role, shop}   → {code, expires}   an invitation for a new device; managing roles
///     devices.list   {}             → {devices: [{id, name, role, shop, enrolled, revoked}…]}; managing
///     roles devices.revoke {id}           → {}; managing roles, never the device itself
///     device.fork    {publicKey}    → an enrolment; any role: a new identity for the device itself
///
/// NotPermitted, NotFound for an unknown method, InvalidArgument. On the store's thread.
[[nodiscard]] Result<QCborMap> answerRequest(Store &store, const Device &device,
                                             const protocol::Request &request);

} // namespace strop::server
