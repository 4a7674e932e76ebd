#include "shared/protocol/pairing.h"

namespace strop::protocol {
namespace {

constexpr QLatin1String codeAlphabet("23456789ABCDEFGHJKLMNPQRSTUVWXYZ"); // 32 without 0, 1, I, O
constexpr qsizetype maxText = 200;
constexpr qsizetype maxPassword = 1024;

Result<QString> textField(const QJsonObject &json, QLatin1String name, qsizetype maxLength = maxText)
{
    const QString text = json.value(name).toString().trimmed();
    if (text.isEmpty())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("Fill in \"%1\".").arg(name));
    if (text.size() > maxLength)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("\"%1\" may have at most %2 characters.").arg(name).arg(maxLength));
    return text;
}

/// A password keeps its spaces.
Result<QString> passwordField(const QJsonObject &json)
{
    const QString password = json.value(QLatin1String("password")).toString();
    if (password.isEmpty() || password.size() > maxPassword)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("Enter a password of at most %1 characters.").arg(maxPassword));
    return password;
}

Result<DeviceCard> cardFrom(const QJsonObject &json)
{
    STROP_TRY_ASSIGN(QString name, textField(json, QLatin1String("deviceName")));
    const QByteArray key =
        QByteArray::fromBase64(json.value(QLatin1String("publicKey")).toString().toLatin1());
    if (key.size() != 32)
        return fail(ErrorCode::InvalidArgument, QStringLiteral("\"publicKey\" must be 32 bytes in base64."));
    return DeviceCard{name, key};
}

QJsonObject cardJson(const DeviceCard &card)
{
    return {{QStringLiteral("deviceName"), card.name},
            {QStringLiteral("publicKey"), QString::fromLatin1(card.publicKey.toBase64())}};
}

template <typename IdType>
Result<IdType> idField(const QJsonObject &json, QLatin1String name)
{
    const std::optional<Uuid> id = Uuid::fromString(json.value(name).toString());
    if (!id)
        return fail(ErrorCode::InvalidArgument, QStringLiteral("\"%1\" must be a UUID.").arg(name));
    return IdType{*id};
}

} // namespace

Result<void> requireEmail(const QString &email)
{
    if (email.contains(u'@'))
        return {};
    return fail(ErrorCode::InvalidArgument, QStringLiteral("\"%1\" is not an e-mail address.").arg(email));
}

QString makePairingCode(const QByteArray &randomBytes)
{
    Q_ASSERT(randomBytes.size() >= pairingCodeLength);
    QString code;
    for (int i = 0; i < pairingCodeLength; ++i)
        code += codeAlphabet.at(quint8(randomBytes[i]) % codeAlphabet.size());
    return code;
}

QString normalisedPairingCode(const QString &typed)
{
    QString code;
    for (const QChar letter : typed.toUpper()) {
        if (letter.isLetterOrNumber())
            code += letter;
    }
    return code;
}

QString displayedPairingCode(const QString &code)
{
    return code.left(pairingCodeLength / 2) + u'-' + code.mid(pairingCodeLength / 2);
}

QJsonObject toJson(const CreateBusiness &request)
{
    QJsonObject json = cardJson(request.device);
    json.insert(QStringLiteral("businessName"), request.businessName);
    json.insert(QStringLiteral("email"), request.email);
    json.insert(QStringLiteral("password"), request.password);
    return json;
}

QJsonObject toJson(const JoinByPassword &request)
{
    QJsonObject json = cardJson(request.device);
    json.insert(QStringLiteral("email"), request.email);
    json.insert(QStringLiteral("password"), request.password);
    return json;
}

QJsonObject toJson(const JoinByCode &request)
{
    QJsonObject json = cardJson(request.device);
    json.insert(QStringLiteral("code"), request.code);
    return json;
}

QJsonObject toJson(const Enrolment &enrolment)
{
    QJsonObject json{{QStringLiteral("device"), enrolment.device.toString()},
                     {QStringLiteral("business"), enrolment.business.toString()},
                     {QStringLiteral("role"), QString(roleName(enrolment.role))}};
    if (enrolment.shop)
        json.insert(QStringLiteral("shop"), enrolment.shop->toString());
    return json;
}

QJsonObject toJson(const Error &error)
{
    return {
        {QStringLiteral("error"), QJsonObject{{QStringLiteral("code"), QString(errorCodeName(error.code))},
                                              {QStringLiteral("message"), error.message}}}};
}

Result<CreateBusiness> createBusinessFromJson(const QJsonObject &json)
{
    CreateBusiness request;
    STROP_TRY_ASSIGN(request.device, cardFrom(json));
    STROP_TRY_ASSIGN(request.businessName, textField(json, QLatin1String("businessName")));
    STROP_TRY_ASSIGN(request.email, textField(json, QLatin1String("email")));
    STROP_TRY_ASSIGN(request.password, passwordField(json));
    STROP_TRY(requireEmail(request.email));
    if (request.password.size() < minPasswordLength)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("Choose a password of at least %1 characters.").arg(minPasswordLength));
    return request;
}

Result<JoinByPassword> joinByPasswordFromJson(const QJsonObject &json)
{
    JoinByPassword request;
    STROP_TRY_ASSIGN(request.device, cardFrom(json));
    STROP_TRY_ASSIGN(request.email, textField(json, QLatin1String("email")));
    STROP_TRY_ASSIGN(request.password, passwordField(json));
    return request;
}

Result<JoinByCode> joinByCodeFromJson(const QJsonObject &json)
{
    JoinByCode request;
    STROP_TRY_ASSIGN(request.device, cardFrom(json));
    STROP_TRY_ASSIGN(const QString typed, textField(json, QLatin1String("code")));
    request.code = normalisedPairingCode(typed);
    if (request.code.isEmpty())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("Fill in \"code\"."));
    return request;
}

Result<Enrolment> enrolmentFromJson(const QJsonObject &json)
{
    Enrolment enrolment;
    STROP_TRY_ASSIGN(enrolment.device, idField<DeviceId>(json, QLatin1String("device")));
    STROP_TRY_ASSIGN(enrolment.business, idField<BusinessId>(json, QLatin1String("business")));
    const std::optional<Role> role = roleFromName(json.value(QLatin1String("role")).toString());
    if (!role)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("\"role\" is not one that this version knows."));
    enrolment.role = *role;
    if (json.contains(QLatin1String("shop"))) {
        STROP_TRY_ASSIGN(enrolment.shop, idField<ShopId>(json, QLatin1String("shop")));
    }
    return enrolment;
}

std::optional<Error> errorFromJson(const QJsonObject &json)
{
    const QJsonValue value = json.value(QLatin1String("error"));
    if (!value.isObject())
        return std::nullopt;
    const QJsonObject error = value.toObject();
    return Error{errorCodeFromName(error.value(QLatin1String("code")).toString()),
                 error.value(QLatin1String("message")).toString(),
                 {}};
}

} // namespace strop::protocol
