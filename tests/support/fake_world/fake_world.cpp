#include "tests/support/fake_world/fake_world.h"

#include "server/admin/verify.h"
#include "server/authority/store.h"
#include "tests/support/fake_world/audit.h"
#include "tests/support/fake_world/folder_image.h"
#include "tests/unit/expect.h"

namespace strop::test {
namespace {

const Instant opening = FakeShop::at(8);

protocol::DeviceCard cardOf(const crypto::SigningKey &key)
{
    return {QStringLiteral("A device"), key.publicKey()};
}

} // namespace

FakeWorld::FakeWorld(const FakeServer::Settings &settings, quint64 seed)
    : m_seed(seed)
    , m_server(
          std::make_unique<FakeServer>(m_time, m_dir.filePath(QStringLiteral("server")), opening, settings))
{
    m_server->start();
    const crypto::SigningKey key = crypto::SigningKey::generate();
    const auto created = must(m_server->store().createBusiness(
        QStringLiteral("Messerschnitt"), QStringLiteral("owner@example.com"), {}, cardOf(key)));
    m_business = created.business;
    must(m_server->store().applyAsOwner(m_business, shop.opening()));
    add({key, created.enrolment.value(), {}});
    addDevice(Role::Kiosk);
    settle();
}

FakeWorld::~FakeWorld() = default;

QString FakeWorld::newFolder()
{
    return m_dir.filePath(QStringLiteral("device-%1").arg(++m_folders));
}

FakeDevice &FakeWorld::add(const sync::DeviceIdentity &identity)
{
    const QString folder = newFolder();
    must(sync::saveIdentity(folder, identity));
    FakeDevice &device = *m_devices.emplace_back(std::make_unique<FakeDevice>(
        m_time, *m_server, folder, identity, opening, m_seed * 1000 + quint64(m_folders)));
    must(device.start());
    return device;
}

FakeDevice &FakeWorld::addDevice(Role role)
{
    const crypto::SigningKey key = crypto::SigningKey::generate();
    const server::PairingCode code = must(m_server->store().makePairingCode({m_business, role, shop.id}));
    return add({key, must(m_server->store().enrolByCode(code.code, cardOf(key))), {}});
}

void FakeWorld::pairAgain(const FakeDevice &device, Role role)
{
    const crypto::SigningKey key = crypto::SigningKey::generate();
    const server::PairingCode code = must(m_server->store().makePairingCode({m_business, role, shop.id}));
    must(sync::saveIdentity(device.folder(),
                            {key, must(m_server->store().enrolByCode(code.code, cardOf(key))), {}}));
}

FakeDevice &FakeWorld::addCopyOf(const FakeDevice &original)
{
    const FolderImage copied(original.folder());
    const QString folder = newFolder();
    copied.restore(folder);
    FakeDevice &device = *m_devices.emplace_back(
        std::make_unique<FakeDevice>(m_time, *m_server, folder, must(sync::loadIdentity(folder)), opening,
                                     m_seed * 1000 + quint64(m_folders)));
    must(device.start());
    return device;
}

std::unique_ptr<Stranger> FakeWorld::addStranger()
{
    return std::make_unique<Stranger>(m_time, *m_server);
}

void FakeWorld::settle()
{
    constexpr Millis patience = std::chrono::minutes(5);
    const Millis latest = m_time.now() + patience;
    while (!hasSettled()) {
        if (!m_time.runOne(latest)) {
            ADD_FAILURE() << "the world has not settled in five minutes:\n  "
                          << disagreements().join(QStringLiteral("\n  ")).toStdString();
            return;
        }
    }
}

bool FakeWorld::hasSettled()
{
    if (!m_server->isRunning() || m_server->isBusy())
        return false;
    const qint64 head = must(m_server->store().head(m_business));
    return std::all_of(m_devices.begin(), m_devices.end(), [head](const auto &device) {
        if (!device->isRunning() || device->problem() || !device->network().reachable)
            return true;
        return device->isQuiet() && device->session().isIdle() && device->replica().cursor() == head;
    });
}

Result<QCborMap> FakeWorld::ask(FakeDevice &device, const QString &method, const QCborMap &arguments)
{
    std::optional<Result<QCborMap>> answered;
    device.request(method, arguments, [&](Result<QCborMap> answer) { answered = std::move(answer); });
    const Millis latest = m_time.now() + std::chrono::minutes(1);
    while (!answered && m_time.runOne(latest)) {
    }
    return answered.value();
}

void FakeWorld::writeAsOwner(const std::vector<mutators::Mutation> &mutations)
{
    m_server->publish(must(m_server->store().applyAsOwner(m_business, mutations)));
}

QStringList FakeWorld::disagreements() const
{
    if (!m_server->isRunning())
        return {QStringLiteral("the server is down")};
    QStringList found = must(server::findDefects(m_server->database()));
    std::set<Uuid> confirmed;
    for (const auto &device : m_devices) {
        for (const auto &[uuid, mutation] : device->acknowledged())
            confirmed.insert(uuid);
    }
    for (const Uuid &settled : must(settledUuids(m_server->database()))) {
        if (!confirmed.contains(settled))
            found << QStringLiteral("the server settled a write %1 that nobody made").arg(settled.toString());
    }
    for (const auto &device : m_devices) {
        if (!device->isRunning())
            continue;
        const QString name =
            QStringLiteral("%1 %2: ").arg(roleName(device->role()), device->id().toString().right(4));
        for (const QString &one : must(audit(m_server->database(), *device)))
            found << name + one;
    }
    return found;
}

void PrintTo(const FakeWorld &world, std::ostream *out)
{
    *out << "a world of " << world.devices().size() << " devices";
}

} // namespace strop::test
