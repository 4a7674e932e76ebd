#include "tests/bench/bench_program.h"

#include "shared/base/log.h"
#include "tests/bench/report.h"

#include <QCoreApplication>
#include <QTextStream>
#include <QTimer>
#include <fcntl.h>
#include <unistd.h>

namespace strop::bench {
namespace {

constexpr int flushes = 100;
constexpr qsizetype pageBytes = 4096;

} // namespace

int runBench(int argc, char **argv, Result<void> (*measure)())
{
    const QCoreApplication application(argc, argv);
    log::setLevel(log::Level::Warning);
    log::captureQtMessages();
    const Result<void> measured = measure();
    if (measured)
        return 0;
    QTextStream(stderr) << argv[0] << ": " << measured.error().message << ' ' << measured.error().detail
                        << Qt::endl;
    return 1;
}

test::Programs programsOfThisBuild()
{
    const QString build = QCoreApplication::applicationDirPath() + QStringLiteral("/..");
    return {build + QStringLiteral("/bin"), build + QStringLiteral("/tests/plugins")};
}

Result<void> waitUntil(const QString &what, const std::function<bool()> &condition, int timeoutMs)
{
    QTimer guard;
    guard.setSingleShot(true);
    guard.start(timeoutMs);
    while (!condition()) {
        if (!guard.isActive())
            return fail(ErrorCode::Unavailable, QStringLiteral("Waited in vain for %1.").arg(what));
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return {};
}

Result<void> printDiskFlush(const QString &folder)
{
    const QByteArray path = (folder + QStringLiteral("/flush")).toLocal8Bit();
    const int file = ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const QByteArray page(pageBytes, 'x');
    // Written once before: a log that is reused, as SQLite's is, overwrites blocks that it has already.
    bool written = file >= 0;
    for (int i = 0; i < flushes; ++i)
        written = written && ::pwrite(file, page.constData(), size_t(pageBytes), i * pageBytes) == pageBytes;
    written = written && ::fsync(file) == 0;
    Samples samples;
    for (int i = 0; i < flushes && written; ++i) {
        written = ::pwrite(file, page.constData(), size_t(pageBytes), i * pageBytes) == pageBytes &&
                  samples.time([file] { return ::fdatasync(file); }) == 0;
    }
    ::close(file);
    ::unlink(path.constData());
    if (!written)
        return fail(ErrorCode::StorageFailure, QStringLiteral("%1 cannot be written.").arg(folder));
    printPercentiles(QStringLiteral("disk_flush_4k"), samples, Unit::Milliseconds, {50, 95});
    return {};
}

} // namespace strop::bench
