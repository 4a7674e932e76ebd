#pragma once

#include "tests/bench/report.h"

#include <QJsonArray>
#include <array>

namespace strop::load {

using bench::Nanoseconds;

/// Millions of latencies in a few kilobytes: buckets that are each about 1 % wider than the one before, from
/// a microsecond to a minute. Histograms of several processes add up.
class LatencyHistogram
{
public:
    void add(Nanoseconds latency);
    void add(const LatencyHistogram &other);

    [[nodiscard]] qint64 count() const { return m_count; }

    /// As Samples::percentile, to the upper edge of its bucket; zero without any latency.
    [[nodiscard]] Nanoseconds percentile(double percent) const;

    /// The buckets that are not empty, as [bucket, count] pairs.
    [[nodiscard]] QJsonArray toJson() const;
    [[nodiscard]] static LatencyHistogram fromJson(const QJsonArray &json);

private:
    static constexpr int bucketsPerDoubling = 64;
    static constexpr int doublings = 26; ///< 2^26 µs are 67 s.

    static size_t bucketOf(Nanoseconds latency);

    std::array<qint64, size_t(bucketsPerDoubling) * doublings> m_counts{};
    qint64 m_count = 0;
};

} // namespace strop::load
