#pragma once

#include "tests/support/fake_world/fake_shop.h"
#include "tests/support/fake_world/folder_image.h"

#include "shared/base/ids.h"

#include <vector>

namespace strop::simulation {

/// A business as it is on its first morning, as folders on a disk: the server's and those of the whole cast,
/// paired and caught up. Made once, so that each of thousands of seeds begins with copying some files.
struct FreshWorld
{
    BusinessId business;
    test::FakeShop shop;
    test::FolderImage server;
    std::vector<test::FolderImage> devices; ///< In the order of the cast.
};

/// Nobody else may have a FaultyVfs meanwhile.
[[nodiscard]] FreshWorld makeFreshWorld();

} // namespace strop::simulation
