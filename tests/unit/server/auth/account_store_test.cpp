#include "server/auth/account_store.h"

#include "server/auth/limits.h"
#include "tests/unit/server/salon_server.h"

using namespace strop;
using namespace strop::server;
using namespace strop::test;

namespace {

class Accounts : public testing::Test
{
protected:
    SalonServer m_server;
    AccountStore m_accounts{m_server.store->database(), m_server.clock, m_server.random};
};

} // namespace

TEST_F(Accounts, AreFoundHoweverTheAddressIsTyped)
{
    must(m_accounts.createAccount(m_server.business, u" Zoë@Example.com"_qs, "hash"));
    const auto account = must(m_accounts.accountOf(u"ZOË@example.COM "_qs));
    ASSERT_TRUE(account);
    EXPECT_EQ(account->passwordHash, "hash");
    EXPECT_EQ(account->business, m_server.business);
    EXPECT_THAT(m_accounts.createAccount(m_server.business, u"zoë@EXAMPLE.com"_qs, "other"),
                FailsWith(ErrorCode::AlreadyExists));
    EXPECT_FALSE(must(m_accounts.accountOf(u"zoe@example.com"_qs)));
}

TEST_F(Accounts, RefuseUnknownAndRevokedDevicesInTheSameWords)
{
    const Device kiosk = m_server.enrolled(Role::Kiosk, m_server.business);
    must(m_accounts.revoke(kiosk.id));
    const auto revoked = m_accounts.device(kiosk.id);
    const auto unknown = m_accounts.device(idOf<DeviceId>(99));
    ASSERT_THAT(revoked, FailsWith(ErrorCode::Unauthenticated));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(revoked.error(), unknown.error());
}

TEST_F(Accounts, RefuseWrongUsedAndExpiredCodesInTheSameWords)
{
    const Invitation kiosk{m_server.business, Role::Kiosk, m_server.salon.shop};
    const PairingCode used = must(m_accounts.makePairingCode(kiosk));
    must(m_accounts.redeem(used.code));
    const PairingCode expired = must(m_accounts.makePairingCode(kiosk));
    m_server.clock.pass(Millis(protocol::pairingCodeLifeMs + 1));

    for (const QString &code : {u"ABCDEFGH"_qs, QString(), used.code, expired.code}) {
        const auto refused = m_accounts.redeem(code);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error(), refusedCredentials());
    }
}

TEST_F(Accounts, ForgetExpiredCodesWhenTheNextIsMade)
{
    const Invitation kiosk{m_server.business, Role::Kiosk, m_server.salon.shop};
    must(m_accounts.makePairingCode(kiosk));
    m_server.clock.pass(Millis(protocol::pairingCodeLifeMs + 1));
    must(m_accounts.makePairingCode(kiosk));
    EXPECT_EQ(m_server.count(u"pairing_code"_qs), 1);
}

TEST_F(Accounts, MakeNoMoreCodesThanMayWaitToBeUsed)
{
    const Invitation kiosk{m_server.business, Role::Kiosk, m_server.salon.shop};
    for (qint64 i = 0; i < limits::pairingCodesOfBusiness; ++i)
        must(m_accounts.makePairingCode(kiosk));
    EXPECT_THAT(m_accounts.makePairingCode(kiosk), FailsWith(ErrorCode::RateLimited));
    const Invitation elsewhere{m_server.opened(u"ben@example.com"_qs), Role::Kiosk, m_server.salon.shop};
    EXPECT_THAT(m_accounts.makePairingCode(elsewhere), Succeeds());
    m_server.clock.pass(Millis(protocol::pairingCodeLifeMs + 1));
    EXPECT_THAT(m_accounts.makePairingCode(kiosk), Succeeds());
}

TEST_F(Accounts, LetNoMoreDevicesInThanABusinessMayHave)
{
    const Invitation kiosk{m_server.business, Role::Kiosk, m_server.salon.shop};
    const PairingCode code = must(m_accounts.makePairingCode(kiosk));
    Device last;
    must(storage::inTransaction(m_server.store->database(), [&]() -> Result<void> {
        for (qint64 i = m_server.count(u"device"_qs); i < limits::devicesOfBusiness; ++i)
            last = must(m_accounts.enrol(kiosk, cardOf(u"Kiosk"_qs)));
        return {};
    }));
    EXPECT_THAT(m_server.store->enrolByCode(code.code, cardOf(u"One more"_qs)),
                FailsWith(ErrorCode::Unavailable));
    must(m_accounts.revoke(last.id));
    EXPECT_THAT(m_server.store->enrolByCode(code.code, cardOf(u"One more"_qs)), Succeeds())
        << "the code was not used up";
}

TEST_F(Accounts, NeverStoreACodeItself)
{
    const PairingCode made = must(m_accounts.makePairingCode({m_server.business, Role::Kiosk, {}}));
    must(m_server.store->database().checkpoint());
    QFile file(m_server.folder.filePath(u"strop.db"_qs));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray content = file.readAll();
    EXPECT_TRUE(content.contains("anna@example.com")) << "what is stored would be found";
    EXPECT_FALSE(content.contains(made.code.toUtf8()));
}

TEST_F(Accounts, ListEveryDeviceInTheOrderOfEnrolment)
{
    const Device kiosk = m_server.enrolled(Role::Kiosk, m_server.business);
    m_server.clock.pass(Millis(1));
    const Device display = m_server.enrolled(Role::Display, m_server.business);
    must(m_accounts.revoke(kiosk.id));
    const std::vector<Device> all = must(m_accounts.devices());
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].id, kiosk.id);
    EXPECT_TRUE(all[0].revoked);
    EXPECT_EQ(all[0].publicKey, kiosk.publicKey);
    EXPECT_EQ(all[1].id, display.id);
    EXPECT_EQ(all[1].role, Role::Display);
    EXPECT_FALSE(all[1].revoked);
}
