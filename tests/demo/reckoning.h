#pragma once

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

/// Holds the three databases against each other: nothing waits on either device, each of `guests` has exactly
/// one appointment, and every row on the devices is the one that the server shows to their role. The error
/// lists what is off.
[[nodiscard]] Result<void> reckon(const Folders &folders, const QStringList &guests);

} // namespace strop::demo_run
