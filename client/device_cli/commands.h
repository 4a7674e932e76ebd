#pragma once

#include "shared/base/clock.h"
#include "shared/base/random.h"
#include "shared/base/result.h"

#include <QStringList>
#include <QTextStream>

namespace strop::client {

/// One call of strop-device, parsed.
struct DeviceCall
{
    QString verb;
    QStringList arguments; ///< After the verb.
    QString dataDir;
    QString server; ///< For pair.
    QString name;   ///< For pair: how the device is listed.
    QStringList where;
    bool untilIdle = false;
    int timeoutSeconds = 60;
};

/// A time-out as it is typed. InvalidArgument for anything but a whole number of seconds from 1 on.
[[nodiscard]] Result<int> readSeconds(const QString &text);

/// Runs one verb on a headless replica and writes JSON lines. Blocks, with an event loop of its own where it
/// talks to the server. Needs a QCoreApplication.
[[nodiscard]] Result<void> runDevice(const DeviceCall &call, const Clock &clock, Random &random,
                                     QTextStream &out);

/// What --help says of the verbs.
[[nodiscard]] QString deviceVerbs();

} // namespace strop::client
