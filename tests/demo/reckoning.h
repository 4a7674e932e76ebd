#pragma once

#include "shared/base/instant.h"
#include "shared/base/result.h"

#include <QStringList>

namespace strop::demo_run {

/// Data folders of programs that have ended.
struct Folders
{
    QString server;
    QString desktop;
    QString kiosk;
};

/// How many appointments a server holds, whether or not it runs.
[[nodiscard]] Result<qint64> countAppointments(const QString &serverFolder);

/// When a guest's one appointment starts, on a server that runs or not.
[[nodiscard]] Result<Instant> startOf(const QString &serverFolder, const QString &guest);

/// Holds the three databases against each other: nothing waits on either device, each of `guests` has exactly
/// one appointment, every row on the devices is the one that the server shows to their role, and no file of
/// the kiosk names a guest. The error lists what is off.
[[nodiscard]] Result<void> reckon(const Folders &folders, const QStringList &guests);

} // namespace strop::demo_run
