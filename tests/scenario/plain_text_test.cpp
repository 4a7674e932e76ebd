#include "server/authority/store.h"
#include "tests/support/fake_world/fake_world.h"
#include "tests/unit/expect.h"
#include "tests/unit/traces.h"

/// The folder of a kiosk of Strop 0.1, which queued customers in plain text, after the update.

using namespace strop;
using namespace strop::test;
using namespace std::chrono_literals;

namespace {

const mutators::CustomerCard wilma{QStringLiteral("Wilhelmina Geheimrätin"), QStringLiteral("+493055512345")};

domain::Customer plainOf(const FakeWorld &world)
{
    return {domain::customerIdFor(world.shop.id, wilma.name, wilma.phone),
            world.shop.id,
            wilma.name,
            wilma.phone,
            {},
            {}};
}

/// A booking as 0.1 wrote it.
mutators::Mutation bookingOf(const FakeWorld &world, Instant start)
{
    mutators::AppointmentBookV1 args;
    args.id = AppointmentId{Uuid::v5(world.shop.id.uuid, QString::number(toMs(start)))};
    args.visitId = VisitId{args.id.uuid};
    args.shopId = world.shop.id;
    args.customerId = plainOf(world).id;
    args.staffId = world.shop.anna;
    args.serviceId = world.shop.cut;
    args.start = start;
    args.source = domain::Source::Kiosk;
    return mutators::makeMutation(args);
}

QStringList namedIn(const FakeDevice &device)
{
    return filesWith(device.folder(), writtenForms(wilma.name) + writtenForms(wilma.phone));
}

/// Queues writes as 0.1 did, while the kiosk does not run.
void queue(const FakeDevice &kiosk, const std::vector<mutators::Mutation> &writes)
{
    const auto outbox = must(sync::Outbox::open(kiosk.folder() + QStringLiteral("/outbox.db")));
    must(outbox->database().run(QStringLiteral("PRAGMA application_id = 0")));
    for (const mutators::Mutation &write : writes)
        must(outbox->append(write, FakeShop::at(9)));
}

} // namespace

TEST(PlainText, ThatWaitedAtTheUpdateDrainsAndLeavesNoByteBehind)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    kiosk.stop();
    queue(kiosk, {mutators::makeMutation(mutators::CustomerAdd{plainOf(world)}),
                  bookingOf(world, world.shop.at(10))});
    ASSERT_FALSE(namedIn(kiosk).isEmpty()) << "as 0.1 left it";
    kiosk.goOffline();
    must(kiosk.start());
    EXPECT_EQ(kiosk.replica().outbox().entries().size(), 2U);
    EXPECT_FALSE(must(kiosk.replica().rows().get<domain::Customer>(plainOf(world).id)))
        << "it gets into no second file";
    kiosk.goOnline();
    world.settle();
    EXPECT_EQ(namedIn(kiosk), QStringList());
    EXPECT_EQ(must(world.desktop().replica().rows().get<domain::Customer>(plainOf(world).id)),
              plainOf(world));
    const auto visit = must(world.desktop().replica().rows().get<domain::Visit>(
        VisitId{Uuid::v5(world.shop.id.uuid, QString::number(toMs(world.shop.at(10))))}));
    ASSERT_TRUE(visit);
    EXPECT_EQ(visit->customerId, plainOf(world).id);
    EXPECT_TRUE(kiosk.rejections().empty());
}

TEST(PlainText, OfARefusedWriteIsSealedWhereItIsKept)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    kiosk.stop();
    domain::Customer elsewhere = plainOf(world);
    elsewhere.shopId = ShopId{Uuid::v5(world.shop.id.uuid, QStringLiteral("closed long ago"))};
    queue(kiosk, {mutators::makeMutation(mutators::CustomerAdd{elsewhere})});
    must(kiosk.start());
    world.settle();
    ASSERT_EQ(kiosk.rejections().size(), 1U);
    EXPECT_EQ(namedIn(kiosk), QStringList());
    kiosk.stop();
    must(kiosk.start());
    ASSERT_EQ(kiosk.rejections().size(), 1U);
    const QCborMap &kept = kiosk.rejections().front().mutation.arguments;
    EXPECT_EQ(kept.value(QStringLiteral("name")).toString(), QString());
    const auto secret =
        must(world.server().database().cell(QStringLiteral("SELECT secret FROM business_key")));
    const auto key = must(crypto::OpeningKey::fromBytes(std::get<QByteArray>(*secret)));
    const QByteArray box = kept.value(QStringLiteral("sealed_customer")).toByteArray();
    EXPECT_EQ(must(mutators::decodeCard(must(key.open(box)))), wilma) << "nothing of it is lost";
}

TEST(PlainText, OfCustomersLongGoneIsScrubbedFromFreedPages)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    kiosk.stop();
    queue(kiosk, {mutators::makeMutation(mutators::CustomerAdd{plainOf(world)})});
    {
        const auto outbox = must(sync::Outbox::open(kiosk.folder() + QStringLiteral("/outbox.db")));
        must(outbox->database().run(QStringLiteral("PRAGMA secure_delete = OFF")));
        must(outbox->database().run(QStringLiteral("DELETE FROM entry")));
        must(outbox->database().run(QStringLiteral("UPDATE chain SET last_id = 0, last_hash = x''")));
    }
    ASSERT_FALSE(namedIn(kiosk).isEmpty()) << "deleted, and still there";
    kiosk.goOffline();
    must(kiosk.start());
    EXPECT_EQ(namedIn(kiosk), QStringList());
}

TEST(PlainText, AKillBeforeTheScrubIsMadeGoodAtTheNextStart)
{
    FakeWorld world;
    FakeDevice &kiosk = world.kiosk();
    kiosk.stop();
    queue(kiosk, {mutators::makeMutation(mutators::CustomerAdd{plainOf(world)})});
    must(kiosk.start());
    kiosk.hold(End::Server);
    world.pass(1min);
    kiosk.kill();
    kiosk.release(End::Server);
    ASSERT_FALSE(namedIn(kiosk).isEmpty());
    must(kiosk.start());
    world.settle();
    EXPECT_EQ(namedIn(kiosk), QStringList());
    EXPECT_EQ(must(world.desktop().replica().rows().get<domain::Customer>(plainOf(world).id)),
              plainOf(world));
}
