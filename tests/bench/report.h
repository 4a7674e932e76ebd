#pragma once

#include <QString>
#include <chrono>
#include <initializer_list>
#include <vector>

namespace strop::bench {

using Nanoseconds = std::chrono::nanoseconds;
using Stopwatch = std::chrono::steady_clock;

/// How long each repetition of one thing took.
class Samples
{
public:
    void add(Nanoseconds took) { m_took.push_back(took); }

    /// Runs a thing, keeps how long it took, and gives what it gave.
    template <typename Thing>
    auto time(const Thing &thing)
    {
        const auto begun = Stopwatch::now();
        auto outcome = thing();
        add(Stopwatch::now() - begun);
        return outcome;
    }

    [[nodiscard]] qint64 count() const { return qint64(m_took.size()); }

    /// The shortest time that `percent` of the repetitions kept within (the nearest rank): 50 is the median,
    /// 100 the longest. There must be one at least.
    [[nodiscard]] Nanoseconds percentile(double percent) const;

private:
    std::vector<Nanoseconds> m_took;
};

/// Prints one figure to standard output as a JSON line: {"name","value","unit","n"}. `n` is how many
/// repetitions it is made of.
void print(const QString &name, double value, const char *unit, qint64 n);

/// In which unit a duration is printed.
enum class Unit { Microseconds, Milliseconds };

/// Prints percentiles as `<name>.p50` and so on; the 100th as `<name>.max`.
void printPercentiles(const QString &name, const Samples &samples, Unit unit,
                      std::initializer_list<int> percents);

[[nodiscard]] double seconds(Nanoseconds duration);

} // namespace strop::bench
