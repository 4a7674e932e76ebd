#include "tests/support/driver/step_report.h"

namespace strop::test {

StepReport::StepReport()
    : m_out(stdout)
{
    m_total.start();
}

void StepReport::print(const QString &what, qint64 tookMs, const Result<void> &done)
{
    m_out << QStringLiteral("[%1 s] %2 (%3 ms)%4")
                 .arg(seconds(), 7, 'f', 3)
                 .arg(what)
                 .arg(tookMs)
                 .arg(done ? QString() : QStringLiteral(": FAILED: ") + done.error().message)
          << Qt::endl;
}

} // namespace strop::test
