#include "client/device_cli/commands.h"

#include "shared/mutators/customer_card.h"
#include "tests/unit/paired_folder.h"
#include "tests/unit/virtual_clock.h"

#include <QJsonDocument>

/// strop-device on the folder of a paired device: what was mistyped is said, never passed over.
namespace strop::client {
namespace {

using test::FailsSaying;
using test::must;
using test::Succeeds;

struct DeviceCommands : testing::Test
{
    explicit DeviceCommands(Role role = Role::Owner)
        : folder(role, clock)
    {
        folder.confirmAll();
    }

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
    test::PairedFolder folder;
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

struct KioskCommands : DeviceCommands
{
    KioskCommands()
        : DeviceCommands(Role::Kiosk)
    {}

    /// A booking with Ana at noon and a half, for somebody or nobody.
    Result<void> book(const QJsonValue &customer)
    {
        const test::MadridShop &shop = folder.shop;
        QJsonObject arguments{{QStringLiteral("id"), test::uuidOf(90).toString()},
                              {QStringLiteral("visit_id"), test::uuidOf(90).toString()},
                              {QStringLiteral("shop_id"), shop.shop.toString()},
                              {QStringLiteral("staff_id"), shop.ana.toString()},
                              {QStringLiteral("service_id"), shop.cut.toString()},
                              {QStringLiteral("start_ms"), toMs(shop.at(12, 30))}};
        arguments.insert(QStringLiteral("customer"), customer);
        return run(QStringLiteral("mutate"), {QStringLiteral("appointment.book"),
                                              QString::fromUtf8(QJsonDocument(arguments).toJson())});
    }
};

TEST_F(KioskCommands, ABookingsCustomerIsSealedBeforeItIsQueued)
{
    must(book(QJsonObject{{QStringLiteral("name"), QStringLiteral("Elena Ruiz")},
                          {QStringLiteral("phone"), QStringLiteral("+34600111222")}}));
    const auto outbox = must(sync::Outbox::open(folder.path() + QStringLiteral("/outbox.db")));
    ASSERT_EQ(outbox->entries().size(), 1U);
    const QCborMap &arguments = outbox->entries().front().mutation.arguments;
    const QByteArray box = arguments.value(QStringLiteral("sealed_customer")).toByteArray();
    EXPECT_EQ(must(mutators::decodeCard(must(folder.key.open(box)))).name, QStringLiteral("Elena Ruiz"));
    EXPECT_FALSE(arguments.contains(QStringLiteral("customer")));
}

TEST_F(KioskCommands, ACustomerThatCannotBeSealedIsSaid)
{
    EXPECT_THAT(book(5), FailsSaying(ErrorCode::InvalidArgument, QStringLiteral("\"phone\"")));
    EXPECT_THAT(run(QStringLiteral("mutate"),
                    {QStringLiteral("appointment.cancel"),
                     QStringLiteral("{\"id\": \"%1\", \"customer\": {}}").arg(test::uuidOf(71).toString())}),
                FailsSaying(ErrorCode::InvalidArgument, QStringLiteral("Only appointment.book")));
}

TEST_F(KioskCommands, ACustomerInPlainTextIsRefused)
{
    EXPECT_THAT(run(QStringLiteral("mutate"),
                    {QStringLiteral("customer.add"),
                     QStringLiteral("{\"id\": \"%1\", \"shop_id\": \"%2\", \"name\": \"Elena\"}")
                         .arg(test::uuidOf(91).toString(), folder.shop.shop.toString())}),
                FailsSaying(ErrorCode::NotPermitted, QStringLiteral("sealed")));
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
