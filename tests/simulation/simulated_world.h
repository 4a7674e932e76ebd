#pragma once

#include "tests/simulation/fresh_world.h"
#include "tests/simulation/ledger.h"
#include "tests/support/fake_world/fake_device.h"
#include "tests/support/faulty_vfs/faulty_vfs.h"

#include <QTemporaryDir>

namespace strop::simulation {

/// The way in which a machine goes down: its program is killed and the disk keeps all that was written, or
/// its power is cut and the disk keeps what was synced.
struct Death
{
    bool ofPower = false;
    quint64 seed = 0; ///< Of what the disk keeps.
};

/// A business of some devices on virtual time, out of which everything random comes from one seed. Machines
/// die, at once or at a chosen change of their disk, and come back by themselves.
class SimulatedWorld
{
public:
    /// Something that a test does to break what is tested: called whenever a machine is down, before it
    /// starts.
    using Seam = std::function<void(int machine, const QString &folder)>;

    SimulatedWorld(const FreshWorld &fresh, quint64 seed, int devices, Seam seam = {});
    ~SimulatedWorld();

    [[nodiscard]] const test::FakeShop &shop() const { return m_fresh.shop; }
    [[nodiscard]] BusinessId business() const { return m_fresh.business; }
    [[nodiscard]] test::EventQueue &time() { return m_time; }
    [[nodiscard]] test::FaultyVfs &disk() { return m_disk; }
    [[nodiscard]] test::FakeServer &server() { return *m_server; }
    [[nodiscard]] int deviceCount() const { return int(m_devices.size()); }
    [[nodiscard]] test::FakeDevice &device(int index) { return *m_devices.at(size_t(index)); }
    [[nodiscard]] Ledger &ledger() { return m_ledger; }

    /// A machine's files on the disk.
    [[nodiscard]] QString pathOf(int machine) const;
    [[nodiscard]] QString folderOf(int machine) const;
    [[nodiscard]] bool isRunning(int machine) const;

    /// Lets time pass. What dies is taken down at that very moment.
    void pass(Millis duration);

    /// Does the next thing that happens, if it does by then.
    bool runOne(Millis latest);

    // What people do

    /// Somebody writes something, and remembers it if it was confirmed.
    void write(int device, const mutators::Mutation &mutation, const QString &by);
    void dismissOldestRejection(int device);

    // What befalls the machines

    void die(int machine, const Death &death, Millis downtime);
    void dieAtChange(int machine, int change, const Death &death, Millis downtime);
    void killServerAfterCommit(Millis downtime);
    void stopInOrder(int machine, Millis downtime);
    void revoke(int device);
    void clone(int device);
    void copyFolder(int machine);
    void restoreFolder(int machine, Millis downtime);

    /// It may have been: of a server that dies over it nobody knows.
    [[nodiscard]] bool isRevoked(int device) const { return machine(device).revoked; }

    /// Some folder has been copied or put back: devices may find that they share an identity.
    [[nodiscard]] bool hasCopies() const { return m_hasCopies; }

    /// Ends all faults, and starts what is down.
    void heal();

    /// Why a machine did not start last time; empty when it did.
    [[nodiscard]] QString obstacle(int machine) const { return this->machine(machine).obstacle; }

    /// Over the order of everything that has happened: equal for equal runs.
    [[nodiscard]] quint64 trace() const { return m_trace; }

private:
    struct Machine
    {
        std::optional<Death> dying;
        Millis downtime{2'000};
        bool coming = false; ///< Its start is under way.
        bool revoked = false;
        QString obstacle;
        std::optional<test::FolderImage> copy;
    };

    [[nodiscard]] const Machine &machine(int index) const { return m_machines.at(size_t(index + 1)); }
    [[nodiscard]] Machine &machine(int index) { return m_machines.at(size_t(index + 1)); }
    test::FakeDevice &add(const test::FolderImage &image);
    void afterwards();
    void takeDown(int index);
    void kill(int index);
    void comeBack(int index, Millis later);
    void start(int index);
    void note();
    void writeOff(int device);

    const FreshWorld &m_fresh;
    quint64 m_seed;
    Seam m_seam;
    test::FaultyVfs m_disk;
    QTemporaryDir m_dir;
    test::EventQueue m_time;
    std::vector<Machine> m_machines; ///< The server, then the devices.
    std::unique_ptr<test::FakeServer> m_server;
    std::vector<std::unique_ptr<test::FakeDevice>> m_devices;
    Ledger m_ledger;
    bool m_hasCopies = false;
    quint64 m_trace = 0;
};

} // namespace strop::simulation
