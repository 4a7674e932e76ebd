#include "tests/load/latency_histogram.h"
#include "tests/load/send_mark.h"
#include "tests/load/web_socket.h"

#include <gtest/gtest.h>

namespace strop::load {
namespace {

using namespace std::chrono_literals;

/// A server's frame: unmasked.
QByteArray serverFrame(quint8 first, const QByteArray &payload)
{
    QByteArray frame;
    frame.append(char(first));
    if (payload.size() > 125) {
        frame.append(char(126));
        frame.append(char(payload.size() >> 8));
    }
    frame.append(char(payload.size() & 0xFF));
    return frame + payload;
}

QList<QByteArray> read(FrameReader &reader, const QByteArray &bytes)
{
    QList<QByteArray> messages;
    EXPECT_TRUE(reader.feed(bytes, [&](QByteArrayView message) { messages += message.toByteArray(); }));
    return messages;
}

TEST(FrameReader, MessagesThatArriveTogetherAreTakenApart)
{
    FrameReader reader;
    EXPECT_EQ(read(reader, serverFrame(0x82, "one") + serverFrame(0x82, "two")),
              (QList<QByteArray>{"one", "two"}));
}

TEST(FrameReader, MessageThatArrivesByteByByteIsPutTogether)
{
    const QByteArray payload(300, 'x');
    FrameReader reader;
    QList<QByteArray> messages;
    for (const char byte : serverFrame(0x82, payload))
        messages += read(reader, QByteArray(1, byte));
    EXPECT_EQ(messages, QList<QByteArray>{payload});
}

TEST(FrameReader, FragmentsBecomeOneMessage)
{
    FrameReader reader;
    EXPECT_EQ(read(reader, serverFrame(0x02, "be") + serverFrame(0x00, "ginn") + serverFrame(0x80, "ing")),
              QList<QByteArray>{"beginning"});
}

TEST(FrameReader, CloseEndsTheReading)
{
    FrameReader reader;
    EXPECT_FALSE(reader.feed(serverFrame(0x88, ""), [](QByteArrayView) {}));
}

TEST(ClientFrame, IsMaskedAndHoldsItsPayloadAsItIs)
{
    EXPECT_EQ(clientFrame(QByteArrayLiteral("hi")), QByteArray("\x82\x82\0\0\0\0hi", 8));
}

TEST(SendMark, IsFoundAgainAmongOtherBytes)
{
    const bench::Stopwatch::time_point sent(123456789ns);
    std::vector<bench::Stopwatch::time_point> found;
    eachMark("row " + markedId(sent).toBytes() + " and " + markedId(sent + 1ns).toBytes(),
             [&](bench::Stopwatch::time_point one) { found.push_back(one); });
    EXPECT_EQ(found, (std::vector{sent, sent + 1ns}));
}

TEST(SendMark, CutOffMarkIsNotRead)
{
    const QByteArray cut = markedId(bench::Stopwatch::time_point(1ns)).toBytes().chopped(1);
    eachMark(cut, [](bench::Stopwatch::time_point) { FAIL(); });
}

TEST(LatencyHistogram, PercentilesAreWithinTwoPercent)
{
    LatencyHistogram histogram;
    for (int i = 1; i <= 1000; ++i)
        histogram.add(std::chrono::microseconds(100 * i));
    EXPECT_NEAR(double(histogram.percentile(50).count()), 50e6, 1e6);
    EXPECT_NEAR(double(histogram.percentile(99).count()), 99e6, 2e6);
}

TEST(LatencyHistogram, ThoseOfTwoProcessesAddUp)
{
    LatencyHistogram one;
    LatencyHistogram other;
    one.add(1ms);
    other.add(100ms);
    one.add(LatencyHistogram::fromJson(other.toJson()));
    EXPECT_EQ(one.count(), 2);
    EXPECT_GT(one.percentile(100), 99ms);
    EXPECT_LT(one.percentile(50), 2ms);
}

} // namespace
} // namespace strop::load
