#include "tests/blackbox/raw_client.h"
#include "tests/blackbox/shell.h"
#include "tests/unit/http_client.h"

/// Connections on which nothing comes: a pulled cable, or a stranger who only holds the line.

using namespace strop;
using namespace strop::test;

TEST(SilentPeers, AreGivenUpAndTheServerGoesOn)
{
    Shell shell;
    shell.configure("heartbeat-ms = 2000\n");
    shell.openShop();
    const QUrl url = shell.server().url();
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 5; ++i) {
        silent.push_back(std::make_unique<RawClient>(url));
        ASSERT_TRUE(silent.back()->isChallenged());
    }
    for (const auto &client : silent)
        EXPECT_TRUE(client->isClosed());
    EXPECT_EQ(HttpClient().get(url, u"/health"_qs).status, 200);
    EXPECT_THAT(shell.server().stop(), Succeeds());
}
