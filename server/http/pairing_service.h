#pragma once

#include "server/auth/rate_limiter.h"
#include "server/auth/signup.h"
#include "server/authority/store_thread.h"
#include "shared/crypto/password.h"

namespace strop::server {

/// Lets devices in: by a new business, by the owner's account, or by a code. The only service for strangers,
/// so each peer's attempts are limited, a password is hashed whether the account exists or not, and every
/// refusal reads the same. Thread-safe; every method blocks for about as long as a password hash takes, so
/// call it from a worker thread.
class PairingService
{
public:
    /// `store` and `clock` outlive the service.
    PairingService(StoreThread &store, const Clock &clock, Signup signup, crypto::PasswordCost cost);

    /// `body` is what the peer sent to one of the paths of protocol/pairing.h, `peer` its address.
    [[nodiscard]] Result<protocol::Enrolment> create(const QByteArray &body, const QString &peer);
    [[nodiscard]] Result<protocol::Enrolment> login(const QByteArray &body, const QString &peer);
    [[nodiscard]] Result<protocol::Enrolment> redeem(const QByteArray &body, const QString &peer);

private:
    Result<QJsonObject> admit(const QByteArray &body, const QString &peer);

    StoreThread &m_store;
    Signup m_signup;
    crypto::PasswordCost m_cost;
    QByteArray m_decoyHash; ///< Verified when there is no account, so that the answer takes as long.
    RateLimiter m_byPeer;
    RateLimiter m_overall; ///< Bounds guessing from many addresses, and the processor time spent on hashes.
};

} // namespace strop::server
