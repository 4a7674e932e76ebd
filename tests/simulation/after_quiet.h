#pragma once

#include "tests/simulation/simulated_world.h"

#include <QStringList>

namespace strop::simulation {

/// Something that may not be. The kind says which promise was broken; shortening a history keeps to it.
struct Finding
{
    QString kind;
    QString text;
};

/// What the world is like once everything is back and time has passed.
struct Quiet
{
    std::vector<Finding> findings;
    Millis drained{0};  ///< From the network's healing, or a device's connection if later, to its last ack.
    Millis reached{0};  ///< From the network's healing to the last device's connection.
    qint64 revenue = 0; ///< Minor units of everything that is booked and not called off, the shop's sum.
    int accepted = 0;   ///< Writes of devices that stand in the audit trail
    int refused = 0;    ///< and those that were refused.
    QByteArray digest;  ///< Of the server's rows and of the audit trail.
};

/// Ends all faults, waits for quiet, and holds the world to its promises.
[[nodiscard]] Quiet afterQuiet(SimulatedWorld &world);

} // namespace strop::simulation
