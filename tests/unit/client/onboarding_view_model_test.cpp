#include "client/onboarding/onboarding_view_model.h"

#include "tests/unit/eventually.h"
#include "tests/unit/live_server.h"

#include <QTimeZone>

/// The first run: what is asked for, and what comes of it at a real server.
namespace strop::client {
namespace {

using test::eventually;
using test::FailsWith;
using test::Succeeds;

struct Onboarding : testing::Test
{
    void type(const char *property, const QString &text) { model.setProperty(property, text); }
    void typeAccount()
    {
        type("businessName", QStringLiteral("Corner Cuts"));
        type("ownerName", QStringLiteral("Ada"));
        type("email", QStringLiteral("ada@corner.example"));
        type("password", QStringLiteral("long enough"));
    }

    const QTemporaryDir folder;
    SystemClock clock;
    SystemRandom random;
    OnboardingViewModel model{folder.path(), QStringLiteral("http://127.0.0.1:1"), clock, random};
    std::optional<sync::DeviceIdentity> paired;
    std::vector<mutators::Mutation> writes;
    const QMetaObject::Connection listening = QObject::connect(
        &model, &OnboardingViewModel::paired, &model,
        [this](const sync::DeviceIdentity &identity, const std::vector<mutators::Mutation> &all) {
            paired = identity;
            writes = all;
        });
};

TEST_F(Onboarding, ProposesTheMachinesZoneAndACurrency)
{
    EXPECT_EQ(model.zones().at(model.zoneIndex()), QString::fromLatin1(QTimeZone::systemTimeZoneId()));
    EXPECT_EQ(model.currencies().at(model.currencyIndex()).size(), 3);
    EXPECT_TRUE(model.zones().contains(QStringLiteral("Europe/Madrid")));
    EXPECT_TRUE(model.currencies().contains(QStringLiteral("EUR")));
}

TEST_F(Onboarding, AnIndexOutsideTheListIsBroughtInside)
{
    model.setZoneIndex(-5);
    EXPECT_EQ(model.zoneIndex(), 0);
    model.setCurrencyIndex(100'000);
    EXPECT_EQ(model.currencyIndex(), model.currencies().size() - 1);
}

TEST_F(Onboarding, CreatingAsksForOneThingAfterTheOther)
{
    EXPECT_TRUE(model.missingToCreate().contains(QStringLiteral("shop")));
    type("businessName", QStringLiteral("Corner Cuts"));
    EXPECT_TRUE(model.missingToCreate().contains(QStringLiteral("your name")));
    type("ownerName", QStringLiteral("Ada"));
    EXPECT_TRUE(model.missingToCreate().contains(QStringLiteral("e-mail")));
    type("email", QStringLiteral("ada@corner.example"));
    EXPECT_TRUE(model.missingToCreate().contains(QStringLiteral("10 characters")));
    type("password", QStringLiteral("too short"));
    EXPECT_TRUE(model.missingToCreate().contains(QStringLiteral("10 characters")));
    type("password", QStringLiteral("long enough"));
    EXPECT_EQ(model.missingToCreate(), QString());
    type("server", QString());
    EXPECT_TRUE(model.missingToCreate().contains(QStringLiteral("server")));
}

TEST_F(Onboarding, JoiningByCodeAsksForAllOfIt)
{
    EXPECT_TRUE(model.missingToJoin().contains(QStringLiteral("8 letters")));
    type("code", QStringLiteral("abcd-efgh"));
    EXPECT_EQ(model.missingToJoin(), QString());
}

TEST_F(Onboarding, NothingIsSentWhileSomethingIsMissing)
{
    model.create();
    model.logIn();
    model.join();
    EXPECT_FALSE(model.isBusy());
}

TEST_F(Onboarding, AServerOutOfReachIsSaidAndNothingIsPaired)
{
    typeAccount();
    model.create();
    EXPECT_TRUE(model.isBusy());
    ASSERT_TRUE(eventually([this] { return !model.isBusy(); }));
    EXPECT_TRUE(model.problem().contains(QStringLiteral("cannot be reached")));
    EXPECT_FALSE(paired);
    EXPECT_THAT(sync::loadIdentity(folder.path()), FailsWith(ErrorCode::NotFound));
}

TEST_F(Onboarding, WhatIsNoAddressIsSaidAtOnce)
{
    typeAccount();
    type("server", QStringLiteral("not an address"));
    model.create();
    EXPECT_FALSE(model.isBusy());
    EXPECT_FALSE(model.problem().isEmpty());
}

TEST_F(Onboarding, OutOfReachOfTheServerEverythingTypedIsKeptAndTheProblemGoesWithTheNextEdit)
{
    typeAccount();
    model.create();
    ASSERT_TRUE(eventually([this] { return !model.isBusy(); }));
    EXPECT_EQ(model.property("password").toString(), QStringLiteral("long enough"));
    EXPECT_EQ(model.property("email").toString(), QStringLiteral("ada@corner.example"));
    EXPECT_FALSE(model.problem().isEmpty());
    type("server", QStringLiteral("http://127.0.0.1:2"));
    EXPECT_EQ(model.problem(), QString());
}

TEST_F(Onboarding, CreatesABusinessAndHandsOnTheWritesThatSetItUp)
{
    const test::LiveServer server;
    typeAccount();
    type("server", server.url());
    model.create();
    ASSERT_TRUE(eventually([this] { return paired || !model.problem().isEmpty(); }));
    ASSERT_TRUE(paired) << model.problem().toStdString();
    EXPECT_EQ(paired->enrolment.role, Role::Owner);
    ASSERT_FALSE(writes.empty());
    EXPECT_EQ(writes.front().name, QStringLiteral("shop.put"));
    EXPECT_THAT(sync::loadIdentity(folder.path()), Succeeds());
}

TEST_F(Onboarding, AWrongPasswordIsRefusedInWords)
{
    const test::LiveServer server;
    type("server", server.url());
    type("email", QStringLiteral("nobody@corner.example"));
    type("password", QStringLiteral("not the right one"));
    model.logIn();
    ASSERT_TRUE(eventually([this] { return !model.problem().isEmpty(); }));
    EXPECT_FALSE(paired);
    EXPECT_FALSE(model.isBusy());
    EXPECT_EQ(model.property("password").toString(), QString());
    EXPECT_EQ(model.property("email").toString(), QStringLiteral("nobody@corner.example"));
}

} // namespace
} // namespace strop::client
