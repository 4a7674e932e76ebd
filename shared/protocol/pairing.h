#pragma once

#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/base/role.h"

#include <QJsonObject>

/// How a device becomes known to a server: one HTTP POST of a JSON object to one of the paths below, answered
/// by an Enrolment or by {"error": {"code", "message"}}. The only requests besides /health that need no
/// identity; the server limits their rate. PROTOCOL.md has examples.
namespace strop::protocol {

/// What every pairing request carries: the device's own name and the public half of its key (base64).
struct DeviceCard
{
    QString name;
    QByteArray publicKey;
};

/// POST /v1/pair/create: a new business, its owner, and this device as the owner's.
struct CreateBusiness
{
    static constexpr const char *path = "/v1/pair/create";
    DeviceCard device;
    QString businessName;
    QString email;
    QString password;
};

/// POST /v1/pair/login: this device joins as the owner's, by the owner's account.
struct JoinByPassword
{
    static constexpr const char *path = "/v1/pair/login";
    DeviceCard device;
    QString email;
    QString password;
};

/// POST /v1/pair/code: this device joins by a code that the desktop shows.
struct JoinByCode
{
    static constexpr const char *path = "/v1/pair/code";
    DeviceCard device;
    QString code;
};

/// The answer: who the device now is.
struct Enrolment
{
    DeviceId device;
    BusinessId business;
    Role role = Role::Kiosk;
    std::optional<ShopId> shop; ///< Where the device stands, for a kiosk or display.
};

/// Codes are 8 characters of a 32-letter alphabet without look-alikes (40 bits), live for five minutes and
/// once.
inline constexpr int pairingCodeLength = 8;
inline constexpr qint64 pairingCodeLifeMs = 5 * 60 * 1000;
inline constexpr int minPasswordLength = 10;

/// InvalidArgument for what is not an e-mail address.
[[nodiscard]] Result<void> requireEmail(const QString &email);

/// From random bytes (at least pairingCodeLength of them).
[[nodiscard]] QString makePairingCode(const QByteArray &randomBytes);

/// What a person typed, made comparable: capitals, no spaces or dashes.
[[nodiscard]] QString normalisedPairingCode(const QString &typed);

/// As people read it: "ABCD-EFGH".
[[nodiscard]] QString displayedPairingCode(const QString &code);

[[nodiscard]] QJsonObject toJson(const CreateBusiness &request);
[[nodiscard]] QJsonObject toJson(const JoinByPassword &request);
[[nodiscard]] QJsonObject toJson(const JoinByCode &request);
[[nodiscard]] QJsonObject toJson(const Enrolment &enrolment);
[[nodiscard]] QJsonObject toJson(const Error &error);

/// InvalidArgument names the field that is missing, too long or malformed.
[[nodiscard]] Result<CreateBusiness> createBusinessFromJson(const QJsonObject &json);
[[nodiscard]] Result<JoinByPassword> joinByPasswordFromJson(const QJsonObject &json);
[[nodiscard]] Result<JoinByCode> joinByCodeFromJson(const QJsonObject &json);
[[nodiscard]] Result<Enrolment> enrolmentFromJson(const QJsonObject &json);

/// The error in {"error": …}; none when there is none.
[[nodiscard]] std::optional<Error> errorFromJson(const QJsonObject &json);

} // namespace strop::protocol
