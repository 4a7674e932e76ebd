#include "kiosk/device/kiosk_pairing.h"

#include "tests/unit/eventually.h"
#include "tests/unit/expect.h"

#include <QSignalSpy>
#include <QTemporaryDir>

/// The first start of a kiosk, up to the request. What a server answers is shown by the scenario tests.
namespace strop::kiosk {
namespace {

using test::eventually;

struct Pairing : testing::Test
{
    void type(const QString &code) { pairing.setProperty("code", code); }

    QTemporaryDir folder;
    KioskPairing pairing{folder.path(), QStringLiteral("http://127.0.0.1:1")};
    QSignalSpy paired{&pairing, &KioskPairing::paired};
};

TEST_F(Pairing, IsCompleteWithAnAddressAndAWholeCode)
{
    EXPECT_FALSE(pairing.isComplete());
    type(QStringLiteral("ABCD-EFG"));
    EXPECT_FALSE(pairing.isComplete());
    type(QStringLiteral("abcd efgh"));
    EXPECT_TRUE(pairing.isComplete());
    pairing.setProperty("server", QStringLiteral("  "));
    EXPECT_FALSE(pairing.isComplete());
}

TEST_F(Pairing, AnIncompleteCodeIsNotSent)
{
    type(QStringLiteral("ABC"));
    pairing.pair();
    EXPECT_FALSE(pairing.isBusy());
}

TEST_F(Pairing, WhatIsNoAddressIsSaidAtOnce)
{
    type(QStringLiteral("ABCD-EFGH"));
    pairing.setProperty("server", QStringLiteral("ftp://shop"));
    pairing.pair();
    EXPECT_FALSE(pairing.isBusy());
    EXPECT_TRUE(pairing.problem().contains(QStringLiteral("ftp://shop")));
}

TEST_F(Pairing, AServerOutOfReachIsSaidAndTheFolderStaysUnpaired)
{
    type(QStringLiteral("ABCD-EFGH"));
    pairing.pair();
    EXPECT_TRUE(pairing.isBusy());
    ASSERT_TRUE(eventually([&] { return !pairing.isBusy(); }));
    EXPECT_TRUE(pairing.problem().contains(QStringLiteral("127.0.0.1"))) << pairing.problem().toStdString();
    EXPECT_EQ(paired.count(), 0);
    EXPECT_THAT(sync::loadIdentity(folder.path()), test::FailsWith(ErrorCode::NotFound));
}

TEST_F(Pairing, TryingAgainForgetsTheLastProblem)
{
    type(QStringLiteral("ABCD-EFGH"));
    pairing.pair();
    ASSERT_TRUE(eventually([&] { return !pairing.problem().isEmpty(); }));
    pairing.pair();
    EXPECT_TRUE(pairing.isBusy());
    EXPECT_EQ(pairing.problem(), QString());
}

} // namespace
} // namespace strop::kiosk
