#include "shared/net/replica_host.h"

#include "shared/mutators/arguments.h"
#include "shared/net/live_rows.h"
#include "shared/sync/entity_query.h"
#include "tests/unit/madrid_shop.h"
#include "tests/unit/net/restartable_server.h"

using namespace strop;
using namespace strop::net;
using namespace strop::test;
using domain::Customer;
using mutators::makeMutation;
using sync::SessionState;

namespace {

/// A device as an application holds it, with its live list of customers.
struct OpenHost
{
    OpenHost(RestartableServer &server, const QString &folder, const sync::DeviceIdentity &identity)
        : host(server.folderOf(folder), identity, server.clock(), server.random())
    {
        QObject::connect(&host, &ReplicaHost::failed, &host, [this](const Error &error) { failure = error; });
        customers.watch(sync::entityQuery<Customer>());
        host.start();
    }

    [[nodiscard]] Result<qint64> write(const mutators::Mutation &mutation)
    {
        std::optional<Result<qint64>> answer;
        host.mutate(mutation, [&answer](Result<qint64> id) { answer = std::move(id); });
        EXPECT_TRUE(eventually([&answer] { return answer.has_value(); }));
        return *answer;
    }
    [[nodiscard]] Result<QCborMap> ask(const QString &method, const QCborMap &arguments)
    {
        std::optional<Result<QCborMap>> answer;
        host.request(method, arguments, [&answer](Result<QCborMap> result) { answer = std::move(result); });
        EXPECT_TRUE(eventually([&answer] { return answer.has_value(); }));
        return *answer;
    }
    [[nodiscard]] bool becomesLive()
    {
        return eventually([this] { return host.status().state == SessionState::Live; });
    }
    [[nodiscard]] bool comesToHold(size_t count)
    {
        return eventually([this, count] { return customers.rows().size() == count; });
    }

    ReplicaHost host;
    std::optional<Error> failure;
    LiveRows<Customer> customers{host, [] {}};
};

class Hosts : public testing::Test
{
protected:
    [[nodiscard]] mutators::Mutation customer(quint8 number) const
    {
        return makeMutation(m_shop.customer(number, u"Lucía Vega"_qs, u"+34600000061"_qs));
    }
    /// A kiosk of the shop, let in by a code that the desktop asked for.
    [[nodiscard]] sync::DeviceIdentity kioskOf(OpenHost &desktop)
    {
        const QCborMap made = must(desktop.ask(
            u"pairing.create"_qs, {{u"role"_qs, u"kiosk"_qs}, {u"shop"_qs, m_shop.shop.uuid.toBytes()}}));
        return must(m_server.pair(protocol::JoinByCode{{}, made.value(u"code"_qs).toString()}, u"kiosk"_qs));
    }

    const MadridShop m_shop;
    RestartableServer m_server;
};

} // namespace

TEST_F(Hosts, SeeEachOthersWritesInTheirLiveQueries)
{
    OpenHost desk(m_server, u"desk"_qs, m_server.created(u"desk"_qs));
    OpenHost laptop(m_server, u"laptop"_qs, m_server.joined(u"laptop"_qs));
    must(desk.write(makeMutation(m_shop.details())));
    must(desk.write(customer(61)));
    EXPECT_TRUE(laptop.comesToHold(1));
    must(laptop.write(customer(62)));
    EXPECT_TRUE(desk.comesToHold(2));
    EXPECT_TRUE(eventually([&] { return desk.host.status().waiting.empty(); }));
}

TEST_F(Hosts, ComeBackByThemselvesWhenTheServerDoesAndBringWhatTheyWroteMeanwhile)
{
    OpenHost desk(m_server, u"desk"_qs, m_server.created(u"desk"_qs));
    OpenHost laptop(m_server, u"laptop"_qs, m_server.joined(u"laptop"_qs));
    must(desk.write(makeMutation(m_shop.details())));
    must(desk.write(customer(61)));
    ASSERT_TRUE(laptop.comesToHold(1));
    m_server.stop();
    for (OpenHost *one : {&desk, &laptop})
        ASSERT_TRUE(eventually([one] { return one->host.status().state == SessionState::Offline; }));
    EXPECT_TRUE(desk.host.status().offlineSince);
    must(desk.write(customer(62)));
    must(laptop.write(customer(63)));
    EXPECT_TRUE(eventually([&] { return desk.host.status().waiting.size() == 1; }));
    EXPECT_EQ(desk.customers.rows().size(), 2U) << "its own write shows at once";

    m_server.start();
    EXPECT_TRUE(desk.comesToHold(3));
    EXPECT_TRUE(laptop.comesToHold(3));
    EXPECT_TRUE(eventually([&] { return desk.host.status().waiting.empty(); }));
    EXPECT_FALSE(desk.host.status().offlineSince);
}

TEST_F(Hosts, OfARefusedDeviceStopAndSayWhy)
{
    OpenHost desk(m_server, u"desk"_qs, m_server.created(u"desk"_qs));
    ASSERT_TRUE(desk.becomesLive());
    must(desk.write(makeMutation(m_shop.details())));
    ASSERT_TRUE(eventually([&] { return desk.host.status().waiting.empty(); }));
    const sync::DeviceIdentity identity = kioskOf(desk);
    must(desk.ask(u"devices.revoke"_qs, {{u"id"_qs, identity.enrolment.device.uuid.toBytes()}}));
    OpenHost kiosk(m_server, u"kiosk"_qs, identity);
    ASSERT_TRUE(eventually([&] { return kiosk.host.status().problem.has_value(); }));
    EXPECT_EQ(kiosk.host.status().problem->code, ErrorCode::Unauthenticated);
    EXPECT_FALSE(kiosk.host.status().problem->message.isEmpty());
    EXPECT_NE(kiosk.host.status().state, SessionState::Live);
}

TEST_F(Hosts, KeepWhatTheServerRejectedUntilSomebodyDealsWithIt)
{
    OpenHost desk(m_server, u"desk"_qs, m_server.created(u"desk"_qs));
    OpenHost laptop(m_server, u"laptop"_qs, m_server.joined(u"laptop"_qs));
    for (const mutators::Mutation &write : m_shop.hoursAndServices())
        must(desk.write(write));
    for (const mutators::Mutation &write : m_shop.barbers())
        must(desk.write(write));
    must(desk.write(customer(61)));
    ASSERT_TRUE(laptop.comesToHold(1));
    m_server.stop();
    must(desk.write(makeMutation(m_shop.booking(71, m_shop.ana, m_shop.cut, m_shop.at(10)))));
    must(laptop.write(makeMutation(m_shop.booking(72, m_shop.ana, m_shop.cut, m_shop.at(10)))));
    m_server.start();
    ASSERT_TRUE(eventually(
        [&] { return desk.host.status().rejections.size() + laptop.host.status().rejections.size() == 1; }));

    OpenHost &loser = desk.host.status().rejections.empty() ? laptop : desk;
    const sync::Rejection rejection = loser.host.status().rejections.front();
    EXPECT_EQ(rejection.error.code, ErrorCode::SlotTaken);
    EXPECT_EQ(rejection.mutation.name, u"appointment.book"_qs);
    loser.host.dismissRejection(rejection.id);
    EXPECT_TRUE(eventually([&] { return loser.host.status().rejections.empty(); }));
}

TEST_F(Hosts, AnswerRequestsWithANetworkFailureWhileTheServerIsAway)
{
    const sync::DeviceIdentity identity = m_server.created(u"desk"_qs);
    m_server.stop();
    OpenHost desk(m_server, u"desk"_qs, identity);
    EXPECT_THAT(desk.ask(u"devices.list"_qs, {}), FailsWith(ErrorCode::NetworkFailure));
}

TEST_F(Hosts, SayWhenAnotherProgramUsesTheFolderAndRefuseEveryWrite)
{
    const sync::DeviceIdentity identity = m_server.created(u"desk"_qs);
    OpenHost first(m_server, u"desk"_qs, identity);
    ASSERT_TRUE(first.becomesLive());
    OpenHost second(m_server, u"desk"_qs, identity);
    ASSERT_TRUE(eventually([&] { return second.failure.has_value(); }));
    EXPECT_EQ(second.failure->code, ErrorCode::Unavailable);
    EXPECT_THAT(second.write(customer(61)), FailsWith(ErrorCode::Unavailable));
    EXPECT_THAT(second.ask(u"devices.list"_qs, {}), FailsWith(ErrorCode::Unavailable));
}

TEST_F(Hosts, DeliverNothingToASubscriptionThatWasCancelled)
{
    OpenHost desk(m_server, u"desk"_qs, m_server.created(u"desk"_qs));
    must(desk.write(makeMutation(m_shop.details())));
    int delivered = 0;
    Subscription subscription = desk.host.watch<Customer>(
        sync::entityQuery<Customer>(), [&delivered](const sync::Diff<Customer> &) { ++delivered; });
    ASSERT_TRUE(eventually([&] { return delivered == 1; }));
    must(desk.write(customer(61)));
    ASSERT_TRUE(eventually([&] { return delivered == 2; }));
    subscription.cancel();
    must(desk.write(customer(62)));
    ASSERT_TRUE(desk.comesToHold(2));
    EXPECT_EQ(delivered, 2);
}

TEST_F(Hosts, LoseNothingThatWasAcknowledgedWhenTheyEnd)
{
    const sync::DeviceIdentity identity = m_server.created(u"desk"_qs);
    m_server.stop();
    {
        OpenHost desk(m_server, u"desk"_qs, identity);
        must(desk.write(makeMutation(m_shop.details())));
        must(desk.write(customer(61)));
    }
    OpenHost again(m_server, u"desk"_qs, identity);
    EXPECT_TRUE(again.comesToHold(1));
    EXPECT_TRUE(eventually([&] { return again.host.status().waiting.size() == 2; }));
}
