#include "server/hub/device_requests.h"

#include <QCborArray>

namespace strop::server {
namespace {

QString text(const QCborMap &map, const char *key)
{
    return map.value(QString::fromLatin1(key)).toString();
}

Result<Uuid> uuid(const QCborMap &map, const char *key)
{
    const std::optional<Uuid> id = Uuid::fromBytes(map.value(QString::fromLatin1(key)).toByteArray());
    if (!id || id->isNil())
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("\"%1\" must be an id of 16 bytes.").arg(QLatin1String(key)));
    return *id;
}

Result<QCborMap> createPairing(Store &store, const Device &device, const QCborMap &arguments)
{
    const std::optional<Role> role = roleFromName(text(arguments, "role"));
    if (!role || managingRoles.contains(*role))
        return fail(
            ErrorCode::InvalidArgument,
            QStringLiteral(
                "A code can let in a barber, a kiosk or a display. Owners log in with their account."));
    STROP_TRY_ASSIGN(const Uuid shop, uuid(arguments, "shop"));
    storage::RowStore rows(store.database(), device.business);
    STROP_TRY_ASSIGN(const auto existing, rows.get<domain::Shop>(ShopId{shop}));
    if (!existing)
        return fail(ErrorCode::NotFound,
                    QStringLiteral("That shop does not exist here yet. Wait until it is synced."));
    STROP_TRY_ASSIGN(const PairingCode made, store.makePairingCode({device.business, *role, ShopId{shop}}));
    return QCborMap{{QStringLiteral("code"), made.code}, {QStringLiteral("expires"), toMs(made.expiresAt)}};
}

Result<QCborMap> listDevices(Store &store, const Device &device, const QCborMap &)
{
    STROP_TRY_ASSIGN(const std::vector<Device> all, store.devices());
    QCborArray devices;
    for (const Device &one : all) {
        if (one.business != device.business)
            continue;
        devices.append(
            QCborMap{{QStringLiteral("id"), one.id.uuid.toBytes()},
                     {QStringLiteral("name"), one.name},
                     {QStringLiteral("role"), QString(roleName(one.role))},
                     {QStringLiteral("shop"), one.shop ? QCborValue(one.shop->uuid.toBytes()) : QCborValue()},
                     {QStringLiteral("enrolled"), toMs(one.enrolledAt)},
                     {QStringLiteral("revoked"), one.revoked}});
    }
    return QCborMap{{QStringLiteral("devices"), devices}};
}

Result<QCborMap> revokeDevice(Store &store, const Device &device, const QCborMap &arguments)
{
    STROP_TRY_ASSIGN(const Uuid id, uuid(arguments, "id"));
    if (id == device.id.uuid)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("A device cannot revoke itself. Use another one of yours."));
    const Result<Device> other = store.device(DeviceId{id});
    if (!other && other.error().code != ErrorCode::Unauthenticated)
        return tl::unexpected(other.error());
    if (!other || other->business != device.business)
        return fail(ErrorCode::NotFound, QStringLiteral("There is no such device."));
    STROP_TRY(store.revoke(other->id));
    return QCborMap();
}

Result<QCborMap> forkDevice(Store &store, const Device &device, const QCborMap &arguments)
{
    STROP_TRY_ASSIGN(const protocol::Enrolment enrolment,
                     store.fork(device.id, arguments.value(QStringLiteral("publicKey")).toByteArray()));
    return QCborMap::fromJsonObject(protocol::toJson(enrolment));
}

struct Method
{
    const char *name;
    Result<QCborMap> (*answer)(Store &store, const Device &device, const QCborMap &arguments);
    bool ofEveryRole = false;
};

constexpr Method methods[] = {{"pairing.create", createPairing},
                              {"devices.list", listDevices},
                              {"devices.revoke", revokeDevice},
                              {"device.fork", forkDevice, true}};

} // namespace

Result<QCborMap> answerRequest(Store &store, const Device &device, const protocol::Request &request)
{
    for (const Method &method : methods) {
        if (request.method != QLatin1String(method.name))
            continue;
        if (!method.ofEveryRole && !managingRoles.contains(device.role))
            return fail(ErrorCode::NotPermitted, QStringLiteral("Only the owner or a manager can do that."));
        return method.answer(store, device, request.arguments);
    }
    return fail(ErrorCode::NotFound,
                QStringLiteral("This server does not know the request %1. Update it.").arg(request.method));
}

} // namespace strop::server
