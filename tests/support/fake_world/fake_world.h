#pragma once

#include "tests/support/fake_world/fake_device.h"
#include "tests/support/fake_world/stranger.h"
#include "tests/support/faulty_vfs/faulty_vfs.h"

#include <QTemporaryDir>
#include <gmock/gmock.h>

namespace strop::test {

/// A whole business in one process and one thread: the real server, an owner's desktop and a kiosk, each on a
/// folder of its own, joined by a stepped network on virtual time. Change things on any side, settle(), and
/// expect that the world agrees(). After the FakeFolder of Nextcloud's sync engine tests
/// (https://github.com/nextcloud/desktop, test/syncenginetestutils.h).
class FakeWorld
{
public:
    explicit FakeWorld(const FakeServer::Settings &settings = {}, quint64 seed = 1);
    ~FakeWorld();

    const FakeShop shop;

    [[nodiscard]] FakeServer &server() { return *m_server; }
    [[nodiscard]] FakeDevice &desktop() { return *m_devices.at(0); }
    [[nodiscard]] FakeDevice &kiosk() { return *m_devices.at(1); }
    [[nodiscard]] EventQueue &time() { return m_time; }

    /// What every folder is on: "server" and, in the order of their coming, "device-1", "device-2", …
    [[nodiscard]] FaultyVfs &disk() { return m_disk; }
    [[nodiscard]] BusinessId business() const { return m_business; }

    /// Pairs one more device by a code, and starts it.
    FakeDevice &addDevice(Role role);

    /// Starts a second device on a copy of another one's folder, as it is now.
    FakeDevice &addCopyOf(const FakeDevice &original);

    /// Pairs a device that does not run once more, on the folder that it has.
    void pairAgain(const FakeDevice &device, Role role);

    /// Somebody else on the network.
    [[nodiscard]] std::unique_ptr<Stranger> addStranger();

    /// Lets time pass.
    void pass(Millis duration) { m_time.pass(duration); }

    /// Lets time pass until every device that runs and has a way to the server holds all that the server has
    /// and has nothing left to send. Fails the test when that has not come after five minutes.
    void settle();

    /// Asks the server something as a device, and waits for the answer.
    [[nodiscard]] Result<QCborMap> ask(FakeDevice &device, const QString &method, const QCborMap &arguments);

    /// Writes of the server's own tools.
    void writeAsOwner(const std::vector<mutators::Mutation> &mutations);

    /// What is not as it must be once the world has settled, in words: a running device that holds other rows
    /// than the server shows to its role or still has writes waiting, a barber with two customers at once, a
    /// confirmed write that the server has not settled exactly once, a refused one that nobody was told of.
    [[nodiscard]] QStringList disagreements() const;

    [[nodiscard]] const std::vector<std::unique_ptr<FakeDevice>> &devices() const { return m_devices; }

private:
    FakeDevice &add(const sync::DeviceIdentity &identity);
    [[nodiscard]] QString newFolder();
    [[nodiscard]] bool hasSettled();

    FaultyVfs m_disk;
    QTemporaryDir m_dir;
    EventQueue m_time;
    quint64 m_seed;
    int m_folders = 0;
    BusinessId m_business;
    std::unique_ptr<FakeServer> m_server;
    std::vector<std::unique_ptr<FakeDevice>> m_devices;
};

MATCHER(agrees, "agrees")
{
    const QStringList found = arg.disagreements();
    for (const QString &one : found)
        *result_listener << "\n  " << one.toStdString();
    return found.isEmpty();
}

/// For failure messages.
void PrintTo(const FakeWorld &world, std::ostream *out);

} // namespace strop::test
