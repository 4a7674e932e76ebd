#include "server/auth/account_store.h"

#include "server/auth/limits.h"
#include "shared/crypto/digest.h"
#include "shared/crypto/signing.h"

namespace strop::server {

using storage::RowReader;
using storage::Value;

namespace {

Value optionalId(const std::optional<ShopId> &id)
{
    return id ? Value(id->uuid.toBytes()) : Value();
}

std::optional<ShopId> readOptionalId(const RowReader &row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.id<ShopId>(column));
}

/// A folder that is copied to many machines makes as many; one that copies itself for ever is held up.
constexpr qint64 maxForksAnHour = 12;

QByteArray codeDigest(const QString &code)
{
    return crypto::digest(QByteArrayLiteral("strop pairing code\n") + code.toUtf8());
}

QString comparableEmail(const QString &email)
{
    return email.trimmed().toCaseFolded();
}

const QString deviceColumns =
    QStringLiteral("id, business_id, role, shop_id, name, public_key, enrolled_ms, revoked");

Device readDevice(const RowReader &row)
{
    return {row.id<DeviceId>(0),    row.id<BusinessId>(1), roleFromName(row.text(2)).value_or(Role::Display),
            readOptionalId(row, 3), row.text(4),           row.bytes(5),
            row.instant(6),         row.boolean(7)};
}

} // namespace

Error refusedCredentials()
{
    return {ErrorCode::Unauthenticated,
            QStringLiteral("That is not right. Check what you typed, or get a new code, and try again."),
            {}};
}

protocol::Enrolment enrolmentOf(const Device &device)
{
    return {device.id, device.business, device.role, device.shop};
}

Result<Account> AccountStore::createAccount(BusinessId business, const QString &email,
                                            const QByteArray &passwordHash)
{
    STROP_TRY_ASSIGN(const auto existing, accountOf(email));
    if (existing)
        return fail(ErrorCode::AlreadyExists,
                    QStringLiteral("This e-mail address has an account already. Log in with it instead."));
    const Account account{newId<AccountId>(m_clock, m_random), business, comparableEmail(email),
                          passwordHash};
    STROP_TRY(m_database.run(
        QStringLiteral("INSERT INTO account (id, business_id, email, password_hash) VALUES (?, ?, ?, ?)"),
        {account.id.uuid.toBytes(), business.uuid.toBytes(), account.email, passwordHash}));
    return account;
}

Result<std::optional<Account>> AccountStore::accountOf(const QString &email)
{
    std::optional<Account> found;
    STROP_TRY(m_database.each(
        QStringLiteral("SELECT id, business_id, email, password_hash FROM account WHERE email = ?"),
        {comparableEmail(email)}, [&](const RowReader &row) -> Result<void> {
            found = Account{row.id<AccountId>(0), row.id<BusinessId>(1), row.text(2), row.bytes(3)};
            return {};
        }));
    return found;
}

Result<void> AccountStore::requireRoomForDevice(BusinessId business)
{
    STROP_TRY_ASSIGN(
        const auto count,
        m_database.cell(QStringLiteral("SELECT count(*) FROM device WHERE business_id = ? AND revoked = 0"),
                        {business.uuid.toBytes()}));
    if (std::get<qint64>(*count) < limits::devicesOfBusiness)
        return {};
    return fail(ErrorCode::Unavailable,
                QStringLiteral("This business has %1 devices already. Revoke those that are out of use.")
                    .arg(limits::devicesOfBusiness));
}

Result<Device> AccountStore::enrol(const Invitation &invitation, const protocol::DeviceCard &card)
{
    const Device device{newId<DeviceId>(m_clock, m_random),
                        invitation.business,
                        invitation.role,
                        invitation.shop,
                        card.name,
                        card.publicKey,
                        m_clock.now(),
                        false};
    STROP_TRY(m_database.run(
        QStringLiteral(
            "INSERT INTO device (id, business_id, role, shop_id, name, public_key, enrolled_ms, revoked, "
            "last_mutation_id, chain_hash) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?)"),
        {device.id.uuid.toBytes(), device.business.uuid.toBytes(), QString(roleName(device.role)),
         optionalId(device.shop), device.name, device.publicKey, toMs(device.enrolledAt), QByteArray("")}));
    return device;
}

Result<Device> AccountStore::fork(DeviceId former, const QByteArray &publicKey)
{
    if (publicKey.size() != crypto::SigningKey::publicKeySize)
        return fail(ErrorCode::InvalidArgument, QStringLiteral("\"publicKey\" must be a key of 32 bytes."));
    STROP_TRY_ASSIGN(const Device old, device(former));
    const QByteArray id = former.uuid.toBytes();
    std::optional<Device> known;
    STROP_TRY(m_database.each(QStringLiteral("SELECT %1 FROM device WHERE forked_from = ? AND public_key = ? "
                                             "AND revoked = 0")
                                  .arg(deviceColumns),
                              {id, publicKey}, [&](const RowReader &row) -> Result<void> {
                                  known = readDevice(row);
                                  return {};
                              }));
    if (known)
        return *known;
    STROP_TRY_ASSIGN(
        const auto origin,
        m_database.cell(QStringLiteral("SELECT coalesce(origin, id) FROM device WHERE id = ?"), {id}));
    STROP_TRY_ASSIGN(
        const auto recent,
        m_database.cell(QStringLiteral("SELECT count(*) FROM device WHERE origin = ? AND "
                                       "enrolled_ms > ? AND enrolled_ms <= ?"),
                        {origin.value(), toMs(m_clock.now() - std::chrono::hours(1)), toMs(m_clock.now())}));
    if (std::get<qint64>(recent.value()) >= maxForksAnHour)
        return fail(ErrorCode::RateLimited,
                    QStringLiteral("This device has taken too many new identities. It tries again within the "
                                   "hour."));
    STROP_TRY_ASSIGN(const Device made, enrol({old.business, old.role, old.shop}, {old.name, publicKey}));
    STROP_TRY(m_database.run(QStringLiteral("UPDATE device SET forked_from = ?, origin = ? WHERE id = ?"),
                             {id, origin.value(), made.id.uuid.toBytes()}));
    return made;
}

Result<Device> AccountStore::device(DeviceId id)
{
    std::optional<Device> found;
    STROP_TRY(m_database.each(
        QStringLiteral("SELECT %1 FROM device WHERE id = ? AND revoked = 0").arg(deviceColumns),
        {id.uuid.toBytes()}, [&](const RowReader &row) -> Result<void> {
            found = readDevice(row);
            return {};
        }));
    if (!found)
        return tl::unexpected(refusedCredentials());
    return *found;
}

Result<std::vector<Device>> AccountStore::devices()
{
    std::vector<Device> all;
    STROP_TRY(
        m_database.each(QStringLiteral("SELECT %1 FROM device ORDER BY enrolled_ms, id").arg(deviceColumns),
                        {}, [&](const RowReader &row) -> Result<void> {
                            all.push_back(readDevice(row));
                            return {};
                        }));
    return all;
}

Result<void> AccountStore::revoke(DeviceId id)
{
    STROP_TRY_ASSIGN(
        const qint64 changed,
        m_database.run(QStringLiteral("UPDATE device SET revoked = 1 WHERE id = ?"), {id.uuid.toBytes()}));
    if (changed == 0)
        return fail(
            ErrorCode::NotFound,
            QStringLiteral("There is no device %1. List the devices to see their ids.").arg(id.toString()));
    return {};
}

Result<PairingCode> AccountStore::makePairingCode(const Invitation &invitation)
{
    const PairingCode made{protocol::makePairingCode(crypto::randomBytes(protocol::pairingCodeLength)),
                           m_clock.now() + Millis(protocol::pairingCodeLifeMs)};
    STROP_TRY(m_database.run(QStringLiteral("DELETE FROM pairing_code WHERE expires_ms < ?"),
                             {toMs(m_clock.now())}));
    STROP_TRY_ASSIGN(
        const auto waiting,
        m_database.cell(QStringLiteral("SELECT count(*) FROM pairing_code WHERE business_id = ?"),
                        {invitation.business.uuid.toBytes()}));
    if (std::get<qint64>(*waiting) >= limits::pairingCodesOfBusiness)
        return fail(ErrorCode::RateLimited,
                    QStringLiteral("%1 codes wait to be used. Use one of them, or try again in five minutes.")
                        .arg(limits::pairingCodesOfBusiness));
    STROP_TRY(m_database.run(QStringLiteral("INSERT INTO pairing_code (digest, business_id, role, shop_id, "
                                            "expires_ms) VALUES (?, ?, ?, ?, ?)"),
                             {codeDigest(made.code), invitation.business.uuid.toBytes(),
                              QString(roleName(invitation.role)), optionalId(invitation.shop),
                              toMs(made.expiresAt)}));
    return made;
}

Result<Invitation> AccountStore::redeem(const QString &code)
{
    std::optional<Invitation> found;
    const QByteArray digest = codeDigest(code);
    STROP_TRY(m_database.each(
        QStringLiteral(
            "SELECT business_id, role, shop_id FROM pairing_code WHERE digest = ? AND expires_ms >= ?"),
        {digest, toMs(m_clock.now())}, [&](const RowReader &row) -> Result<void> {
            found = Invitation{row.id<BusinessId>(0), roleFromName(row.text(1)).value_or(Role::Display),
                               readOptionalId(row, 2)};
            return {};
        }));
    if (!found)
        return tl::unexpected(refusedCredentials());
    STROP_TRY(m_database.run(QStringLiteral("DELETE FROM pairing_code WHERE digest = ?"), {digest}));
    return *found;
}

} // namespace strop::server
