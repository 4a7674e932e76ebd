#include "tests/fuzz/seeds.h"

#include <QCoreApplication>
#include <QDir>
#include <QTextStream>

using namespace strop::fuzz;

namespace {

/// False when a file cannot be written.
bool writeSeeds(const QDir &corpus)
{
    for (const Target &target : targets()) {
        const QString folder = corpus.filePath(QString::fromLatin1(target.name));
        if (!QDir().mkpath(folder))
            return false;
        for (const Seed &seed : seedsOf(target)) {
            QFile file(folder + QLatin1Char('/') + QString::fromLatin1(seed.name));
            if (!file.open(QIODevice::WriteOnly) || file.write(seed.bytes) != seed.bytes.size())
                return false;
        }
    }
    return true;
}

} // namespace

/// strop-fuzz-seeds FOLDER: writes the seeds of every target into <FOLDER>/<target>.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 2) {
        QTextStream(stderr) << "Usage: strop-fuzz-seeds FOLDER" << Qt::endl;
        return 2;
    }
    if (writeSeeds(QDir(arguments.at(1))))
        return 0;
    QTextStream(stderr) << "The seeds cannot be written to " << arguments.at(1) << Qt::endl;
    return 1;
}
