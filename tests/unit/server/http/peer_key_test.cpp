#include "server/http/peer_key.h"

#include "tests/unit/expect.h"

using namespace strop::server;

namespace {

QString keyOf(const QString &address)
{
    return peerKey(QHostAddress(address));
}

} // namespace

TEST(PeerKey, IsTheAddressOnIPv4HoweverItIsWritten)
{
    EXPECT_EQ(keyOf(u"192.0.2.7"_qs), u"192.0.2.7"_qs);
    EXPECT_EQ(keyOf(u"::ffff:192.0.2.7"_qs), u"192.0.2.7"_qs);
    EXPECT_NE(keyOf(u"192.0.2.7"_qs), keyOf(u"192.0.2.8"_qs));
}

TEST(PeerKey, IsTheNetworkOnIPv6)
{
    EXPECT_EQ(keyOf(u"2001:db8:1:2:3:4:5:6"_qs), u"2001:db8:1:2::/64"_qs);
    EXPECT_EQ(keyOf(u"2001:db8:1:2::1"_qs), keyOf(u"2001:db8:1:2:ffff::"_qs));
    EXPECT_NE(keyOf(u"2001:db8:1:2::1"_qs), keyOf(u"2001:db8:1:3::1"_qs));
}

TEST(PeerKey, OfWhatWasForwardedIsTheElementThatTheProxyWroteItself)
{
    EXPECT_EQ(lastForwarded("192.0.2.7"), QHostAddress(u"192.0.2.7"_qs));
    EXPECT_EQ(lastForwarded("198.51.100.1, unknown,192.0.2.7 "), QHostAddress(u"192.0.2.7"_qs));
    EXPECT_EQ(lastForwarded("192.0.2.7, 2001:db8::1"), QHostAddress(u"2001:db8::1"_qs));
    EXPECT_TRUE(lastForwarded("").isNull());
    EXPECT_TRUE(lastForwarded("192.0.2.7, unknown").isNull());
    EXPECT_TRUE(lastForwarded("192.0.2.7,").isNull());
}
