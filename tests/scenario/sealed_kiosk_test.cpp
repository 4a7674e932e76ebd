#include "server/authority/store.h"
#include "tests/support/fake_world/fake_world.h"
#include "tests/support/fake_world/folder_image.h"
#include "tests/unit/expect.h"
#include "tests/unit/traces.h"

/// A stolen kiosk: whatever was typed at it, whatever happened meanwhile, no byte of its folder says who.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

const mutators::CustomerCard wilma{QStringLiteral("Wilhelmina Geheimrätin"), QStringLiteral("+493055512345")};

/// The kiosk is the world's second device.
const QString kioskFolder = QStringLiteral("device-2/");

QStringList traces(const FakeWorld &world, const FakeDevice &device)
{
    return tracesOf(wilma, world.shop.id, device.folder());
}

std::optional<domain::Customer> customerOf(FakeDevice &device, AppointmentId id)
{
    storage::RowStore &rows = device.replica().rows();
    const auto appointment = device.appointment(id);
    const auto visit = appointment ? must(rows.get<domain::Visit>(appointment->visitId)) : std::nullopt;
    return visit && visit->customerId ? must(rows.get<domain::Customer>(*visit->customerId)) : std::nullopt;
}

qint64 customersOn(FakeDevice &device)
{
    return std::get<qint64>(
        must(device.replica().database().cell(QStringLiteral("SELECT COUNT(*) FROM customer"))).value());
}

} // namespace

TEST(SealedKiosk, BookingMadeOfflineShowsTheNameOnTheDesktopAfterSync)
{
    FakeWorld world;
    world.kiosk().goOffline();
    const AppointmentId id = must(world.kiosk().bookFor(wilma, world.shop.anna, world.shop.at(10)));
    EXPECT_TRUE(world.kiosk().appointment(id));
    world.pass(1h);
    world.kiosk().goOnline();
    world.settle();
    const auto customer = customerOf(world.desktop(), id);
    ASSERT_TRUE(customer);
    EXPECT_EQ(customer->name, wilma.name);
    EXPECT_EQ(customer->phone, wilma.phone);
    EXPECT_THAT(world, agrees());
}

TEST(SealedKiosk, ReturningCustomerIsRecognisedAndKeepsTheStaffsNotes)
{
    FakeWorld world;
    domain::Customer known{domain::customerIdFor(world.shop.id, wilma.name, wilma.phone),
                           world.shop.id,
                           wilma.name,
                           wilma.phone,
                           QStringLiteral("wilma@example.com"),
                           QStringLiteral("Short at the sides")};
    must(world.desktop().write(known));
    world.settle();
    const AppointmentId first = must(world.kiosk().bookFor(wilma, world.shop.anna, world.shop.at(10)));
    const AppointmentId second =
        must(world.kiosk().bookFor({wilma.name.toUpper(), wilma.phone}, world.shop.ben, world.shop.at(11)));
    world.settle();
    EXPECT_EQ(customerOf(world.desktop(), first), known);
    EXPECT_EQ(customerOf(world.desktop(), second), known);
    EXPECT_EQ(customersOn(world.desktop()), 1);
    EXPECT_THAT(world, agrees());
}

TEST(SealedKiosk, NoByteOfItsFolderSaysWhoBooked)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    kiosk.goOffline();
    must(kiosk.bookFor(wilma, world.shop.anna, world.shop.at(10)));
    EXPECT_EQ(traces(world, kiosk), QStringList()) << "offline";
    kiosk.kill();
    EXPECT_EQ(traces(world, kiosk), QStringList()) << "after a kill";
    must(kiosk.start());
    EXPECT_EQ(traces(world, kiosk), QStringList()) << "after the replay";
    kiosk.goOnline();
    world.settle();
    EXPECT_EQ(traces(world, kiosk), QStringList()) << "after sync";
    kiosk.stop();
    EXPECT_EQ(traces(world, kiosk), QStringList()) << "after the end";
    EXPECT_FALSE(traces(world, world.desktop()).isEmpty()) << "else the search finds nothing";
}

TEST(SealedKiosk, ARefusedBookingIsKeptWithoutSayingWhose)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    kiosk.goOffline();
    must(kiosk.bookFor(wilma, world.shop.anna, world.shop.at(10)));
    must(world.desktop().book(world.shop.anna, world.shop.at(10)));
    world.settle();
    kiosk.goOnline();
    world.settle();
    ASSERT_EQ(kiosk.rejections().size(), 1U);
    EXPECT_EQ(kiosk.rejections().front().error.code, ErrorCode::SlotTaken);
    EXPECT_EQ(traces(world, kiosk), QStringList());
    EXPECT_EQ(customersOn(world.desktop()), 0) << "nobody is filed for a booking that does not stand";
    kiosk.kill();
    must(kiosk.start());
    EXPECT_EQ(traces(world, kiosk), QStringList());
    must(kiosk.dismissRejection(kiosk.rejections().front().id));
    EXPECT_EQ(traces(world, kiosk), QStringList());
}

TEST(SealedKiosk, HoldsNothingAfterAKillAtAnyWriteOfABooking)
{
    bool untouched = false;
    int kills = 0;
    for (int writes = 0; !untouched; ++writes) {
        FakeWorld world;
        FakeDevice &kiosk = world.kiosk();
        kiosk.goOffline();
        world.disk().failWrites(kioskFolder, SQLITE_IOERR_WRITE, writes);
        const auto booked = kiosk.bookFor(wilma, world.shop.anna, world.shop.at(10));
        untouched = world.disk().failures() == 0;
        EXPECT_EQ(traces(world, kiosk), QStringList()) << writes;
        kiosk.kill();
        world.disk().repair();
        EXPECT_EQ(traces(world, kiosk), QStringList()) << writes;
        must(kiosk.start());
        kiosk.goOnline();
        world.settle();
        EXPECT_EQ(traces(world, kiosk), QStringList()) << writes;
        if (booked) {
            EXPECT_TRUE(world.desktop().appointment(*booked)) << writes;
        }
        EXPECT_THAT(world, agrees()) << writes;
        ++kills;
    }
    EXPECT_GT(kills, 3) << "the booking was written in several writes";
}

TEST(SealedKiosk, HoldsNothingAfterAKillAtAnyWriteOfTheSync)
{
    bool untouched = false;
    for (int writes = 0; !untouched; writes += 2) {
        FakeWorld world;
        FakeDevice &kiosk = world.kiosk();
        kiosk.goOffline();
        must(kiosk.bookFor(wilma, world.shop.anna, world.shop.at(10)));
        kiosk.goOnline();
        world.disk().failWrites(kioskFolder, SQLITE_IOERR_WRITE, writes);
        world.pass(1min);
        untouched = world.disk().failures() == 0;
        EXPECT_EQ(traces(world, kiosk), QStringList()) << writes;
        kiosk.kill();
        world.disk().repair();
        must(kiosk.start());
        world.settle();
        EXPECT_EQ(traces(world, kiosk), QStringList()) << writes;
        EXPECT_EQ(customersOn(world.desktop()), 1) << writes;
        EXPECT_THAT(world, agrees()) << writes;
    }
}

TEST(SealedKiosk, ManyBookingsThatSpillTheCacheLeaveNoTrace)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    must(kiosk.replica().database().run(QStringLiteral("PRAGMA cache_size = 2")));
    kiosk.goOffline();
    for (int quarter = 0; quarter < 16; ++quarter)
        must(kiosk.bookFor(wilma, quarter % 2 ? world.shop.anna : world.shop.ben,
                           world.shop.at(9, (quarter / 2) * 30)));
    EXPECT_EQ(traces(world, kiosk), QStringList());
    kiosk.goOnline();
    world.settle();
    EXPECT_EQ(traces(world, kiosk), QStringList());
    EXPECT_EQ(customersOn(world.desktop()), 1);
    EXPECT_THAT(world, agrees());
}

TEST(SealedKiosk, TakesNoCustomerInPlainText)
{
    FakeWorld world;
    domain::Customer plain;
    plain.id = domain::customerIdFor(world.shop.id, wilma.name, wilma.phone);
    plain.shopId = world.shop.id;
    plain.name = wilma.name;
    plain.phone = wilma.phone;
    for (const auto &write :
         {mutators::makeMutation(plain), mutators::makeMutation(mutators::CustomerAdd{plain})})
        EXPECT_THAT(world.kiosk().mutate(write), FailsWith(ErrorCode::NotPermitted));
    EXPECT_EQ(traces(world, world.kiosk()), QStringList());
    EXPECT_TRUE(world.kiosk().replica().outbox().entries().empty());
}

TEST(SealedKiosk, ABoxForAnotherKeyIsRefusedAndTheNextBookingGoes)
{
    FakeWorld world;
    mutators::AppointmentBook broken;
    broken.id = AppointmentId{Uuid::v5(world.shop.id.uuid, QStringLiteral("broken"))};
    broken.visitId = VisitId{broken.id.uuid};
    broken.shopId = world.shop.id;
    broken.staffId = world.shop.anna;
    broken.serviceId = world.shop.cut;
    broken.start = world.shop.at(10);
    broken.sealedCustomer = crypto::OpeningKey::generate().sealingKey().seal(mutators::encodeCard(wilma));
    must(world.kiosk().write(broken));
    world.settle();
    ASSERT_EQ(world.kiosk().rejections().size(), 1U);
    EXPECT_EQ(world.kiosk().rejections().front().error.code, ErrorCode::SealBroken);
    const AppointmentId next = must(world.kiosk().bookFor(wilma, world.shop.anna, world.shop.at(10)));
    world.settle();
    EXPECT_TRUE(customerOf(world.desktop(), next));
    EXPECT_THAT(world, agrees());
}
