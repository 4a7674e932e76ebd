#include "shared/base/uuid.h"

#include <QUuid>
#include <algorithm>

namespace strop {

std::optional<Uuid> Uuid::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() != size)
        return std::nullopt;
    Uuid id;
    std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char *>(id.m_bytes.data()));
    return id;
}

std::optional<Uuid> Uuid::fromString(QStringView text)
{
    if (text.size() != 36)
        return std::nullopt;
    const QUuid parsed = QUuid::fromString(text);
    const Uuid id = *fromBytes(parsed.toRfc4122());
    // QUuid answers nil for nonsense; only a text that really spells nil may mean it.
    if (id.isNil() && text != QLatin1String("00000000-0000-0000-0000-000000000000"))
        return std::nullopt;
    return id;
}

Uuid Uuid::v7(Instant now, Random &random)
{
    Uuid id;
    const auto ms = static_cast<quint64>(toMs(now));
    for (size_t i = 0; i < 6; ++i)
        id.m_bytes[i] = static_cast<quint8>(ms >> (40 - 8 * i));
    const quint64 high = random.next();
    const quint64 low = random.next();
    id.m_bytes[6] = static_cast<quint8>(0x70 | (high & 0x0F));
    id.m_bytes[7] = static_cast<quint8>(high >> 8);
    for (size_t i = 0; i < 8; ++i)
        id.m_bytes[8 + i] = static_cast<quint8>(low >> (8 * i));
    id.m_bytes[8] = static_cast<quint8>(0x80 | (id.m_bytes[8] & 0x3F));
    return id;
}

Uuid Uuid::v5(const Uuid &space, const QString &name)
{
    return *fromBytes(QUuid::createUuidV5(QUuid::fromRfc4122(space.toBytes()), name).toRfc4122());
}

Uuid Uuid::v8(QByteArrayView bytes)
{
    Q_ASSERT(bytes.size() >= size);
    Uuid id = *fromBytes(bytes.first(size));
    id.m_bytes[6] = quint8((id.m_bytes[6] & 0x0F) | 0x80);
    id.m_bytes[8] = quint8((id.m_bytes[8] & 0x3F) | 0x80);
    return id;
}

bool Uuid::isNil() const
{
    return *this == Uuid();
}

QByteArray Uuid::toBytes() const
{
    return QByteArray(reinterpret_cast<const char *>(m_bytes.data()), size);
}

QString Uuid::toString() const
{
    return QUuid::fromRfc4122(toBytes()).toString(QUuid::WithoutBraces);
}

} // namespace strop
