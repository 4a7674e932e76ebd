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
    Uuid uuid = {}; ///< Names this one write for ever, whoever sends it; nil until it is queued, and in what
                    ///< a device of protocol 1 has queued.

    friend bool operator==(const Mutation &, const Mutation &) = default;
};

class Unsealer;

/// Who writes. The authority takes it from the device's record, never from the message.
struct Actor
{
    BusinessId business;
    DeviceId device;
    Role role = Role::Owner;
    std::optional<ShopId> shop =
        {}; ///< The only shop that it may write to; none: every shop of the business.

    /// Opens what kiosks sealed (customer_card.h). Null on a device, which runs such a write without opening
    /// it. Not owned; outlives the mutator's run.
    Unsealer *unsealer = nullptr;
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

/// The canonical bytes of a mutation: the CBOR array [name, version, arguments, uuid], without the last where
/// it is nil. What the outbox chain is taken over.
[[nodiscard]] QByteArray encodeMutation(const Mutation &mutation);

/// What a write without a uuid is known by, on the device and on the server alike: UUIDv8(BLAKE2b(device,
/// number as 8 bytes, big-endian)).
[[nodiscard]] Uuid derivedUuid(DeviceId device, qint64 number);

/// The uuid of a write that a device queued under that number.
[[nodiscard]] Uuid uuidOf(const Mutation &mutation, DeviceId device, qint64 number);

/// InvalidArgument for anything else.
[[nodiscard]] Result<Mutation> decodeMutation(const QByteArray &bytes);

} // namespace strop::mutators
