#pragma once

#include "shared/base/clock.h"
#include "shared/base/random.h"

#include <QByteArray>
#include <QString>
#include <array>
#include <compare>
#include <optional>

namespace strop {

/// 128 bits, big-endian, as in RFC 9562. The nil value stands for "none".
class Uuid
{
public:
    static constexpr qsizetype size = 16;

    constexpr Uuid() = default;

    /// From exactly 16 bytes; none otherwise.
    [[nodiscard]] static std::optional<Uuid> fromBytes(QByteArrayView bytes);

    /// From the 36-character form, any case; none otherwise.
    [[nodiscard]] static std::optional<Uuid> fromString(QStringView text);

    /// Version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then 74 random bits. Sorts by time of
    /// creation.
    [[nodiscard]] static Uuid v7(Instant now, Random &random);

    /// Version 5 (RFC 9562 §5.5): the same id for the same name in the same namespace.
    [[nodiscard]] static Uuid v5(const Uuid &space, const QString &name);

    /// Version 8 (RFC 9562 §5.8) of at least 16 bytes of whatever origin, a digest for instance; 6 of its
    /// bits give way to version and variant.
    [[nodiscard]] static Uuid v8(QByteArrayView bytes);

    [[nodiscard]] bool isNil() const;
    [[nodiscard]] QByteArray toBytes() const;
    [[nodiscard]] QString toString() const;

    friend auto operator<=>(const Uuid &, const Uuid &) = default;
    friend size_t qHash(const Uuid &id, size_t seed = 0) { return qHashBits(id.m_bytes.data(), size, seed); }

private:
    std::array<quint8, size> m_bytes{};
};

} // namespace strop
