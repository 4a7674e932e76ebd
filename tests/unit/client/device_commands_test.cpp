#include "client/device_cli/commands.h"

#include "tests/unit/paired_folder.h"
#include "tests/unit/virtual_clock.h"

/// strop-device on the folder of a paired device: what was mistyped is said, never passed over.
namespace strop::client {
namespace {

using test::FailsSaying;
using test::must;
using test::Succeeds;

struct DeviceCommands : testing::Test
{
    DeviceCommands() { folder.confirmAll(); }

    Result<void> run(const QString &verb, const QStringList &arguments, const QStringList &where = {})
    {
        DeviceCall call;
        call.verb = verb;
        call.arguments = arguments;
        call.dataDir = folder.path();
        call.where = where;
        printed.clear();
        QTextStream out(&printed);
        return runDevice(call, clock, random, out);
    }

    test::VirtualClock clock;
    SystemRandom random;
    test::PairedFolder folder{Role::Owner, clock};
    QString printed;
};

TEST_F(DeviceCommands, AQueryPrintsTheRowsOfWhichTheConditionHolds)
{
    must(run(QStringLiteral("query"), {QStringLiteral("staff")}, {QStringLiteral("name=Ana")}));
    EXPECT_EQ(printed.count(u'\n'), 1);
    EXPECT_TRUE(printed.contains(QStringLiteral("\"name\":\"Ana\"")));
}

TEST_F(DeviceCommands, AQueryOverAColumnThatIsNotThereNamesTheColumns)
{
    EXPECT_THAT(run(QStringLiteral("query"), {QStringLiteral("appointment")}, {QStringLiteral("bogus=1")}),
                FailsSaying(ErrorCode::InvalidArgument, QStringLiteral("start_ms")));
    EXPECT_THAT(run(QStringLiteral("query"), {QStringLiteral("appointment")}, {QStringLiteral("version>0")}),
                Succeeds());
}

TEST_F(DeviceCommands, ArgumentsThatAreAnArrayAreCalledOne)
{
    EXPECT_THAT(run(QStringLiteral("mutate"), {QStringLiteral("staff.put"), QStringLiteral("[1]")}),
                FailsSaying(ErrorCode::InvalidArgument, QStringLiteral("array")));
}

TEST_F(DeviceCommands, AnArgumentTooManyIsNamed)
{
    for (const char *verb : {"pending", "sync", "id"})
        EXPECT_THAT(run(QString::fromLatin1(verb), {QStringLiteral("appointment")}),
                    FailsSaying(ErrorCode::InvalidArgument, QStringLiteral("appointment")))
            << verb;
}

TEST(DeviceTimeout, IsAWholeNumberOfSeconds)
{
    EXPECT_EQ(must(readSeconds(QStringLiteral("5"))), 5);
    for (const char *text : {"abc", "", "0", "-1", "1.5", "5s"})
        EXPECT_THAT(readSeconds(QString::fromLatin1(text)),
                    FailsSaying(ErrorCode::InvalidArgument, QStringLiteral("seconds")))
            << text;
}

TEST(DeviceHelp, SetsTheVerbsApartFromWhatTheyDo)
{
    EXPECT_TRUE(deviceVerbs().contains(QStringLiteral("\n  pair     CODE")));
    EXPECT_TRUE(deviceVerbs().contains(QStringLiteral("\n  pending  the writes")));
}

} // namespace
} // namespace strop::client
