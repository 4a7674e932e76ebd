#pragma once

#include <QString>
#include <optional>

namespace strop {

/// Who a device acts as. Decides what it may do (inside each mutator) and what it is sent (in each table's
/// descriptor).
enum class Role { Owner, Manager, Barber, Kiosk, Display };

[[nodiscard]] QLatin1String roleName(Role role);
[[nodiscard]] std::optional<Role> roleFromName(QStringView name);

/// A set of roles, as a descriptor states it.
class RoleSet
{
public:
    template <typename... Roles>
    constexpr explicit RoleSet(Roles... roles)
        : m_bits((0U | ... | (1U << unsigned(roles))))
    {}

    [[nodiscard]] constexpr bool contains(Role role) const { return (m_bits >> unsigned(role)) & 1U; }

private:
    unsigned m_bits;
};

inline constexpr RoleSet everyRole{Role::Owner, Role::Manager, Role::Barber, Role::Kiosk, Role::Display};
inline constexpr RoleSet staffRoles{Role::Owner, Role::Manager, Role::Barber};
inline constexpr RoleSet managingRoles{Role::Owner, Role::Manager};

} // namespace strop
