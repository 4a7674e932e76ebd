#pragma once

#include "shared/base/ids.h"
#include "shared/base/role.h"
#include "shared/storage/fields.h"

#include <QCborMap>

namespace strop::mutators {

/// A named write with its arguments, as a device keeps and sends it: "appointment.book", 1, {…}.
struct Mutation
{
    QString name;
    int version = 1;
    QCborMap arguments;

    friend bool operator==(const Mutation &, const Mutation &) = default;
};

/// Who writes. The authority takes it from the device's record, never from the message.
struct Actor
{
    BusinessId business;
    DeviceId device;
    Role role = Role::Owner;
    std::optional<ShopId> shop =
        {}; ///< The only shop that it may write to; none: every shop of the business.
};

/// NotPermitted where the actor stands in another shop.
[[nodiscard]] Result<void> requireShop(const Actor &actor, ShopId shop);

/// Describes an argument struct, as Table describes an entity. Specialised beside each struct (arguments.h).
template <typename Args>
struct ArgumentsOf;

/// The mutation that a mutator of that struct takes.
template <typename Args>
[[nodiscard]] Mutation makeMutation(const Args &args)
{
    return {QString::fromLatin1(ArgumentsOf<Args>::name), ArgumentsOf<Args>::version,
            ArgumentsOf<Args>::fields().toCbor(args)};
}

/// The canonical bytes of a mutation: the CBOR array [name, version, arguments]. What the outbox chain is
/// taken over.
[[nodiscard]] QByteArray encodeMutation(const Mutation &mutation);

/// InvalidArgument for anything else.
[[nodiscard]] Result<Mutation> decodeMutation(const QByteArray &bytes);

} // namespace strop::mutators
