#include "shared/base/role.h"

#include "tests/unit/expect.h"

using namespace strop;

TEST(Role, EveryNameReadsBackAndNoOther)
{
    for (const Role role : {Role::Owner, Role::Manager, Role::Barber, Role::Kiosk, Role::Display})
        EXPECT_EQ(roleFromName(QString(roleName(role))), role);
    for (const QString &bad : {u""_qs, u"Owner"_qs, u"root"_qs})
        EXPECT_FALSE(roleFromName(bad)) << bad.toStdString();
}

TEST(RoleSet, ContainsExactlyItsRoles)
{
    EXPECT_TRUE(managingRoles.contains(Role::Owner));
    EXPECT_TRUE(managingRoles.contains(Role::Manager));
    EXPECT_FALSE(managingRoles.contains(Role::Barber));
    EXPECT_TRUE(staffRoles.contains(Role::Barber));
    EXPECT_FALSE(staffRoles.contains(Role::Kiosk));
    EXPECT_TRUE(everyRole.contains(Role::Display));
    EXPECT_FALSE(RoleSet().contains(Role::Owner));
}
