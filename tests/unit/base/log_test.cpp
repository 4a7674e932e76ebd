#include "shared/base/log.h"

#include "shared/base/result.h"
#include "tests/unit/expect.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <thread>

using namespace strop;

namespace {

/// What `body` wrote to standard error, a JSON object for each line; an empty one for a line that is none.
template <typename Body>
std::vector<QJsonObject> linesOf(const Body &body)
{
    testing::internal::CaptureStderr();
    body();
    const QByteArray written = QByteArray::fromStdString(testing::internal::GetCapturedStderr());
    std::vector<QJsonObject> lines;
    for (const QByteArray &line : written.split('\n')) {
        if (!line.isEmpty())
            lines.push_back(QJsonDocument::fromJson(line).object());
    }
    return lines;
}

QString text(const QJsonObject &line, const char *key)
{
    return line.value(QLatin1String(key)).toString();
}

} // namespace

TEST(Log, WritesOneJsonObjectALineWithTimeLevelAndEvent)
{
    const auto lines = linesOf([] {
        log::info("server_started", {{"port", 8420}, {"address", u"127.0.0.1"_qs}});
        log::warning("disk_low");
    });
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(text(lines[0], "level"), u"info"_qs);
    EXPECT_EQ(text(lines[0], "event"), u"server_started"_qs);
    EXPECT_EQ(lines[0].value(u"port"_qs).toInt(), 8420);
    EXPECT_EQ(text(lines[1], "level"), u"warning"_qs);
    const QDateTime time = QDateTime::fromString(text(lines[0], "time"), Qt::ISODateWithMs);
    EXPECT_TRUE(time.isValid());
    EXPECT_EQ(time.timeSpec(), Qt::UTC);
}

TEST(Log, EscapesWhatWouldBreakTheLine)
{
    const QString hostile = u"a\"b\\c\ne\rf\tg\x01 ü €"_qs;
    const auto lines = linesOf([&] { log::error("odd", {{"text", hostile}}); });
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(text(lines[0], "text"), hostile);
}

TEST(Log, DropsLinesBelowItsLevel)
{
    const auto lines = linesOf([] {
        log::debug("hidden");
        log::setLevel(log::Level::Error);
        log::warning("hidden");
        log::error("shown");
        log::setLevel(log::Level::Info);
    });
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(text(lines[0], "event"), u"shown"_qs);
}

TEST(Log, AnErrorCarriesItsCodeMessageAndDetail)
{
    const auto lines = linesOf([] {
        log::error("save_failed", Error{ErrorCode::StorageFull, u"Free some space."_qs, u"[13]"_qs},
                   {{"attempt", 2}});
    });
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(text(lines[0], "code"), u"storage_full"_qs);
    EXPECT_EQ(text(lines[0], "message"), u"Free some space."_qs);
    EXPECT_EQ(text(lines[0], "detail"), u"[13]"_qs);
    EXPECT_EQ(lines[0].value(u"attempt"_qs).toInt(), 2);
}

TEST(Log, TakesTheMessagesOfQtToo)
{
    const auto lines = linesOf([] {
        log::captureQtMessages();
        qWarning("a library\nsays");
        qInstallMessageHandler(nullptr);
    });
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(text(lines[0], "event"), u"qt"_qs);
    EXPECT_EQ(text(lines[0], "level"), u"warning"_qs);
    EXPECT_EQ(text(lines[0], "message"), u"a library\nsays"_qs);
}

TEST(Log, KeepsTheLinesOfSeveralThreadsApart)
{
    constexpr int threads = 4;
    constexpr int linesPerThread = 250;
    const auto lines = linesOf([] {
        std::vector<std::jthread> writers;
        for (int i = 0; i < threads; ++i)
            writers.emplace_back([i] {
                for (int n = 0; n < linesPerThread; ++n)
                    log::info("tick", {{"thread", i}, {"text", QString(200, u'x')}});
            });
    });
    ASSERT_EQ(lines.size(), size_t(threads * linesPerThread));
    for (const QJsonObject &line : lines)
        ASSERT_EQ(text(line, "event"), u"tick"_qs);
}
