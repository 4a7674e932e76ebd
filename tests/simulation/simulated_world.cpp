#include "tests/simulation/simulated_world.h"

#include "server/authority/store.h"
#include "tests/simulation/step.h"
#include "tests/unit/expect.h"

namespace strop::simulation {

using test::FakeDevice;
using test::FakeServer;
using test::FakeShop;
using test::FolderImage;

namespace {

/// A machine whose disk does not let it start tries again.
constexpr Millis startAgain{1'000};

constexpr Millis engineIsHelped{4'000};

/// The world of a seed: how busy its disks are, and how much a slow reader may have waiting.
FakeServer::Settings settingsOf(quint64 seed)
{
    SeededRandom random(seed + 77);
    FakeServer::Settings settings;
    settings.seed = random.next();
    settings.readTime = Millis(1 + random.below(10));
    settings.writeTime = Millis(1 + random.below(20));
    if (random.below(2) == 0)
        settings.session.maxUnsentBytes = 2'000;
    return settings;
}

} // namespace

SimulatedWorld::SimulatedWorld(const FreshWorld &fresh, quint64 seed, int devices, Seam seam)
    : m_fresh(fresh)
    , m_seed(seed)
    , m_seam(std::move(seam))
    , m_machines(1)
{
    const QString folder = m_dir.filePath(QStringLiteral("server"));
    fresh.server.restore(folder);
    m_server = std::make_unique<FakeServer>(m_time, folder, FakeShop::at(8), settingsOf(seed));
    m_server->start();
    machine(theServer).copy = fresh.server;
    for (int i = 0; i < devices; ++i)
        add(fresh.devices.at(size_t(i)));
}

SimulatedWorld::~SimulatedWorld() = default;

FakeDevice &SimulatedWorld::add(const FolderImage &image)
{
    const int index = deviceCount();
    const QString folder = m_dir.filePath(QStringLiteral("device-%1").arg(index + 1));
    image.restore(folder);
    m_machines.emplace_back().copy = image;
    FakeDevice &device = *m_devices.emplace_back(
        std::make_unique<FakeDevice>(m_time, *m_server, folder, test::must(sync::loadIdentity(folder)),
                                     FakeShop::at(8), m_seed * 1000 + quint64(index)));
    if (!engineNoticesLostMessages)
        device.network().cutAfterTampering = engineIsHelped;
    start(index);
    return device;
}

QString SimulatedWorld::folderOf(int index) const
{
    return index == theServer ? m_server->folder() : m_devices.at(size_t(index))->folder();
}

QString SimulatedWorld::pathOf(int index) const
{
    return folderOf(index) + u'/';
}

bool SimulatedWorld::isRunning(int index) const
{
    return index == theServer ? m_server->isRunning() : m_devices.at(size_t(index))->isRunning();
}

void SimulatedWorld::pass(Millis duration)
{
    const Millis until = m_time.now() + duration;
    afterwards();
    while (runOne(until)) {
    }
    m_time.pass(until - m_time.now());
}

bool SimulatedWorld::runOne(Millis latest)
{
    if (!m_time.runOne(latest))
        return false;
    afterwards();
    return true;
}

void SimulatedWorld::afterwards()
{
    for (int i = theServer; i < deviceCount(); ++i) {
        if (machine(i).dying)
            takeDown(i);
        if (!isRunning(i) && !machine(i).coming)
            comeBack(i, machine(i).downtime);
    }
    note();
}

void SimulatedWorld::note()
{
    const auto mix = [this](quint64 value) { m_trace = SeededRandom(m_trace ^ value).next(); };
    mix(quint64(m_time.now().count()));
    mix(quint64(m_server->commits()) << 8 | quint64(m_server->isRunning()) << 1 |
        quint64(m_server->isBusy()));
    for (const auto &device : m_devices) {
        if (!device->isRunning()) {
            mix(0);
            continue;
        }
        mix(quint64(device->replica().cursor()) << 8 | quint64(device->session().state()) << 4 |
            quint64(device->isQuiet()));
        mix(device->replica().outbox().entries().size() << 16 | device->rejections().size());
    }
}

void SimulatedWorld::write(int index, const mutators::Mutation &mutation, const QString &by)
{
    if (!isRunning(index))
        return;
    const Result<qint64> id = device(index).mutate(mutation);
    Ledger::Entry &entry = m_ledger[saying(mutation)];
    if (entry.by.isEmpty())
        entry.by = by;
    if (machine(index).dying)
        ++entry.perhaps; // nobody was there to see the answer
    else if (id)
        ++entry.confirmed;
    afterwards();
}

void SimulatedWorld::dismissOldestRejection(int index)
{
    if (!isRunning(index) || device(index).rejections().empty())
        return;
    const sync::Rejection oldest = device(index).rejections().front();
    // Somebody has read it, whatever becomes of the note that it was read.
    ++m_ledger[saying(oldest.mutation)].dismissed;
    [[maybe_unused]] const Result<void> noted = device(index).dismissRejection(oldest.id);
    afterwards();
}

void SimulatedWorld::die(int index, const Death &death, Millis downtime)
{
    if (!isRunning(index))
        return;
    machine(index).dying = death;
    machine(index).downtime = downtime;
    afterwards();
}

void SimulatedWorld::dieAtChange(int index, int change, const Death &death, Millis downtime)
{
    machine(index).downtime = downtime;
    m_disk.haltAt(pathOf(index), change, [this, index, death] {
        machine(index).dying = death;
        // From here on nobody hears from it, although its code runs on until the event that it is in ends.
        if (index == theServer)
            m_server->cutConnections();
        else
            device(index).cutConnection();
    });
}

void SimulatedWorld::killServerAfterCommit(Millis downtime)
{
    machine(theServer).downtime = downtime;
    m_server->killAfterNextCommit();
}

void SimulatedWorld::kill(int index)
{
    if (!isRunning(index))
        return;
    if (index == theServer)
        m_server->kill();
    else
        device(index).kill();
}

void SimulatedWorld::takeDown(int index)
{
    const Death death = *std::exchange(machine(index).dying, std::nullopt);
    m_disk.halt(pathOf(index));
    kill(index);
    if (death.ofPower) {
        SeededRandom random(death.seed);
        m_disk.cutPower(pathOf(index), random);
    }
    m_disk.resume(pathOf(index));
}

void SimulatedWorld::stopInOrder(int index, Millis downtime)
{
    if (!isRunning(index))
        return;
    machine(index).downtime = downtime;
    if (index == theServer)
        m_server->stop();
    else
        device(index).stop();
    afterwards();
}

void SimulatedWorld::comeBack(int index, Millis later)
{
    machine(index).coming = true;
    m_time.post(later, [this, index] {
        machine(index).coming = false;
        if (!isRunning(index))
            start(index);
    });
}

void SimulatedWorld::start(int index)
{
    if (m_seam)
        m_seam(index, folderOf(index));
    const Result<void> started = index == theServer ? m_server->tryStart() : device(index).start();
    machine(index).obstacle = started ? QString() : started.error().message;
    machine(index).downtime = startAgain;
}

void SimulatedWorld::revoke(int index)
{
    if (!m_server->isRunning() || index == 0 || index >= deviceCount())
        return;
    // An order that the disk refuses was not carried out, and the owner was told so. Of a machine that dies
    // over it nobody knows.
    if (m_server->store().revoke(device(index).id()) || machine(theServer).dying) {
        for (int i = 0; i < deviceCount(); ++i)
            machine(i).revoked = machine(i).revoked || device(i).id() == device(index).id();
    }
    afterwards();
}

void SimulatedWorld::clone(int index)
{
    if (index >= deviceCount() || !isRunning(index))
        return;
    m_hasCopies = true;
    const bool revoked = machine(index).revoked;
    add(FolderImage(folderOf(index)));
    m_machines.back().revoked = revoked;
    afterwards();
}

void SimulatedWorld::copyFolder(int index)
{
    machine(index).copy = FolderImage(folderOf(index));
}

void SimulatedWorld::writeOff(int index)
{
    if (!isRunning(index))
        return;
    for (const sync::OutboxEntry &entry : device(index).replica().outbox().entries()) {
        if (!entry.settledVersion)
            ++m_ledger[saying(entry.mutation)].lost;
    }
    for (const sync::Rejection &one : device(index).rejections())
        ++m_ledger[saying(one.mutation)].forgotten;
}

void SimulatedWorld::restoreFolder(int index, Millis downtime)
{
    if (!isRunning(index) || machine(index).dying)
        return;
    m_hasCopies = true;
    machine(index).downtime = downtime;
    if (index != theServer)
        writeOff(index);
    m_disk.resume(pathOf(index));
    kill(index);
    machine(index).copy->restore(folderOf(index));
    m_disk.forget(pathOf(index));
    afterwards();
}

void SimulatedWorld::heal()
{
    afterwards();
    m_disk.repair();
    m_server->spare();
    for (int i = theServer; i < deviceCount(); ++i) {
        m_disk.resume(pathOf(i));
        if (!isRunning(i))
            start(i);
    }
    for (const auto &device : m_devices) {
        for (const test::End end : {test::End::Device, test::End::Server}) {
            device->network().from(end).fates.clear();
            device->network().from(end).delay = test::Network::Way().delay;
        }
        device->speakAgain();
        device->goOnline();
    }
    afterwards();
}

} // namespace strop::simulation
