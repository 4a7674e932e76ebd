#include "client/devices/devices_view_model.h"

#include "client/onboarding/starter_shop.h"
#include "shared/net/pairing_client.h"
#include "tests/unit/live_server.h"
#include "tests/unit/open_device.h"

/// Pairing and removing devices: out of reach of a server, and at a real one.
namespace strop::client {
namespace {

using test::eventually;
using test::must;

std::vector<DeviceLine> linesOf(DevicesViewModel &model)
{
    std::vector<DeviceLine> all;
    for (int row = 0; row < model.devices()->rowCount(); ++row)
        all.push_back(model.devices()->index(row, 0).data(Qt::UserRole).value<DeviceLine>());
    return all;
}

TEST(DevicesOffline, SayThatTheServerIsOutOfReachAndMakeNoCode)
{
    test::OpenDevice device(Role::Owner);
    device.folder.confirmAll();
    DevicesViewModel model(device.host, device.catalogue, device.clock, QStringLiteral("http://127.0.0.1:1"));
    ASSERT_TRUE(device.start());
    model.pairKiosk();
    EXPECT_TRUE(model.isBusy());
    ASSERT_TRUE(eventually([&] { return !model.isBusy(); }));
    EXPECT_FALSE(model.problem().isEmpty());
    EXPECT_EQ(model.code(), QString());
    EXPECT_EQ(model.timeLeft(), QString());
}

/// The owner's desktop of a new business, connected.
struct DevicesOnline : testing::Test
{
    void SetUp() override
    {
        ASSERT_TRUE(eventually([this] { return catalogue.ready(); }));
        ASSERT_TRUE(eventually([this] {
            return host.status().state == sync::SessionState::Live && host.status().waiting.empty();
        }));
    }

    sync::DeviceIdentity pair(net::PairingRequest request, const QString &name, const QString &into) const
    {
        std::optional<Result<sync::DeviceIdentity>> answer;
        net::PairingClient client;
        client.pair(QUrl(server.url()), std::move(request), name, into,
                    [&answer](Result<sync::DeviceIdentity> result) { answer = std::move(result); });
        if (!eventually([&answer] { return answer.has_value(); }))
            throw std::runtime_error("the server did not answer");
        return must(*answer);
    }

    test::LiveServer server;
    const QTemporaryDir folder;
    const QTemporaryDir kioskFolder;
    test::VirtualClock now; ///< Of the view-model alone: the time left of a code.
    const sync::DeviceIdentity identity = pair(protocol::CreateBusiness{{},
                                                                        QStringLiteral("Corner Cuts"),
                                                                        QStringLiteral("ada@corner.example"),
                                                                        QStringLiteral("long enough")},
                                               QStringLiteral("Office"), folder.path());
    net::ReplicaHost host{folder.path(), identity, server.clock, server.random};
    net::ShopCatalogue catalogue{host};
    DevicesViewModel model{host, catalogue, now, server.url(),
                           [] { return QList<QHostAddress>{QHostAddress(QStringLiteral("192.168.1.20"))}; }};
    std::optional<bool> refusedAtFirst; ///< Whether the server was out of reach at the start.
    const bool started = [this] {
        host.start();
        host.request(QStringLiteral("devices.list"), {},
                     [this](const Result<QCborMap> &answer) { refusedAtFirst = !answer; });
        model.refresh(); // opened right after the login, before there is a connection
        const ShopDetails details{QStringLiteral("Corner Cuts"), QStringLiteral("Ada"),
                                  QStringLiteral("Europe/London"), QStringLiteral("en-GB"),
                                  QStringLiteral("GBP")};
        for (const mutators::Mutation &write : starterShop(details, server.clock, server.random))
            host.mutate(write, [](const Result<qint64> &) {});
        return true;
    }();
};

TEST_F(DevicesOnline, ShowAKioskTheAddressOfThisComputerInTheNetwork)
{
    EXPECT_EQ(model.serverAddress(), QStringLiteral("http://192.168.1.20:%1").arg(QUrl(server.url()).port()));
    EXPECT_EQ(model.addressHint(), QStringLiteral("A kiosk on this computer can also use 127.0.0.1"));
}

TEST_F(DevicesOnline, ListThisDeviceAsTheOwnersOwn)
{
    model.refresh();
    ASSERT_TRUE(eventually([this] { return linesOf(model).size() == 1; }));
    EXPECT_EQ(linesOf(model)[0].name, QStringLiteral("Office"));
    EXPECT_EQ(linesOf(model)[0].role, QStringLiteral("Owner's desktop"));
    EXPECT_TRUE(linesOf(model)[0].self);
    EXPECT_EQ(model.problem(), QString());
}

TEST_F(DevicesOnline, APairingCodeLetsAKioskInAndRevokingItThrowsItOut)
{
    now.pass(server.clock.now() - now.now());
    model.pairKiosk();
    model.pairKiosk(); // a second tap is not a second code
    ASSERT_TRUE(eventually([this] { return !model.code().isEmpty(); })) << model.problem().toStdString();
    EXPECT_EQ(model.code().size(), 9) << "ABCD-EFGH";
    EXPECT_TRUE(model.timeLeft().startsWith(QStringLiteral("Valid for ")));

    const sync::DeviceIdentity kiosk =
        pair(protocol::JoinByCode{{}, protocol::normalisedPairingCode(model.code())}, QStringLiteral("Door"),
             kioskFolder.path());
    EXPECT_EQ(kiosk.enrolment.role, Role::Kiosk);
    EXPECT_EQ(kiosk.enrolment.shop, catalogue.shop().id);
    // Nobody asks for it: the page finds out.
    ASSERT_TRUE(eventually([this] { return linesOf(model).size() == 2; }));
    EXPECT_TRUE(eventually([this] { return model.code().isEmpty(); })) << "the code is spent";
    EXPECT_EQ(model.timeLeft(), QString());
    EXPECT_EQ(model.news(), QStringLiteral("Kiosk paired: Door"));

    model.revoke(kiosk.enrolment.device.toString());
    EXPECT_TRUE(eventually([this] { return linesOf(model).size() == 1; }));
}

TEST_F(DevicesOnline, TheListIsThereOnceTheConnectionIs)
{
    EXPECT_TRUE(eventually([this] { return linesOf(model).size() == 1; })) << "without a refresh()";
    EXPECT_EQ(model.problem(), QString());
}

TEST_F(DevicesOnline, AProblemOfTheTimeBeforeTheConnectionIsGoneWithIt)
{
    EXPECT_TRUE(eventually([this] { return refusedAtFirst.value_or(false) && model.problem().isEmpty(); }));
}

TEST_F(DevicesOnline, ACodeVanishesWhenItsTimeIsUp)
{
    now.pass(server.clock.now() - now.now());
    model.pairKiosk();
    ASSERT_TRUE(eventually([this] { return !model.code().isEmpty(); }));
    EXPECT_TRUE(model.timeLeft().startsWith(QStringLiteral("Valid for ")));
    now.pass(std::chrono::minutes(6));
    EXPECT_EQ(model.timeLeft(), QStringLiteral("Valid for 0:00"));
    EXPECT_TRUE(eventually([this] { return model.code().isEmpty(); }));
}

} // namespace
} // namespace strop::client
