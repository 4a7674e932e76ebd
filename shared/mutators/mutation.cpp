#include "shared/mutators/mutation.h"

#include "shared/crypto/digest.h"

#include <QCborArray>
#include <QtEndian>
#include <limits>

namespace strop::mutators {

QByteArray encodeMutation(const Mutation &mutation)
{
    QCborArray parts{mutation.name, mutation.version, mutation.arguments};
    if (!mutation.uuid.isNil())
        parts.append(mutation.uuid.toBytes());
    return QCborValue(parts).toCbor();
}

Uuid derivedUuid(DeviceId device, qint64 number)
{
    QByteArray counted(sizeof(qint64), Qt::Uninitialized);
    qToBigEndian(number, counted.data());
    return Uuid::v8(crypto::digest(device.uuid.toBytes() + counted));
}

Uuid uuidOf(const Mutation &mutation, DeviceId device, qint64 number)
{
    return mutation.uuid.isNil() ? derivedUuid(device, number) : mutation.uuid;
}

Result<Mutation> decodeMutation(const QByteArray &bytes)
{
    QCborParserError problem;
    const QCborArray parts = QCborValue::fromCbor(bytes, &problem).toArray();
    // toInteger() of a double beyond 64 bits is undefined behaviour.
    const qint64 version = parts.at(1).isInteger() ? parts.at(1).toInteger() : -1;
    const bool named = parts.size() == 4;
    const Uuid uuid = named ? Uuid::fromBytes(parts.at(3).toByteArray()).value_or(Uuid()) : Uuid();
    if (problem.error != QCborError::NoError || problem.offset != bytes.size() ||
        (parts.size() != 3 && !named) || named == uuid.isNil() || !parts.at(0).isString() || version < 0 ||
        version > std::numeric_limits<int>::max() || !parts.at(2).isMap())
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("A write is not [name, version, arguments, uuid]."));
    return Mutation{parts.at(0).toString(), int(version), parts.at(2).toMap(), uuid};
}

Result<void> requireShop(const Actor &actor, ShopId shop)
{
    if (!actor.shop || *actor.shop == shop)
        return {};
    return fail(ErrorCode::NotPermitted,
                QStringLiteral("This device belongs to another shop. Use one of that shop."));
}

} // namespace strop::mutators
