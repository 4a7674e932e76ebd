#pragma once

#include "shared/base/ids.h"
#include "shared/base/role.h"
#include "shared/domain/entities.h"
#include "shared/storage/value.h"

#include <limits>

namespace strop::storage {

/// How a C++ member stands in a cell: `type`, `nullable`, `toValue` and `fromValue`. fromValue is given only
/// values that fit the type, and fails with InvalidArgument when the content is still wrong.
template <typename T>
struct FieldCodec;

template <>
struct FieldCodec<qint64>
{
    static constexpr ColumnType type = ColumnType::Integer;
    static constexpr bool nullable = false;
    static Value toValue(qint64 number) { return number; }
    static Result<qint64> fromValue(const Value &value) { return std::get<qint64>(value); }
};

template <>
struct FieldCodec<bool>
{
    static constexpr ColumnType type = ColumnType::Boolean;
    static constexpr bool nullable = false;
    static Value toValue(bool truth) { return qint64(truth); }
    static Result<bool> fromValue(const Value &value) { return std::get<qint64>(value) != 0; }
};

template <>
struct FieldCodec<QString>
{
    static constexpr ColumnType type = ColumnType::Text;
    static constexpr bool nullable = false;
    static Value toValue(const QString &text) { return text; }
    static Result<QString> fromValue(const Value &value) { return std::get<QString>(value); }
};

template <>
struct FieldCodec<QByteArray>
{
    static constexpr ColumnType type = ColumnType::Bytes;
    static constexpr bool nullable = false;
    static Value toValue(const QByteArray &bytes) { return bytes; }
    static Result<QByteArray> fromValue(const Value &value) { return std::get<QByteArray>(value); }
};

template <>
struct FieldCodec<Instant>
{
    static constexpr ColumnType type = ColumnType::Instant;
    static constexpr bool nullable = false;
    static Value toValue(Instant instant) { return toMs(instant); }
    static Result<Instant> fromValue(const Value &value) { return instantFromMs(std::get<qint64>(value)); }
};

template <typename Tag>
struct FieldCodec<Id<Tag>>
{
    static constexpr ColumnType type = ColumnType::Uuid;
    static constexpr bool nullable = false;
    static Value toValue(const Id<Tag> &id) { return id.uuid.toBytes(); }
    static Result<Id<Tag>> fromValue(const Value &value)
    {
        return Id<Tag>{*Uuid::fromBytes(std::get<QByteArray>(value))};
    }
};

template <typename T>
struct FieldCodec<std::optional<T>>
{
    static constexpr ColumnType type = FieldCodec<T>::type;
    static constexpr bool nullable = true;
    static Value toValue(const std::optional<T> &optional)
    {
        return optional ? FieldCodec<T>::toValue(*optional) : Value();
    }
    static Result<std::optional<T>> fromValue(const Value &value)
    {
        if (isNull(value))
            return std::nullopt;
        return FieldCodec<T>::fromValue(value);
    }
};

template <>
struct FieldCodec<domain::WallIntervals>
{
    static constexpr ColumnType type = ColumnType::Text;
    static constexpr bool nullable = false;
    static Value toValue(const domain::WallIntervals &intervals)
    {
        return domain::formatWallIntervals(intervals);
    }
    static Result<domain::WallIntervals> fromValue(const Value &value)
    {
        return domain::parseWallIntervals(std::get<QString>(value));
    }
};

/// Enumerators are stored by name; the empty text, which a hidden column holds, is the first enumerator.
template <typename Enum, QLatin1String (*Name)(Enum), std::optional<Enum> (*FromName)(QStringView)>
struct EnumCodec
{
    static constexpr ColumnType type = ColumnType::Text;
    static constexpr bool nullable = false;
    static Value toValue(Enum value) { return QString(Name(value)); }
    static Result<Enum> fromValue(const Value &value)
    {
        const QString &name = std::get<QString>(value);
        if (name.isEmpty())
            return Enum{};
        if (const std::optional<Enum> known = FromName(name))
            return *known;
        return fail(ErrorCode::InvalidArgument, QStringLiteral("\"%1\" is not a known value.").arg(name));
    }
};

template <>
struct FieldCodec<domain::AppointmentStatus>
    : EnumCodec<domain::AppointmentStatus, domain::statusName, domain::statusFromName>
{};

template <>
struct FieldCodec<domain::Source> : EnumCodec<domain::Source, domain::sourceName, domain::sourceFromName>
{};

} // namespace strop::storage
