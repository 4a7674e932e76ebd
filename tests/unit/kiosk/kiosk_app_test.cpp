#include "kiosk/app/kiosk_app.h"

#include "server/authority/store.h"
#include "tests/unit/eventually.h"
#include "tests/unit/live_server.h"
#include "tests/unit/madrid_shop.h"
#include "tests/unit/traces.h"

#include <QDir>

/// The kiosk as a whole, against a real server: in, out, and in again.
namespace strop::kiosk {
namespace {

using test::eventually;
using test::must;
using Stage = KioskApp::Stage;

struct AtTheDoor : testing::Test
{
    AtTheDoor()
    {
        business = must(store->createBusiness(QStringLiteral("Corte"), QStringLiteral("owner@example.com"),
                                              QByteArray("no password"), std::nullopt))
                       .business;
        must(store->applyAsOwner(business, shop.hoursAndServices()));
        must(store->applyAsOwner(business, shop.barbers()));
        app.start();
    }

    void pair()
    {
        const auto made = must(store->makePairingCode({business, Role::Kiosk, shop.shop}));
        app.pairing()->setProperty("code", made.code);
        app.pairing()->pair();
    }

    [[nodiscard]] bool runs()
    {
        return eventually([this] { return app.stage() == Stage::Running && app.flow()->isReady(); });
    }

    test::LiveServer live;
    const test::MadridShop shop;
    std::unique_ptr<server::Store> store =
        must(server::Store::open(live.folder.path(), live.clock, live.random));
    BusinessId business;
    QTemporaryDir folder;
    KioskApp app{folder.path(), live.url(), live.clock, live.random};
};

} // namespace

TEST_F(AtTheDoor, ACodeLetsItIn)
{
    EXPECT_EQ(app.stage(), Stage::Unpaired);
    pair();
    EXPECT_TRUE(runs());
}

TEST_F(AtTheDoor, WhoBooksStandsOnTheServerAndInNoFileOfTheKiosk)
{
    const mutators::CustomerCard elena{QStringLiteral("Elena Geheimrätin"), QStringLiteral("+34600111222")};
    pair();
    ASSERT_TRUE(runs());
    BookingFlow &flow = *app.flow();
    flow.begin();
    flow.chooseService(shop.cut.toString());
    flow.chooseBarber(shop.ana.toString());
    ASSERT_GT(flow.timeCount(), 0);
    flow.chooseTime(flow.times()->index(0, 0).data(Qt::UserRole).value<BookingChoice>().value);
    flow.setName(elena.name);
    flow.setPhone(elena.phone);
    flow.confirm();
    ASSERT_TRUE(eventually([&] { return flow.step() == BookingFlow::Step::Done; }));
    EXPECT_EQ(test::tracesOf(elena, shop.shop, folder.path()), QStringList()) << "right after";
    storage::RowStore rows(store->database(), business);
    const CustomerId id = domain::customerIdFor(shop.shop, elena.name, elena.phone);
    ASSERT_TRUE(eventually([&] { return must(rows.get<domain::Customer>(id)).has_value(); }));
    EXPECT_EQ(must(rows.get<domain::Customer>(id))->name, elena.name);
    EXPECT_EQ(test::tracesOf(elena, shop.shop, folder.path()), QStringList()) << "after sync";
    EXPECT_FALSE(test::tracesOf(elena, shop.shop, live.folder.path()).isEmpty())
        << "else the search finds nothing";
}

TEST_F(AtTheDoor, ARefusedKioskPromisesNothingMoreAndCanBePairedAgain)
{
    pair();
    ASSERT_TRUE(runs());
    app.flow()->begin();
    app.flow()->setName(QStringLiteral("Half A. Name"));
    must(store->revoke(must(sync::loadIdentity(folder.path())).enrolment.device));
    ASSERT_TRUE(eventually([this] { return app.stage() == Stage::Refused; }));
    EXPECT_TRUE(app.failure().contains(QStringLiteral("Pair it again"))) << app.failure().toStdString();
    EXPECT_TRUE(app.flow()->name().isEmpty());
    pair();
    ASSERT_TRUE(runs());
    const QStringList aside =
        QDir(folder.path()).entryList({QStringLiteral("before-*")}, QDir::Dirs | QDir::NoDotAndDotDot);
    EXPECT_TRUE(aside.isEmpty()) << "the queue of the same business and role is taken over";
}

} // namespace strop::kiosk
