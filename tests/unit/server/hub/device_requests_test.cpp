#include "server/hub/device_requests.h"

#include "tests/unit/server/salon_server.h"

#include <QCborArray>

using namespace strop;
using namespace strop::server;
using namespace strop::test;

namespace {

class DeviceRequests : public testing::Test
{
protected:
    [[nodiscard]] Result<QCborMap> ask(const Device &device, const QString &method,
                                       const QCborMap &arguments = {})
    {
        return answerRequest(*m_server.store, device, {1, method, arguments});
    }
    [[nodiscard]] Result<QCborMap> askForACode(const Device &device, const QString &role)
    {
        return ask(device, u"pairing.create"_qs,
                   {{u"role"_qs, role}, {u"shop"_qs, m_server.salon.shop.uuid.toBytes()}});
    }
    [[nodiscard]] Result<QCborMap> askToRevoke(const Device &device, DeviceId other)
    {
        return ask(device, u"devices.revoke"_qs, {{u"id"_qs, other.uuid.toBytes()}});
    }

    SalonServer m_server;
    Device m_owner = m_server.enrolled(Role::Owner, m_server.business);
    Device m_kiosk = m_server.enrolled(Role::Kiosk, m_server.business);
};

} // namespace

TEST_F(DeviceRequests, MakeACodeThatLetsTheRoleIntoTheShop)
{
    const QCborMap made = must(askForACode(m_owner, u"kiosk"_qs));
    EXPECT_EQ(made.value(u"expires"_qs).toInteger(),
              toMs(m_server.clock.now()) + protocol::pairingCodeLifeMs);
    const auto enrolment =
        must(m_server.store->enrolByCode(made.value(u"code"_qs).toString(), cardOf(u"Tablet"_qs)));
    EXPECT_EQ(enrolment.business, m_server.business);
    EXPECT_EQ(enrolment.role, Role::Kiosk);
    EXPECT_EQ(enrolment.shop, m_server.salon.shop);
}

TEST_F(DeviceRequests, MakeNoCodeForManagersOrUnknownRolesOrWithoutAShop)
{
    for (const QString &role : {u"owner"_qs, u"manager"_qs, u"king"_qs, QString()})
        EXPECT_THAT(askForACode(m_owner, role), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(ask(m_owner, u"pairing.create"_qs, {{u"role"_qs, u"kiosk"_qs}}),
                FailsSaying(ErrorCode::InvalidArgument, u"shop"_qs));
}

TEST_F(DeviceRequests, MakeNoCodeForAShopThatDoesNotExist)
{
    EXPECT_THAT(
        ask(m_owner, u"pairing.create"_qs, {{u"role"_qs, u"kiosk"_qs}, {u"shop"_qs, uuidOf(99).toBytes()}}),
        FailsWith(ErrorCode::NotFound));
}

TEST_F(DeviceRequests, ListTheDevicesOfTheBusinessAlone)
{
    (void)m_server.enrolled(Role::Owner, m_server.opened(u"ben@example.com"_qs));
    const QCborArray devices = must(ask(m_owner, u"devices.list"_qs)).value(u"devices"_qs).toArray();
    ASSERT_EQ(devices.size(), 2);
    QStringList roles;
    for (const QCborValue &device : devices)
        roles << device[u"role"_qs].toString();
    EXPECT_THAT(roles, testing::UnorderedElementsAre(u"owner"_qs, u"kiosk"_qs));
}

TEST_F(DeviceRequests, RevokeAnotherDeviceButNeverTheAskingOne)
{
    must(askToRevoke(m_owner, m_kiosk.id));
    EXPECT_THAT(m_server.store->device(m_kiosk.id), FailsWith(ErrorCode::Unauthenticated));
    EXPECT_THAT(askToRevoke(m_owner, m_owner.id), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(m_server.store->device(m_owner.id), Succeeds());
}

TEST_F(DeviceRequests, RevokeNothingOfAnotherBusinessNorWhatDoesNotExist)
{
    const Device rival = m_server.enrolled(Role::Kiosk, m_server.opened(u"ben@example.com"_qs));
    const auto foreign = askToRevoke(m_owner, rival.id);
    const auto unknown = askToRevoke(m_owner, idOf<DeviceId>(99));
    ASSERT_THAT(foreign, FailsWith(ErrorCode::NotFound));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(foreign.error(), unknown.error()) << "the answer does not tell which ids exist";
    EXPECT_THAT(m_server.store->device(rival.id), Succeeds());
}

TEST_F(DeviceRequests, AreAnsweredToManagersOnly)
{
    for (const Role role : {Role::Barber, Role::Kiosk, Role::Display}) {
        const Device device = m_server.enrolled(role, m_server.business);
        EXPECT_THAT(askForACode(device, u"kiosk"_qs), FailsWith(ErrorCode::NotPermitted));
        EXPECT_THAT(ask(device, u"devices.list"_qs), FailsWith(ErrorCode::NotPermitted));
        EXPECT_THAT(askToRevoke(device, m_kiosk.id), FailsWith(ErrorCode::NotPermitted));
    }
    EXPECT_THAT(askForACode(m_server.enrolled(Role::Manager, m_server.business), u"barber"_qs), Succeeds());
}

TEST_F(DeviceRequests, ThatNobodyKnowsAreNotFound)
{
    EXPECT_THAT(ask(m_owner, u"coffee.make"_qs), FailsSaying(ErrorCode::NotFound, u"coffee.make"_qs));
}
