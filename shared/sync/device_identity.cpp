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
    DeviceIdentity identity{key, enrolment, QUrl(json.value(QStringLiteral("server")).toString())};
    if (const QString next = json.value(QStringLiteral("nextSeed")).toString(); !next.isEmpty()) {
        STROP_TRY_ASSIGN(identity.nextKey,
                         crypto::SigningKey::fromSeed(QByteArray::fromBase64(next.toLatin1())));
    }
    return identity;
}

Result<void> saveIdentity(const QString &folder, const DeviceIdentity &identity)
{
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::StorageReadOnly,
                    QStringLiteral("The folder %1 cannot be created. Check its permissions.").arg(folder));
    QJsonObject json{{QStringLiteral("seed"), QString::fromLatin1(identity.key.seed().toBase64())},
                     {QStringLiteral("enrolment"), protocol::toJson(identity.enrolment)},
                     {QStringLiteral("server"), identity.server.toString()}};
    if (identity.nextKey)
        json[QStringLiteral("nextSeed")] = QString::fromLatin1(identity.nextKey->seed().toBase64());
    return writeJsonFile(identityPath(folder), json);
}

Result<crypto::SigningKey> prepareFork(const QString &folder)
{
    STROP_TRY_ASSIGN(DeviceIdentity identity, loadIdentity(folder));
    if (!identity.nextKey) {
        identity.nextKey = crypto::SigningKey::generate();
        STROP_TRY(saveIdentity(folder, identity));
    }
    return *identity.nextKey;
}

Result<DeviceIdentity> adoptFork(const QString &folder, const protocol::Enrolment &enrolment)
{
    STROP_TRY_ASSIGN(const DeviceIdentity old, loadIdentity(folder));
    if (!old.nextKey)
        return fail(ErrorCode::Internal, QStringLiteral("No new identity was prepared for this device."));
    const DeviceIdentity fork{*old.nextKey, enrolment, old.server};
    STROP_TRY(saveIdentity(folder, fork));
    return fork;
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
