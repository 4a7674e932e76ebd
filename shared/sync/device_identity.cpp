#include "shared/sync/device_identity.h"

#include "shared/base/json_file.h"

#include <QDir>

namespace strop::sync {
namespace {

QString identityPath(const QString &folder)
{
    return folder + QStringLiteral("/device.json");
}

} // namespace

Result<DeviceIdentity> loadIdentity(const QString &folder)
{
    STROP_TRY_ASSIGN(const QJsonObject json, readJsonFile(identityPath(folder)));
    const QByteArray seed = QByteArray::fromBase64(json.value(QStringLiteral("seed")).toString().toLatin1());
    STROP_TRY_ASSIGN(const crypto::SigningKey key, crypto::SigningKey::fromSeed(seed));
    STROP_TRY_ASSIGN(const protocol::Enrolment enrolment,
                     protocol::enrolmentFromJson(json.value(QStringLiteral("enrolment")).toObject()));
    return DeviceIdentity{key, enrolment, QUrl(json.value(QStringLiteral("server")).toString())};
}

Result<void> saveIdentity(const QString &folder, const DeviceIdentity &identity)
{
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::StorageReadOnly,
                    QStringLiteral("The folder %1 cannot be created. Check its permissions.").arg(folder));
    return writeJsonFile(identityPath(folder),
                         {{QStringLiteral("seed"), QString::fromLatin1(identity.key.seed().toBase64())},
                          {QStringLiteral("enrolment"), protocol::toJson(identity.enrolment)},
                          {QStringLiteral("server"), identity.server.toString()}});
}

Result<void> setReplicaAside(const QString &folder, Instant now)
{
    const QString aside =
        QStringLiteral("before-%1").arg(toUtcDateTime(now).toString(QStringLiteral("yyyyMMdd-hhmmss-zzz")));
    QDir dir(folder);
    const QStringList left =
        dir.entryList({QStringLiteral("confirmed.db*"), QStringLiteral("outbox.db*")}, QDir::Files);
    if (left.isEmpty())
        return {};
    bool moved = dir.mkpath(aside);
    for (const QString &file : left)
        moved = moved && dir.rename(file, aside + u'/' + file);
    if (!moved)
        return fail(
            ErrorCode::StorageReadOnly,
            QStringLiteral(
                "What this device held before cannot be moved to %1/%2. Check the folder's permissions.")
                .arg(folder, aside));
    return {};
}

} // namespace strop::sync
