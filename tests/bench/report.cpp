#include "tests/bench/report.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>
#include <algorithm>
#include <cmath>

namespace strop::bench {
namespace {

constexpr double significant = 1000; ///< Thousandths are kept: more would only be noise.

double inUnit(Nanoseconds duration, Unit unit)
{
    return double(duration.count()) / (unit == Unit::Microseconds ? 1e3 : 1e6);
}

} // namespace

Nanoseconds Samples::percentile(double percent) const
{
    Q_ASSERT(!m_took.empty() && percent > 0 && percent <= 100);
    std::vector<Nanoseconds> sorted = m_took;
    const auto rank = size_t(std::ceil(percent / 100 * double(sorted.size()))) - 1;
    std::nth_element(sorted.begin(), sorted.begin() + qsizetype(rank), sorted.end());
    return sorted[rank];
}

void print(const QString &name, double value, const char *unit, qint64 n)
{
    const QJsonObject line{{QStringLiteral("name"), name},
                           {QStringLiteral("value"), std::round(value * significant) / significant},
                           {QStringLiteral("unit"), QLatin1String(unit)},
                           {QStringLiteral("n"), n}};
    QTextStream(stdout) << QJsonDocument(line).toJson(QJsonDocument::Compact) << Qt::endl;
}

void printPercentiles(const QString &name, const Samples &samples, Unit unit,
                      std::initializer_list<int> percents)
{
    for (const int percent : percents) {
        const QString suffix = percent == 100 ? QStringLiteral(".max") : QStringLiteral(".p%1").arg(percent);
        print(name + suffix, inUnit(samples.percentile(percent), unit),
              unit == Unit::Microseconds ? "us" : "ms", samples.count());
    }
}

double seconds(Nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace strop::bench
