#pragma once

#include <chrono>
#include <cstddef>

namespace strop::server {

/// How many mutations to commit together so that a commit takes about as long as it may: what arrives in the
/// meantime waits for it. Learns from the commits that were made; the fixed part of a commit, the flush of
/// the disk, is spread over its mutations, so on a slow disk groups settle where (time - flush) / mutation
/// time is, and not below `smallest`, where flushes would be all that the store does. Pure.
class GroupSize
{
public:
    using Duration = std::chrono::nanoseconds;

    /// Two groups are what a write waits for at most: the one under way and its own.
    static constexpr Duration aim = std::chrono::milliseconds(10);
    static constexpr size_t smallest = 32;
    static constexpr size_t largest = 1000;

    [[nodiscard]] size_t limit() const { return size_t(m_limit); }

    /// A group of that many mutations took that long. Groups under half of the limit teach nothing: they
    /// were all that there was.
    void learn(size_t mutations, Duration took);

private:
    double m_limit = 64; ///< With its fraction, or small steps would be lost.
};

} // namespace strop::server
