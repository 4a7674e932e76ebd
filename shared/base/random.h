#pragma once

#include <QByteArray>

namespace strop {

/// The only source of randomness. Handed in by constructor. Not for keys: those come from libsodium
/// (shared/crypto).
class Random
{
public:
    virtual ~Random() = default;

    [[nodiscard]] virtual quint64 next() = 0;

    /// Uniform in [0, bound); bound must be above 0. Lemire's multiply-shift without the rejection step: the
    /// bias is below bound / 2^64.
    [[nodiscard]] quint64 below(quint64 bound);

    /// Uniform in [0, 1).
    [[nodiscard]] double unit();

    [[nodiscard]] QByteArray bytes(qsizetype count);
};

/// The operating system's generator. Thread-safe.
class SystemRandom final : public Random
{
public:
    [[nodiscard]] quint64 next() override;
};

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): the same
/// numbers from the same seed on every machine. For tests, simulations and demo data. Not thread-safe.
class SeededRandom final : public Random
{
public:
    explicit SeededRandom(quint64 seed)
        : m_state(seed)
    {}
    [[nodiscard]] quint64 next() override;

private:
    quint64 m_state;
};

} // namespace strop
