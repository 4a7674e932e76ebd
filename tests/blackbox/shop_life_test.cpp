#include "tests/blackbox/shell.h"
#include "tests/unit/eventually.h"

using namespace strop;
using namespace strop::test;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

QJsonObject booking(const Shell &shell, const char *start)
{
    return {{u"id"_qs, shell.freshId()},        {u"visit_id"_qs, shell.freshId()},
            {u"shop_id"_qs, Shell::shop},       {u"staff_id"_qs, Shell::barber},
            {u"service_id"_qs, Shell::service}, {u"start_ms"_qs, QString::fromLatin1(start)},
            {u"source"_qs, u"kiosk"_qs}};
}

/// A `strop-device watch` that runs beside the test.
class Watch
{
public:
    Watch(const Shell &shell, const QString &device, const QString &table)
    {
        endWithParent(m_process);
        m_process.start(realPrograms().path("strop-device"),
                        {u"--data"_qs, shell.folder(device), u"watch"_qs, table});
    }
    ~Watch()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    [[nodiscard]] bool prints(const QByteArray &text)
    {
        return eventually([&] {
            m_printed += m_process.readAllStandardOutput();
            return m_printed.contains(text);
        });
    }
    [[nodiscard]] bool ends()
    {
        return eventually([this] { return m_process.state() == QProcess::NotRunning; }, 15'000);
    }
    [[nodiscard]] int exitCode() const { return m_process.exitCode(); }
    [[nodiscard]] QByteArray complaint() { return m_process.readAllStandardError(); }

private:
    QProcess m_process;
    QByteArray m_printed;
};

using ShopLife = RunningShop;

} // namespace

TEST_F(ShopLife, AWriteIsPendingUntilItIsSyncedAndThenStandsOnAnotherDevice)
{
    m_shell.pair(u"laptop"_qs, u"owner"_qs);
    m_shell.addCustomer(u"desk"_qs, u"Rosina"_qs);
    const auto waiting = jsonLines(m_shell.device(u"desk"_qs, {u"pending"_qs}));
    ASSERT_THAT(waiting, SizeIs(1));
    EXPECT_EQ(waiting.front().value(u"mutation"_qs).toString(), u"customer.put"_qs);
    EXPECT_EQ(waiting.front().value(u"state"_qs).toString(), u"waiting"_qs);
    m_shell.sync(u"desk"_qs);
    EXPECT_EQ(m_shell.device(u"desk"_qs, {u"pending"_qs}), "");
    m_shell.sync(u"laptop"_qs);
    const auto found = jsonLines(
        m_shell.device(u"laptop"_qs, {u"query"_qs, u"customer"_qs, u"--where"_qs, u"name=Rosina"_qs}));
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found.front().value(u"phone"_qs).toString(), u"+447700900123"_qs);
    EXPECT_EQ(m_shell.device(u"laptop"_qs, {u"query"_qs, u"customer"_qs, u"--where"_qs, u"name=Bartolo"_qs}),
              "");
}

TEST_F(ShopLife, AKioskBooksButSeesNoCustomersAndNoMoney)
{
    m_shell.addCustomer(u"desk"_qs, u"Rosina"_qs);
    m_shell.sync(u"desk"_qs);
    m_shell.pair(u"kiosk"_qs, u"kiosk"_qs);
    m_shell.sync(u"kiosk"_qs);
    m_shell.mutate(u"kiosk"_qs, u"appointment.book"_qs, booking(m_shell, "2026-05-05T10:00:00Z"));
    m_shell.sync(u"kiosk"_qs);
    m_shell.sync(u"desk"_qs);
    const auto seen = m_shell.rows(u"desk"_qs, u"appointment"_qs);
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_EQ(seen.front().value(u"price_minor"_qs).toInt(), 2400);
    const auto own = m_shell.rows(u"kiosk"_qs, u"appointment"_qs);
    ASSERT_THAT(own, SizeIs(1));
    EXPECT_EQ(own.front().value(u"price_minor"_qs).toInt(), 0);
    EXPECT_THAT(m_shell.rows(u"kiosk"_qs, u"customer"_qs), IsEmpty());
}

TEST_F(ShopLife, OfTwoOfflineBookingsForOneChairTheLoserIsToldAndNothingElseIsLost)
{
    m_shell.pair(u"laptop"_qs, u"owner"_qs);
    m_shell.sync(u"laptop"_qs);
    must(m_shell.server().stop());
    for (const QString &device : {u"desk"_qs, u"laptop"_qs})
        m_shell.mutate(device, u"appointment.book"_qs, booking(m_shell, "2026-05-05T10:00:00Z"));
    m_shell.addCustomer(u"laptop"_qs, u"Rosina"_qs);
    must(m_shell.server().start());
    m_shell.sync(u"desk"_qs);
    m_shell.sync(u"laptop"_qs);
    const auto left = jsonLines(m_shell.device(u"laptop"_qs, {u"pending"_qs}));
    ASSERT_THAT(left, SizeIs(1));
    EXPECT_EQ(left.front().value(u"state"_qs).toString(), u"rejected"_qs);
    EXPECT_EQ(left.front().value(u"code"_qs).toString(), u"slot_taken"_qs);
    m_shell.sync(u"desk"_qs);
    EXPECT_THAT(m_shell.rows(u"desk"_qs, u"customer"_qs), SizeIs(1));
    EXPECT_EQ(m_shell.rows(u"desk"_qs, u"appointment"_qs), m_shell.rows(u"laptop"_qs, u"appointment"_qs));
    EXPECT_THAT(m_shell.rows(u"desk"_qs, u"appointment"_qs), SizeIs(1));
}

TEST_F(ShopLife, SomebodyWhoWatchesSeesAWriteOfAnotherDeviceArrive)
{
    m_shell.pair(u"laptop"_qs, u"owner"_qs);
    Watch watch(m_shell, u"laptop"_qs, u"customer"_qs);
    ASSERT_TRUE(watch.prints(R"({"live":true})"));
    m_shell.addCustomer(u"desk"_qs, u"Rosina"_qs);
    m_shell.sync(u"desk"_qs);
    EXPECT_TRUE(watch.prints("Rosina"));
}

TEST_F(ShopLife, ARevokedDeviceIsCutOffWithinSecondsAndStaysOut)
{
    m_shell.pair(u"kiosk"_qs, u"kiosk"_qs);
    Watch watch(m_shell, u"kiosk"_qs, u"shop"_qs);
    ASSERT_TRUE(watch.prints(R"({"live":true})"));
    m_shell.admin({u"revoke"_qs, m_shell.identityOf(u"kiosk"_qs).enrolment.device.toString()});
    ASSERT_TRUE(watch.ends());
    EXPECT_EQ(watch.exitCode(), 1);
    EXPECT_TRUE(watch.complaint().contains("strop-device: "));
    EXPECT_FALSE(m_shell.tryDevice(u"kiosk"_qs, {u"sync"_qs, u"--until-idle"_qs}));
    m_shell.sync(u"desk"_qs);
}

TEST_F(ShopLife, TheServersDataVerifiesWhileItRunsAndAfterwards)
{
    m_shell.pair(u"kiosk"_qs, u"kiosk"_qs);
    m_shell.sync(u"kiosk"_qs);
    m_shell.mutate(u"kiosk"_qs, u"appointment.book"_qs, booking(m_shell, "2026-05-05T10:00:00Z"));
    m_shell.sync(u"kiosk"_qs);
    EXPECT_EQ(m_shell.admin({u"verify"_qs}), "{\"verified\":true}\n");
    must(m_shell.server().stop());
    EXPECT_EQ(m_shell.admin({u"verify"_qs}), "{\"verified\":true}\n");
}

TEST_F(ShopLife, ACodeLetsOneDeviceIn)
{
    const auto made = jsonLines(m_shell.admin({u"pairing-code"_qs})).front();
    const QStringList pair{u"pair"_qs, made.value(u"code"_qs).toString(), u"--server"_qs,
                           m_shell.server().url().toString()};
    EXPECT_THAT(m_shell.tryDevice(u"first"_qs, pair), Succeeds());
    EXPECT_FALSE(m_shell.tryDevice(u"second"_qs, pair));
    EXPECT_FALSE(m_shell.tryDevice(u"first"_qs, pair)) << "a folder is one device";
}
