#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QCborValue>
#include <QJsonValue>
#include <QString>
#include <variant>
#include <vector>

namespace strop::storage {

/// The longest byte string that a cell takes.
inline constexpr qsizetype maxCellBytes = 1024;

/// What one cell holds. A uuid is 16 bytes, an instant is milliseconds, a truth value is 0 or 1, an
/// enumerator its name.
using Value = std::variant<std::monostate, qint64, QString, QByteArray>;
using Values = std::vector<Value>;

/// How a cell is declared, and how it reads in text.
enum class ColumnType { Integer, Boolean, Instant, Text, Uuid, Bytes };

[[nodiscard]] inline bool isNull(const Value &value)
{
    return std::holds_alternative<std::monostate>(value);
}

/// Whether a value may stand in a column of that type. Null may stand in nullable columns only.
[[nodiscard]] bool fits(const Value &value, ColumnType type, bool nullable);

/// What a column holds when nothing is known of it: null, zero, the empty text, the nil uuid
/// or no bytes.
[[nodiscard]] Value emptyValue(ColumnType type, bool nullable);

/// For the wire: null, integer, text or byte string.
[[nodiscard]] QCborValue toCbor(const Value &value);

/// InvalidArgument for any other CBOR type.
[[nodiscard]] Result<Value> valueFromCbor(const QCborValue &cbor);

/// For people and scripts: uuids in their 36-character form, instants as ISO 8601 in UTC, truth values as
/// such, bytes in base64 (RFC 4648 §4).
[[nodiscard]] QJsonValue toJson(const Value &value, ColumnType type);

/// Reads what toJson writes; an instant may also be a number of milliseconds. InvalidArgument names what was
/// expected.
[[nodiscard]] Result<Value> valueFromJson(const QJsonValue &json, ColumnType type, bool nullable);

} // namespace strop::storage
