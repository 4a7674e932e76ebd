#include "tests/load/fleet_enrolment.h"

#include "tests/bench/filled_server.h"

namespace strop::load {

Result<Fleet> enrolFleet(const QString &dataDir, const FleetShape &shape)
{
    const SystemClock clock;
    SystemRandom random;
    const bench::BusyShop shop(0, QDate::currentDate());
    STROP_TRY_ASSIGN(const auto store, server::Store::open(dataDir, clock, random));
    // Nothing here has to outlive a power cut.
    STROP_TRY(store->database().run(QStringLiteral("PRAGMA synchronous = OFF")));
    Fleet fleet;
    for (int i = 0; i < shape.businesses; ++i) {
        STROP_TRY_ASSIGN(const BusinessId business,
                         bench::fillServer(*store, shop, QStringLiteral("owner%1@example.com").arg(i)));
        const auto enrol = [&](Role role, int count) {
            return bench::enrolDevices(*store, business, shop, role, count, clock, random);
        };
        STROP_TRY_ASSIGN(auto devices, enrol(Role::Owner, 1));
        STROP_TRY_ASSIGN(const auto kiosks, enrol(Role::Kiosk, shape.devicesEach - 1));
        devices.insert(devices.end(), kiosks.begin(), kiosks.end());
        for (const bench::EnrolledDevice &one : devices)
            fleet.push_back({one.device.id, one.key.seed()});
    }
    return fleet;
}

} // namespace strop::load
