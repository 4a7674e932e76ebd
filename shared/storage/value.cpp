#include "shared/storage/value.h"

#include "shared/base/instant.h"
#include "shared/base/uuid.h"

#include <cmath>

namespace strop::storage {

bool fits(const Value &value, ColumnType type, bool nullable)
{
    if (isNull(value))
        return nullable;
    switch (type) {
    case ColumnType::Integer:
    case ColumnType::Instant:
        return std::holds_alternative<qint64>(value);
    case ColumnType::Boolean: {
        const qint64 *number = std::get_if<qint64>(&value);
        return number && (*number == 0 || *number == 1);
    }
    case ColumnType::Text:
        return std::holds_alternative<QString>(value);
    case ColumnType::Uuid: {
        const QByteArray *bytes = std::get_if<QByteArray>(&value);
        return bytes && bytes->size() == Uuid::size;
    }
    case ColumnType::Bytes: {
        const QByteArray *bytes = std::get_if<QByteArray>(&value);
        return bytes && bytes->size() <= maxCellBytes;
    }
    }
    Q_UNREACHABLE();
}

Value emptyValue(ColumnType type, bool nullable)
{
    if (nullable)
        return {};
    switch (type) {
    case ColumnType::Integer:
    case ColumnType::Instant:
    case ColumnType::Boolean:
        return qint64(0);
    case ColumnType::Text:
        return QStringLiteral("");
    case ColumnType::Uuid:
        return QByteArray(Uuid::size, '\0');
    case ColumnType::Bytes:
        return QByteArray("");
    }
    Q_UNREACHABLE();
}

QCborValue toCbor(const Value &value)
{
    if (const qint64 *number = std::get_if<qint64>(&value))
        return *number;
    if (const QString *text = std::get_if<QString>(&value))
        return *text;
    if (const QByteArray *bytes = std::get_if<QByteArray>(&value))
        return *bytes;
    return nullptr;
}

Result<Value> valueFromCbor(const QCborValue &cbor)
{
    switch (cbor.type()) {
    case QCborValue::Null:
        return Value();
    case QCborValue::Integer:
        return Value(cbor.toInteger());
    case QCborValue::String:
        return Value(cbor.toString());
    case QCborValue::ByteArray:
        return Value(cbor.toByteArray());
    default:
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("A value must be null, an integer, a text or a byte string."));
    }
}

QJsonValue toJson(const Value &value, ColumnType type)
{
    if (isNull(value))
        return QJsonValue::Null;
    switch (type) {
    case ColumnType::Integer:
        return std::get<qint64>(value);
    case ColumnType::Boolean:
        return std::get<qint64>(value) != 0;
    case ColumnType::Instant:
        return toUtcDateTime(instantFromMs(std::get<qint64>(value))).toString(Qt::ISODateWithMs);
    case ColumnType::Text:
        return std::get<QString>(value);
    case ColumnType::Uuid:
        return Uuid::fromBytes(std::get<QByteArray>(value)).value_or(Uuid()).toString();
    case ColumnType::Bytes:
        return QString::fromLatin1(std::get<QByteArray>(value).toBase64());
    }
    Q_UNREACHABLE();
}

namespace {

std::optional<Value> integerFromJson(const QJsonValue &json)
{
    const double number = json.toDouble(std::nan(""));
    if (!(std::abs(number) <= 9007199254740992.0) || number != std::floor(number))
        return std::nullopt;
    return json.toInteger();
}

std::optional<Value> instantFromJson(const QJsonValue &json)
{
    if (json.isDouble())
        return integerFromJson(json);
    const QDateTime time = QDateTime::fromString(json.toString(), Qt::ISODateWithMs);
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime)
        return std::nullopt;
    return time.toMSecsSinceEpoch();
}

std::optional<Value> uuidFromJson(const QJsonValue &json)
{
    const std::optional<Uuid> id = Uuid::fromString(json.toString());
    return id ? std::optional<Value>(id->toBytes()) : std::nullopt;
}

std::optional<Value> bytesFromJson(const QJsonValue &json)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(json.toString().toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
    if (!json.isString() || !decoded || decoded.decoded.size() > maxCellBytes)
        return std::nullopt;
    return decoded.decoded;
}

tl::unexpected<Error> expected(const QString &what)
{
    return fail(ErrorCode::InvalidArgument, QStringLiteral("Expected %1.").arg(what));
}

} // namespace

Result<Value> valueFromJson(const QJsonValue &json, ColumnType type, bool nullable)
{
    if (json.isNull() || json.isUndefined()) {
        if (nullable)
            return Value();
        return expected(QStringLiteral("a value, not null"));
    }
    std::optional<Value> value;
    switch (type) {
    case ColumnType::Integer:
        value = integerFromJson(json);
        return value ? Result<Value>(*value) : expected(QStringLiteral("a whole number"));
    case ColumnType::Boolean:
        return json.isBool() ? Result<Value>(qint64(json.toBool()))
                             : expected(QStringLiteral("true or false"));
    case ColumnType::Instant:
        value = instantFromJson(json);
        return value ? Result<Value>(*value)
                     : expected(QStringLiteral("a time with its zone, as in 2026-03-01T09:30:00Z"));
    case ColumnType::Text:
        return json.isString() ? Result<Value>(json.toString()) : expected(QStringLiteral("a text"));
    case ColumnType::Uuid:
        value = uuidFromJson(json);
        return value ? Result<Value>(*value) : expected(QStringLiteral("a UUID"));
    case ColumnType::Bytes:
        value = bytesFromJson(json);
        return value ? Result<Value>(*value)
                     : expected(QStringLiteral("up to %1 bytes in base64").arg(maxCellBytes));
    }
    Q_UNREACHABLE();
}

} // namespace strop::storage
