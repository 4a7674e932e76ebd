#pragma once

#include "shared/base/role.h"

#include <QString>
#include <array>

namespace strop::simulation {

/// The devices of a simulated business in the order of their index. A plan has the first two or more of them.
inline constexpr std::array<Role, 5> cast{Role::Owner, Role::Kiosk, Role::Barber, Role::Kiosk, Role::Manager};

inline constexpr int barbers = 2;

[[nodiscard]] inline QString barberName(int index)
{
    return index == 0 ? QStringLiteral("Anna") : QStringLiteral("Ben");
}

} // namespace strop::simulation
