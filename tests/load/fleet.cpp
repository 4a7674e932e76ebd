#include "tests/load/fleet.h"

#include <QFile>

namespace strop::load {
namespace {

constexpr qsizetype memberBytes = Uuid::size + crypto::SigningKey::seedSize;

} // namespace

Result<void> saveFleet(const QString &path, const Fleet &fleet)
{
    QByteArray bytes;
    for (const FleetMember &member : fleet)
        bytes += member.device.uuid.toBytes() + member.seed;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush())
        return fail(ErrorCode::StorageFailure, QStringLiteral("%1 cannot be written.").arg(path),
                    file.errorString());
    return {};
}

Result<Fleet> loadFleet(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, QStringLiteral("%1 cannot be read.").arg(path), file.errorString());
    const QByteArray bytes = file.readAll();
    if (bytes.size() % memberBytes != 0)
        return fail(ErrorCode::InvalidArgument, QStringLiteral("%1 is not a fleet.").arg(path));
    Fleet fleet;
    for (qsizetype at = 0; at < bytes.size(); at += memberBytes)
        fleet.push_back({DeviceId{Uuid::fromBytes(bytes.sliced(at, Uuid::size)).value_or(Uuid())},
                         bytes.sliced(at + Uuid::size, crypto::SigningKey::seedSize)});
    return fleet;
}

} // namespace strop::load
