#include "shared/base/role.h"

#include <array>

namespace strop {
namespace {

constexpr std::array names{"owner", "manager", "barber", "kiosk", "display"};

} // namespace

QLatin1String roleName(Role role)
{
    return QLatin1String(names.at(size_t(role)));
}

std::optional<Role> roleFromName(QStringView name)
{
    for (size_t i = 0; i < names.size(); ++i) {
        if (name == QLatin1String(names[i]))
            return Role(i);
    }
    return std::nullopt;
}

} // namespace strop
