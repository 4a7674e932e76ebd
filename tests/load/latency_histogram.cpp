#include "tests/load/latency_histogram.h"

#include <algorithm>
#include <cmath>

namespace strop::load {

size_t LatencyHistogram::bucketOf(Nanoseconds latency)
{
    const double microseconds = std::max(1.0, double(latency.count()) / 1e3);
    return std::min(size_t(std::log2(microseconds) * bucketsPerDoubling),
                    std::tuple_size_v<decltype(m_counts)> - 1);
}

void LatencyHistogram::add(Nanoseconds latency)
{
    ++m_counts[bucketOf(latency)];
    ++m_count;
}

void LatencyHistogram::add(const LatencyHistogram &other)
{
    for (size_t i = 0; i < m_counts.size(); ++i)
        m_counts[i] += other.m_counts[i];
    m_count += other.m_count;
}

Nanoseconds LatencyHistogram::percentile(double percent) const
{
    const auto rank = qint64(std::ceil(percent / 100 * double(m_count)));
    qint64 seen = 0;
    for (size_t i = 0; i < m_counts.size(); ++i) {
        seen += m_counts[i];
        if (seen >= rank && seen > 0)
            return Nanoseconds(qint64(1e3 * std::exp2(double(i + 1) / bucketsPerDoubling)));
    }
    return Nanoseconds(0);
}

QJsonArray LatencyHistogram::toJson() const
{
    QJsonArray buckets;
    for (size_t i = 0; i < m_counts.size(); ++i) {
        if (m_counts[i] > 0)
            buckets.append(QJsonArray{qint64(i), m_counts[i]});
    }
    return buckets;
}

LatencyHistogram LatencyHistogram::fromJson(const QJsonArray &json)
{
    LatencyHistogram histogram;
    for (const QJsonValue &bucket : json) {
        const auto index = size_t(bucket[0].toInt());
        const qint64 count = bucket[1].toInteger();
        if (index >= histogram.m_counts.size())
            continue;
        histogram.m_counts[index] += count;
        histogram.m_count += count;
    }
    return histogram;
}

} // namespace strop::load
