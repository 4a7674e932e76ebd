#include "shared/storage/tables.h"
#include "tests/support/fake_world/fake_world.h"
#include "tests/unit/expect.h"

#include <QDirIterator>

/// What a kiosk stands in the shop with: whoever steals it learns when barbers are busy, and nothing else.

using namespace strop;
using namespace strop::test;

namespace {

const QString name = QStringLiteral("Wilhelmina Geheimrat");
const QString phone = QStringLiteral("+493055512345");

void bookForACustomer(FakeWorld &world)
{
    domain::Customer customer;
    customer.id = CustomerId{Uuid::v5(world.shop.id.uuid, name)};
    customer.shopId = world.shop.id;
    customer.name = name;
    customer.phone = phone;
    must(world.desktop().write(customer));
    mutators::AppointmentBook booking;
    booking.id = AppointmentId{customer.id.uuid};
    booking.visitId = VisitId{customer.id.uuid};
    booking.shopId = world.shop.id;
    booking.customerId = customer.id;
    booking.staffId = world.shop.anna;
    booking.serviceId = world.shop.cut;
    booking.start = world.shop.at(10);
    booking.note = QStringLiteral("%1 likes it short").arg(name);
    must(world.desktop().write(booking));
}

qint64 count(FakeDevice &device, const QString &what)
{
    return std::get<qint64>(
        must(device.replica().database().cell(QStringLiteral("SELECT COUNT(*) FROM ") + what)).value());
}

bool folderContains(const QString &folder, const QByteArray &bytes)
{
    QDirIterator files(folder, QDir::Files);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(bytes))
            return true;
    }
    return false;
}

} // namespace

TEST(Projection, KioskHoldsBusyTimesAndNoCustomerVisitOrPriceOfAnybody)
{
    FakeWorld world;
    bookForACustomer(world);
    world.settle();
    FakeDevice &kiosk = world.kiosk();
    EXPECT_EQ(count(kiosk, QStringLiteral("appointment WHERE status = 'booked'")), 1) << "it is busy";
    EXPECT_EQ(count(kiosk, QStringLiteral("appointment WHERE price_minor <> 0")), 0);
    EXPECT_EQ(count(kiosk, QStringLiteral("appointment WHERE visit_id <> zeroblob(16)")), 0);
    EXPECT_EQ(count(kiosk, QStringLiteral("appointment WHERE service_id <> zeroblob(16)")), 0);
    EXPECT_EQ(count(kiosk, QStringLiteral("customer")), 0);
    EXPECT_EQ(count(kiosk, QStringLiteral("visit")), 0);
    EXPECT_THAT(world, agrees());
}

TEST(Projection, NoFileOfAKioskHoldsACustomersNameOrPhone)
{
    FakeWorld world;
    bookForACustomer(world);
    world.settle();
    FakeDevice &laterKiosk = world.addDevice(Role::Kiosk);
    world.settle();
    for (const FakeDevice *kiosk : {&world.kiosk(), &laterKiosk}) {
        EXPECT_FALSE(folderContains(kiosk->folder(), name.toUtf8()));
        EXPECT_FALSE(folderContains(kiosk->folder(), phone.toUtf8()));
    }
    EXPECT_TRUE(folderContains(world.desktop().folder(), name.toUtf8())) << "else the search finds nothing";
}

TEST(Projection, KioskForgetsTheVisitOfItsOwnGuestOnceItIsConfirmed)
{
    FakeWorld world;
    world.kiosk().goOffline();
    must(world.kiosk().book(world.shop.anna, world.shop.at(10)));
    EXPECT_EQ(count(world.kiosk(), QStringLiteral("visit")), 1) << "while it waits";
    EXPECT_EQ(count(world.kiosk(), QStringLiteral("customer")), 0) << "the guest is sealed";
    world.kiosk().goOnline();
    world.settle();
    EXPECT_EQ(count(world.kiosk(), QStringLiteral("customer")), 0);
    EXPECT_EQ(count(world.kiosk(), QStringLiteral("visit")), 0);
    EXPECT_EQ(count(world.desktop(), QStringLiteral("customer")), 1);
    EXPECT_THAT(world, agrees());
}

TEST(Projection, DisplayHoldsNoMoreThanAKiosk)
{
    FakeWorld world;
    bookForACustomer(world);
    FakeDevice &display = world.addDevice(Role::Display);
    world.settle();
    EXPECT_EQ(count(display, QStringLiteral("customer")), 0);
    EXPECT_EQ(count(display, QStringLiteral("visit")), 0);
    EXPECT_EQ(count(display, QStringLiteral("appointment WHERE price_minor <> 0")), 0);
    EXPECT_THAT(display.book(world.shop.ben, world.shop.at(10)), FailsWith(ErrorCode::NotPermitted));
    EXPECT_THAT(world, agrees());
}
