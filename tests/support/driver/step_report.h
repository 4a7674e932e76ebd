#pragma once

#include "shared/base/result.h"

#include <QElapsedTimer>
#include <QTextStream>

namespace strop::test {

/// Prints what a long run does, each step with its time.
class StepReport
{
public:
    StepReport();

    /// Runs a step and prints it with how long it took. Its error ends the run: pass it on.
    template <typename Step>
    Result<void> step(const QString &what, const Step &run)
    {
        const qint64 before = m_total.elapsed();
        const Result<void> done = run();
        print(what, m_total.elapsed() - before, done);
        return done;
    }

    [[nodiscard]] double seconds() const { return double(m_total.elapsed()) / 1000; }

private:
    void print(const QString &what, qint64 tookMs, const Result<void> &done);

    QElapsedTimer m_total;
    QTextStream m_out;
};

} // namespace strop::test
