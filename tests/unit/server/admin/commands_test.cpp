#include "server/admin/commands.h"

#include "tests/unit/server/salon_server.h"

#include <QJsonDocument>

using namespace strop;
using namespace strop::server;
using namespace strop::test;

namespace {

/// strop-admin on the folder of a salon.
class Admin : public testing::Test
{
protected:
    [[nodiscard]] Result<QJsonObject> run(const QString &verb, const QStringList &arguments = {},
                                          const std::function<void(AdminCall &)> &adjust = {})
    {
        AdminCall call;
        call.verb = verb;
        call.arguments = arguments;
        call.dataDir = m_server.folder.path();
        if (adjust)
            adjust(call);
        m_printed.clear();
        QTextStream out(&m_printed);
        STROP_TRY(runAdmin(call, m_server.clock, m_server.random, out));
        return QJsonDocument::fromJson(m_printed.toUtf8().split('\n').front()).object();
    }

    SalonServer m_server;
    QString m_printed;
};

} // namespace

TEST_F(Admin, MakesACodeThatLetsAKioskIn)
{
    const QJsonObject made = must(run(u"pairing-code"_qs));
    const QString code = protocol::normalisedPairingCode(made.value(u"code"_qs).toString());
    const auto enrolment = must(m_server.store->enrolByCode(code, cardOf(u"Tablet"_qs)));
    EXPECT_EQ(enrolment.role, Role::Kiosk);
    EXPECT_EQ(enrolment.shop, m_server.salon.shop);
}

TEST_F(Admin, AsksWhichBusinessIsMeantWhenThereAreTwo)
{
    const BusinessId other = m_server.opened(u"ben@example.com"_qs);
    EXPECT_THAT(run(u"pairing-code"_qs), FailsSaying(ErrorCode::InvalidArgument, u"--business"_qs));
    EXPECT_THAT(run(u"pairing-code"_qs, {}, [&](AdminCall &call) { call.business = other.toString(); }),
                Succeeds());
}

TEST_F(Admin, CreatesABusinessOnlyWithAPasswordAndAnAddress)
{
    const auto with = [](const QString &email, const QString &password) {
        return [=](AdminCall &call) {
            call.email = email;
            call.password = password;
        };
    };
    const QStringList name{u"Sharp Cuts"_qs};
    EXPECT_THAT(run(u"create-business"_qs, name, with({}, u"long enough"_qs)),
                FailsSaying(ErrorCode::InvalidArgument, u"--email"_qs));
    EXPECT_THAT(run(u"create-business"_qs, name, with(u"zoe@example.com"_qs, u"short"_qs)),
                FailsSaying(ErrorCode::InvalidArgument, u"--password-stdin"_qs));
    EXPECT_THAT(run(u"create-business"_qs, name, with(u"nope"_qs, u"long enough"_qs)),
                FailsSaying(ErrorCode::InvalidArgument, u"not an e-mail address"_qs));
    EXPECT_THAT(run(u"create-business"_qs, name, with(u"zoe@example.com"_qs, u"long enough"_qs)), Succeeds());
    EXPECT_TRUE(must(m_server.store->accountOf(u"zoe@example.com"_qs)));
}

TEST_F(Admin, ListsDevicesAndRevokesOneOfThem)
{
    const Device kiosk = m_server.enrolled(Role::Kiosk, m_server.business);
    EXPECT_EQ(must(run(u"devices"_qs)).value(u"id"_qs).toString(), kiosk.id.toString());
    must(run(u"revoke"_qs, {kiosk.id.toString()}));
    EXPECT_TRUE(must(run(u"devices"_qs)).value(u"revoked"_qs).toBool());
    EXPECT_THAT(run(u"revoke"_qs, {idOf<DeviceId>(99).toString()}), FailsWith(ErrorCode::NotFound));
    EXPECT_THAT(run(u"revoke"_qs, {u"the tablet"_qs}), FailsWith(ErrorCode::InvalidArgument));
}

TEST_F(Admin, SaysOfEveryDefectWhatItIsAndFails)
{
    EXPECT_TRUE(must(run(u"verify"_qs)).value(u"verified"_qs).toBool());
    must(m_server.store->database().run(u"UPDATE shop SET version = 1000"_qs));
    EXPECT_THAT(run(u"verify"_qs), FailsWith(ErrorCode::StorageCorrupt));
    EXPECT_TRUE(m_printed.contains(u"above the newest"_qs));
}

TEST(AdminHelp, SetsTheVerbsApartFromWhatTheyDo)
{
    EXPECT_TRUE(adminVerbs().contains(u"\n  create-business  NAME"_qs));
    EXPECT_TRUE(adminVerbs().contains(u"\n  devices          every device"_qs));
}

TEST_F(Admin, NamesTheVerbsAndRolesWhenThereIsNoSuchOne)
{
    EXPECT_THAT(run(u"shave"_qs), FailsSaying(ErrorCode::InvalidArgument, u"pairing-code"_qs));
    EXPECT_THAT(run(u"pairing-code"_qs, {}, [](AdminCall &call) { call.role = u"king"_qs; }),
                FailsSaying(ErrorCode::InvalidArgument, u"barber"_qs));
}

TEST_F(Admin, MakesNoDatabaseInAFolderThatWasMistyped)
{
    const QString mistyped = m_server.folder.filePath(u"mistyped"_qs);
    EXPECT_THAT(run(u"verify"_qs, {}, [&](AdminCall &call) { call.dataDir = mistyped; }),
                FailsSaying(ErrorCode::NotFound, mistyped));
    EXPECT_FALSE(QFile::exists(mistyped));
}
