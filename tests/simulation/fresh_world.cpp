#include "tests/simulation/fresh_world.h"

#include "tests/simulation/cast.h"
#include "tests/support/fake_world/fake_world.h"

namespace strop::simulation {

FreshWorld makeFreshWorld()
{
    test::FakeWorld world;
    for (size_t i = world.devices().size(); i < cast.size(); ++i)
        world.addDevice(cast[i]);
    world.settle();
    for (const auto &device : world.devices())
        device->stop();
    world.pass(Millis(1000));
    world.server().stop();
    FreshWorld fresh{world.business(), world.shop, test::FolderImage(world.server().folder()), {}};
    for (const auto &device : world.devices())
        fresh.devices.emplace_back(device->folder());
    return fresh;
}

} // namespace strop::simulation
