#include "server/authority/store.h"

#include "tests/unit/server/salon_server.h"

using namespace strop;
using namespace strop::server;
using namespace strop::test;

namespace {

class StoreOfAServer : public testing::Test
{
protected:
    [[nodiscard]] Result<protocol::Enrolment> enrolBy(const QString &code)
    {
        return m_server.store->enrolByCode(code, cardOf(u"Tablet"_qs));
    }
    [[nodiscard]] PairingCode kioskCode()
    {
        return must(m_server.store->makePairingCode({m_server.business, Role::Kiosk, m_server.salon.shop}));
    }

    SalonServer m_server;
};

} // namespace

TEST_F(StoreOfAServer, CreatesABusinessWithItsOwnersAccountAndFirstDevice)
{
    const auto created = must(
        m_server.store->createBusiness(u"Sharp Cuts"_qs, u"Zoe@Example.com"_qs, "hash", cardOf(u"Desk"_qs)));
    ASSERT_TRUE(created.enrolment);
    EXPECT_EQ(created.enrolment->business, created.business);
    EXPECT_EQ(created.enrolment->role, Role::Owner);
    EXPECT_EQ(must(m_server.store->device(created.enrolment->device)).name, u"Desk"_qs);
    EXPECT_EQ(must(m_server.store->accountOf(u" zoe@example.COM "_qs)).value().business, created.business);
    ASSERT_EQ(created.commits.size(), 1U);
    EXPECT_EQ(created.commits.front()->from, 0);
    EXPECT_EQ(must(m_server.store->head(created.business)), 1);
}

TEST_F(StoreOfAServer, LeavesNothingOfABusinessThatCouldNotBeCreated)
{
    const auto counts = [this] {
        return std::array{m_server.count(u"account"_qs), m_server.count(u"device"_qs),
                          m_server.count(u"business"_qs), m_server.count(u"business_head"_qs)};
    };
    const auto before = counts();
    EXPECT_THAT(
        m_server.store->createBusiness(u"Copy"_qs, u"ANNA@example.com"_qs, "hash", cardOf(u"Desk"_qs)),
        FailsWith(ErrorCode::AlreadyExists));
    EXPECT_THAT(m_server.store->createBusiness(u" "_qs, u"zoe@example.com"_qs, "hash", cardOf(u"Desk"_qs)),
                FailsWith(ErrorCode::InvalidArgument));
    EXPECT_EQ(counts(), before);
    EXPECT_THAT(m_server.store->createBusiness(u"Zoe"_qs, u"zoe@example.com"_qs, "hash", std::nullopt),
                Succeeds())
        << "and the next one starts clean";
}

TEST_F(StoreOfAServer, LetsOneDeviceInByACode)
{
    const PairingCode made = kioskCode();
    const auto enrolment = must(enrolBy(made.code));
    EXPECT_EQ(enrolment.business, m_server.business);
    EXPECT_EQ(enrolment.role, Role::Kiosk);
    EXPECT_EQ(enrolment.shop, m_server.salon.shop);
    EXPECT_THAT(enrolBy(made.code), FailsWith(ErrorCode::Unauthenticated)) << "a code works once";
}

TEST_F(StoreOfAServer, LetsNobodyInByACodeOlderThanFiveMinutes)
{
    const PairingCode first = kioskCode();
    const PairingCode second = kioskCode();
    m_server.clock.pass(Millis(protocol::pairingCodeLifeMs));
    EXPECT_THAT(enrolBy(first.code), Succeeds()) << "the last moment of its life";
    m_server.clock.pass(Millis(1));
    EXPECT_THAT(enrolBy(second.code), FailsWith(ErrorCode::Unauthenticated));
}

TEST_F(StoreOfAServer, KeepsACodeWhenTheDeviceCouldNotBeEnrolled)
{
    const PairingCode made = kioskCode();
    must(m_server.store->database().run(u"ALTER TABLE device RENAME TO lost"_qs));
    EXPECT_THAT(enrolBy(made.code), FailsWith(ErrorCode::StorageFailure));
    must(m_server.store->database().run(u"ALTER TABLE lost RENAME TO device"_qs));
    EXPECT_THAT(enrolBy(made.code), Succeeds());
}

TEST_F(StoreOfAServer, LocksARevokedDeviceOut)
{
    const Device kiosk = m_server.enrolled(Role::Kiosk, m_server.business);
    must(m_server.store->revoke(kiosk.id));
    EXPECT_THAT(m_server.store->device(kiosk.id), FailsWith(ErrorCode::Unauthenticated));
    EXPECT_THAT(m_server.store->revoke(idOf<DeviceId>(99)), FailsWith(ErrorCode::NotFound));
}

TEST_F(StoreOfAServer, WritesAsOwnerAllOrNothing)
{
    const qint64 before = m_server.head();
    EXPECT_THAT(m_server.store->applyAsOwner(m_server.business,
                                             {mutators::makeMutation(m_server.customer(1)),
                                              mutators::makeMutation(m_server.customer(2, QString()))}),
                FailsWith(ErrorCode::InvalidArgument));
    EXPECT_EQ(m_server.head(), before);
    EXPECT_EQ(m_server.count(u"customer"_qs), 0);
    const auto commits =
        must(m_server.store->applyAsOwner(m_server.business, {mutators::makeMutation(m_server.customer(1))}));
    ASSERT_EQ(commits.size(), 1U);
    EXPECT_EQ(commits.front()->from, before) << "the failed attempt left no trace in the deltas";
    EXPECT_EQ(commits.front()->to, before + 1);
}
