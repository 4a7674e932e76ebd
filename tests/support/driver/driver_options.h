#pragma once

#include "tests/support/driver/program.h"

#include <QCommandLineOption>
#include <QCoreApplication>

namespace strop::test {

/// What a program that drives the real ones is told on its command line.
struct DriverOptions
{
    Programs programs;
    QString out;             ///< Where its pictures, logs and data go; absolute.
    QStringList switchesSet; ///< Those of `switches` that were given.
};

/// Reads --bin, --plugins and --out, all of them needed, and the program's own switches. Ends the program for
/// --help and when something is missing.
[[nodiscard]] DriverOptions readDriverOptions(QCoreApplication &application, const QString &description,
                                              const QList<QCommandLineOption> &switches = {});

/// The exit code of a program that did this; an error is printed after the program's name.
[[nodiscard]] int exitCodeOf(const Result<void> &done);

} // namespace strop::test
