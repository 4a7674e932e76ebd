#pragma once

#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/crypto/signing.h"

#include <vector>

namespace strop::load {

/// One simulated device.
struct FleetMember
{
    DeviceId device;
    QByteArray seed; ///< Of its signing key.
};

/// How the devices are spread: the first of every business is its writer, an owner; the others are kiosks.
struct FleetShape
{
    int businesses = 1;
    int devicesEach = 1;

    [[nodiscard]] constexpr int devices() const { return businesses * devicesEach; }
};

using Fleet = std::vector<FleetMember>;

/// The file by which the one who enrolled the devices tells the processes that run them who they are.
Result<void> saveFleet(const QString &path, const Fleet &fleet);

/// InvalidArgument for a file that saveFleet did not write.
[[nodiscard]] Result<Fleet> loadFleet(const QString &path);

} // namespace strop::load
