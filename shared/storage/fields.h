#pragma once

#include "shared/storage/field_codec.h"

#include <QCborMap>
#include <QJsonObject>
#include <functional>

namespace strop::storage {

/// One named member, without its C++ type.
struct FieldDescriptor
{
    QString name;
    ColumnType type;
    bool nullable;
};

/// The named members of a struct, listed once. Gives the cells of a table row and the argument map of a
/// mutation.
///
///     static const Fields<Args> fields = Fields<Args>().add("name", &Args::name).add("phone", &Args::phone);
template <typename T>
class Fields
{
public:
    template <typename Member>
    void append(const char *name, Member T::*member)
    {
        using Codec = FieldCodec<Member>;
        m_descriptors.push_back({QString::fromLatin1(name), Codec::type, Codec::nullable});
        m_read.push_back([member](const T &object) { return Codec::toValue(object.*member); });
        m_write.push_back([member](T &object, const Value &value) -> Result<void> {
            STROP_TRY_ASSIGN(object.*member, Codec::fromValue(value));
            return {};
        });
    }

    template <typename Member>
    Fields &&add(const char *name, Member T::*member) &&
    {
        append(name, member);
        return std::move(*this);
    }

    [[nodiscard]] const std::vector<FieldDescriptor> &descriptors() const { return m_descriptors; }

    [[nodiscard]] Values encode(const T &object) const
    {
        Values values;
        values.reserve(m_read.size());
        for (const auto &read : m_read)
            values.push_back(read(object));
        return values;
    }

    /// InvalidArgument names the first field that does not fit.
    [[nodiscard]] Result<T> decode(const Values &values) const
    {
        if (values.size() != m_descriptors.size())
            return fail(ErrorCode::InvalidArgument, QStringLiteral("The number of fields is wrong."));
        T object{};
        for (size_t i = 0; i < values.size(); ++i) {
            const FieldDescriptor &field = m_descriptors[i];
            if (!fits(values[i], field.type, field.nullable))
                return fail(ErrorCode::InvalidArgument,
                            QStringLiteral("The field \"%1\" has the wrong type.").arg(field.name));
            if (Result<void> written = m_write[i](object, values[i]); !written)
                return named(field, written.error());
        }
        return object;
    }

    [[nodiscard]] QCborMap toCbor(const T &object) const
    {
        QCborMap map;
        for (size_t i = 0; i < m_descriptors.size(); ++i)
            map.insert(m_descriptors[i].name, storage::toCbor(m_read[i](object)));
        return map;
    }

    /// Fields that the map lacks are empty; fields that it has besides are ignored, so that a newer writer is
    /// understood.
    [[nodiscard]] Result<T> fromCbor(const QCborMap &map) const
    {
        Values values;
        for (const FieldDescriptor &field : m_descriptors) {
            const QCborValue cell = map.value(field.name);
            if (cell.isUndefined()) {
                values.push_back(emptyValue(field.type, field.nullable));
                continue;
            }
            Result<Value> value = valueFromCbor(cell);
            if (!value)
                return named(field, value.error());
            values.push_back(std::move(*value));
        }
        return decode(values);
    }

    /// From what a person or a script wrote: an unknown field is an error that lists the known ones.
    [[nodiscard]] Result<T> fromJson(const QJsonObject &object) const
    {
        for (const QString &key : object.keys()) {
            if (!contains(key))
                return fail(ErrorCode::InvalidArgument,
                            QStringLiteral("There is no field \"%1\". Known fields: %2.")
                                .arg(key, names().join(u", ")));
        }
        Values values;
        for (const FieldDescriptor &field : m_descriptors) {
            if (!object.contains(field.name)) {
                values.push_back(emptyValue(field.type, field.nullable));
                continue;
            }
            Result<Value> value = valueFromJson(object.value(field.name), field.type, field.nullable);
            if (!value)
                return named(field, value.error());
            values.push_back(std::move(*value));
        }
        return decode(values);
    }

private:
    [[nodiscard]] bool contains(const QString &name) const { return names().contains(name); }

    [[nodiscard]] QStringList names() const
    {
        QStringList list;
        for (const FieldDescriptor &field : m_descriptors)
            list += field.name;
        return list;
    }

    static tl::unexpected<Error> named(const FieldDescriptor &field, const Error &error)
    {
        return fail(error.code, QStringLiteral("%1: %2").arg(field.name, error.message), error.detail);
    }

    std::vector<FieldDescriptor> m_descriptors;
    std::vector<std::function<Value(const T &)>> m_read;
    std::vector<std::function<Result<void>(T &, const Value &)>> m_write;
};

} // namespace strop::storage
