#include "kiosk/device/connection_status.h"

#include "tests/unit/live_server.h"
#include "tests/unit/open_device.h"

#include <QSignalSpy>

/// What the kiosk says of its connection, over real devices.
namespace strop::kiosk {
namespace {

using test::eventually;

TEST(ConnectionStatus, WithoutAServerItIsOfflineAndNeedsNobody)
{
    test::OpenDevice device(Role::Kiosk);
    device.folder.confirmAll();
    const ConnectionStatus status(device.host);
    QSignalSpy changed(&status, &ConnectionStatus::changed);
    ASSERT_TRUE(device.start());
    ASSERT_TRUE(eventually([&] { return changed.count() > 0; }));
    EXPECT_FALSE(status.isOnline());
    EXPECT_EQ(status.problem(), QString());
}

TEST(ConnectionStatus, ADeviceThatItsServerDoesNotKnowTellsTheStaff)
{
    test::LiveServer server;
    test::PairedFolder folder(Role::Kiosk, server.clock);
    sync::DeviceIdentity stranger = folder.identity();
    stranger.server = QUrl(server.url());
    net::ReplicaHost host(folder.path(), stranger, server.clock, server.random);
    const ConnectionStatus status(host);
    host.start();
    ASSERT_TRUE(eventually([&] { return !status.problem().isEmpty(); }));
    EXPECT_FALSE(status.isOnline());
}

} // namespace
} // namespace strop::kiosk
