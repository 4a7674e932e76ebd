#pragma once

#include "shared/sync/device_identity.h"
#include "tests/support/driver/program.h"
#include "tests/unit/expect.h"

#include <QJsonObject>
#include <QTemporaryDir>

namespace strop::test {

/// How a program ended.
struct Ending
{
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

/// Where the programs under test are: the folder that this program was built for.
[[nodiscard]] Programs realPrograms();

/// Runs one of them to its end. `asNobody` gives root up first, because root may write everywhere.
[[nodiscard]] Ending run(const char *program, const QStringList &arguments, const QByteArray &input = {},
                         bool asNobody = false);

/// What a program printed as JSON lines.
[[nodiscard]] std::vector<QJsonObject> jsonLines(const QByteArray &printed);

/// A person at a shell with the real programs: one server's data folder, and any number of devices by name.
class Shell
{
public:
    Shell();

    /// Runs strop-admin on the server's folder, whether or not the server runs. Throws when it fails.
    QByteArray admin(const QStringList &arguments, const QByteArray &input = {}) const;

    /// Runs strop-device in the folder of a device. Throws when it fails.
    QByteArray device(const QString &name, const QStringList &arguments) const;
    [[nodiscard]] Result<QByteArray> tryDevice(const QString &name, const QStringList &arguments) const;

    /// Queues a write. Throws when it is refused.
    void mutate(const QString &device, const QString &name, const QJsonObject &arguments) const;
    void sync(const QString &device) const;
    [[nodiscard]] std::vector<QJsonObject> rows(const QString &device, const QString &table) const;

    /// A business with its owner's account, made before the server runs.
    void createBusiness() const;

    /// Lets a device in by a code of strop-admin. The server runs.
    void pair(const QString &device, const QString &role) const;

    /// A running server with a business; its owner's device "desk" has made one shop with a barber, a service
    /// and hours, and is in sync.
    void openShop();

    /// A write to that shop's customers.
    void addCustomer(const QString &device, const QString &name) const;

    [[nodiscard]] QString folder(const QString &name) const { return m_dir.filePath(name); }
    [[nodiscard]] sync::DeviceIdentity identityOf(const QString &device) const;
    [[nodiscard]] QString freshId() const;
    [[nodiscard]] ServerUnderTest &server() { return m_server; }

    /// Writes the server's configuration file, before it starts.
    void configure(const QByteArray &settings) const;

    /// What the server has logged, a line each; those of one event alone when it is given.
    [[nodiscard]] std::vector<QJsonObject> log(const QString &event = {}) const;
    [[nodiscard]] QByteArray rawLog() const;

    static const QString email;
    static const QByteArray password;
    static const QString shop;
    static const QString barber;
    static const QString service;

private:
    QTemporaryDir m_dir;
    ServerUnderTest m_server;
};

/// A test on a running shop with the owner's device "desk".
class RunningShop : public testing::Test
{
protected:
    void SetUp() override { m_shell.openShop(); }

    Shell m_shell;
};

} // namespace strop::test
