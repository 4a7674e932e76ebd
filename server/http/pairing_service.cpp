#include "server/http/pairing_service.h"

#include "shared/base/log.h"
#include "shared/crypto/digest.h"

#include <QJsonDocument>

namespace strop::server {

using protocol::Enrolment;

namespace {

constexpr qsizetype maxBodyBytes = 16 * 1024;

/// Ten attempts at once, then one every six seconds: 40 bits of code over its five minutes stay out of reach.
constexpr RateLimiter::Limit peerLimit{10, Millis(6'000)};
constexpr RateLimiter::Limit overallLimit{200, Millis(100)};

} // namespace

PairingService::PairingService(StoreThread &store, const Clock &clock, Signup signup,
                               crypto::PasswordCost cost)
    : m_store(store)
    , m_signup(signup)
    , m_cost(cost)
    , m_decoyHash(crypto::hashPassword(QString::fromLatin1(crypto::randomBytes(16).toHex()), cost))
    , m_byPeer(clock, peerLimit)
    , m_overall(clock, overallLimit)
{}

Result<QJsonObject> PairingService::admit(const QByteArray &body, const QString &peer)
{
    if (!m_byPeer.admit(peer) || !m_overall.admit(QString())) {
        log::warning("pairing.rate_limited", {{"peer", peer}});
        const Millis wait =
            std::max(m_byPeer.timeUntilAdmitted(peer), m_overall.timeUntilAdmitted(QString()));
        return fail(ErrorCode::RateLimited, QStringLiteral("Too many attempts. Try again in %1 s.")
                                                .arg(std::chrono::ceil<std::chrono::seconds>(wait).count()));
    }
    if (body.size() > maxBodyBytes)
        return fail(ErrorCode::FrameTooLarge,
                    QStringLiteral("The request is larger than %1 bytes.").arg(maxBodyBytes));
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (!document.isObject())
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("The request is not a JSON object: %1.").arg(problem.errorString()));
    return document.object();
}

Result<Enrolment> PairingService::create(const QByteArray &body, const QString &peer)
{
    STROP_TRY_ASSIGN(const QJsonObject json, admit(body, peer));
    STROP_TRY_ASSIGN(const protocol::CreateBusiness request, protocol::createBusinessFromJson(json));
    if (m_signup == Signup::Closed)
        return fail(ErrorCode::NotPermitted,
                    QStringLiteral("This server takes no new businesses. Ask its operator to create yours."));
    const QByteArray hash = crypto::hashPassword(request.password, m_cost);
    return m_store.ask([&](Store &store) -> Result<Enrolment> {
        STROP_TRY_ASSIGN(Store::Created created,
                         store.createBusiness(request.businessName, request.email, hash, request.device));
        m_store.publish(created.commits);
        return *created.enrolment;
    });
}

Result<Enrolment> PairingService::login(const QByteArray &body, const QString &peer)
{
    STROP_TRY_ASSIGN(const QJsonObject json, admit(body, peer));
    STROP_TRY_ASSIGN(const protocol::JoinByPassword request, protocol::joinByPasswordFromJson(json));
    STROP_TRY_ASSIGN(const std::optional<Account> account,
                     m_store.ask([&](Store &store) { return store.accountOf(request.email); }));
    const bool right =
        crypto::verifyPassword(request.password, account ? account->passwordHash : m_decoyHash);
    if (!right || !account) {
        log::warning("pairing.refused", {{"peer", peer}, {"way", "login"}});
        return tl::unexpected(refusedCredentials());
    }
    return m_store.ask([&](Store &store) { return store.enrolOwner(*account, request.device); });
}

Result<Enrolment> PairingService::redeem(const QByteArray &body, const QString &peer)
{
    STROP_TRY_ASSIGN(const QJsonObject json, admit(body, peer));
    STROP_TRY_ASSIGN(const protocol::JoinByCode request, protocol::joinByCodeFromJson(json));
    Result<Enrolment> enrolment =
        m_store.ask([&](Store &store) { return store.enrolByCode(request.code, request.device); });
    if (!enrolment)
        log::warning("pairing.refused", {{"peer", peer}, {"way", "code"}});
    return enrolment;
}

} // namespace strop::server
