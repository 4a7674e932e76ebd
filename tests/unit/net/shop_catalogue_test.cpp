#include "shared/net/shop_catalogue.h"

#include "tests/unit/open_device.h"

using namespace strop;
using namespace strop::test;
using mutators::makeMutation;

namespace {

template <typename Entity>
QStringList namesOf(const std::vector<Entity> &entities)
{
    QStringList names;
    for (const Entity &entity : entities)
        names << entity.name;
    return names;
}

} // namespace

TEST(ShopCatalogue, HoldsTheShopWithItsPeopleAndServicesInOrder)
{
    OpenDevice device(Role::Owner);
    device.folder.confirmAll();
    EXPECT_FALSE(device.catalogue.ready());
    ASSERT_TRUE(device.start());
    EXPECT_EQ(device.catalogue.shop().name, u"La Navaja"_qs);
    EXPECT_EQ(device.catalogue.zone().id(), "Europe/Madrid");
    EXPECT_EQ(namesOf(device.catalogue.staff()), (QStringList{u"Ana"_qs, u"Bruno"_qs, u"Carla"_qs}));
    EXPECT_EQ(namesOf(device.catalogue.services()), (QStringList{u"Corte"_qs, u"Barba"_qs, u"Completo"_qs}));
    EXPECT_FALSE(device.catalogue.hours().empty());
}

TEST(ShopCatalogue, FollowsChangesAndKeepsTheNamesOfWhatWasRetired)
{
    OpenDevice device(Role::Owner);
    device.folder.confirmAll();
    ASSERT_TRUE(device.start());
    int changes = 0;
    QObject::connect(&device.catalogue, &net::ShopCatalogue::changed, [&changes] { ++changes; });
    must(device.write(makeMutation(mutators::StaffRetire{device.shop.bruno})));
    must(device.write(makeMutation(mutators::ServiceRetire{device.shop.beard})));
    EXPECT_TRUE(eventually(
        [&] { return device.catalogue.staff().size() == 2 && device.catalogue.services().size() == 2; }));
    EXPECT_GE(changes, 2);
    EXPECT_EQ(device.catalogue.staffOf(device.shop.bruno).name, u"Bruno"_qs);
    EXPECT_EQ(device.catalogue.serviceOf(device.shop.beard).name, u"Barba"_qs);
    EXPECT_TRUE(device.catalogue.staffOf(idOf<StaffId>(99)).id.isNil());
}

TEST(ShopCatalogue, IsOfTheKiosksOwnShop)
{
    domain::Shop other = MadridShop().details();
    other.id = idOf<ShopId>(1); // would come first
    other.name = u"Otra"_qs;
    for (const Role role : {Role::Kiosk, Role::Owner}) {
        OpenDevice device(role);
        device.folder.confirmAll();
        device.folder.confirm({makeMutation(other)});
        ASSERT_TRUE(device.start());
        EXPECT_EQ(device.catalogue.shop().name, role == Role::Kiosk ? u"La Navaja"_qs : u"Otra"_qs);
    }
}

TEST(ShopCatalogue, WritesTimesAndPricesAsTheShopsPeopleDo)
{
    OpenDevice device(Role::Owner);
    device.folder.confirmAll();
    ASSERT_TRUE(device.start());
    EXPECT_EQ(device.catalogue.timeText(device.shop.at(14, 30)), u"14:30"_qs);
    EXPECT_TRUE(device.catalogue.priceText(2400).startsWith(u"24,00"_qs));
    EXPECT_TRUE(device.catalogue.priceText(2400).endsWith(u"€"_qs));
}

TEST(ShopCatalogue, GivesABarbersDayWithWhatKeepsThemBusy)
{
    OpenDevice device(Role::Owner);
    device.folder.confirmAll();
    ASSERT_TRUE(device.start());
    const MadridShop &shop = device.shop;
    const auto appointment = [&](quint8 number, StaffId staff, int hour, domain::AppointmentStatus status) {
        domain::Appointment made;
        made.id = idOf<AppointmentId>(number);
        made.staffId = staff;
        made.start = shop.at(hour);
        made.end = shop.at(hour, 30);
        made.status = status;
        return made;
    };
    using domain::AppointmentStatus;
    const std::vector<domain::Appointment> taken{appointment(1, shop.bruno, 10, AppointmentStatus::Booked),
                                                 appointment(2, shop.bruno, 11, AppointmentStatus::Cancelled),
                                                 appointment(3, shop.bruno, 12, AppointmentStatus::Booked),
                                                 appointment(4, shop.ana, 15, AppointmentStatus::Booked)};
    const domain::BarberDay day =
        device.catalogue.barberDay(shop.bruno, shop.today, taken, idOf<AppointmentId>(3));
    ASSERT_EQ(day.working.size(), 2U) << "before and after lunch";
    EXPECT_EQ(day.working.front().start, shop.at(9));
    EXPECT_EQ(day.working.back().end, shop.at(19));
    ASSERT_EQ(day.busy.size(), 1U) << "neither cancelled, nor the one that moves, nor another barber's";
    EXPECT_EQ(day.busy.front().start, shop.at(10));
}
