#pragma once

#include "tests/support/faulty_vfs/unsynced_writes.h"

#include <QString>
#include <functional>
#include <map>
#include <sqlite3.h>

namespace strop::test {

/// A disk that fails, stops and forgets when told to: a SQLite VFS (https://www.sqlite.org/vfs.html) over the
/// system's own. While it lives it is the process's default, so that every database opened meanwhile is on
/// it; those must be closed before it dies. It never waits for the platter, and remembers instead what a
/// power cut could take away: everything that a file was not synced after. Files that are not SQLite's are as
/// the system has them, which a power cut does not touch. One at a time; used on one thread.
///
/// Faults concern the files whose path contains a text: a folder ("device-1/") or a file
/// ("device-1/outbox.db").
class FaultyVfs
{
public:
    FaultyVfs();
    ~FaultyVfs();
    FaultyVfs(const FaultyVfs &) = delete;
    FaultyVfs &operator=(const FaultyVfs &) = delete;

    // A disk that is full or broken

    /// From now on, `after` more writes succeed, and all further ones fail with a SQLite code: SQLITE_FULL,
    /// SQLITE_IOERR_WRITE, SQLITE_READONLY, … Replaces what was said before of that path.
    void failWrites(const QString &path, int code, int after = 0);

    /// The disk works again, all of it or that path.
    void repair() { m_faults.clear(); }
    void repair(const QString &path) { m_faults.erase(path.toUtf8()); }

    /// Writes that were refused since failWrites().
    [[nodiscard]] int failures() const { return m_failures; }

    // A program that dies

    /// From now on nothing changes a file of that path any more: whoever has it open is as good as dead, and
    /// can be taken down without tidying up after itself.
    void halt(const QString &path);

    /// Halts by itself in place of the n-th change from now, the first being 1: a write, a sync, a truncation
    /// or a deletion. `died` is called from within that change. Replaces what was said before of that path.
    void haltAt(const QString &path, int change, std::function<void()> died);

    /// Files of that path can change again. Everybody who had them open is gone.
    void resume(const QString &path) { m_halts.erase(path.toUtf8()); }

    /// The machine lost its power: changes that were not synced are kept, lost or torn, each as `random` will
    /// have it. Halted, and nobody has the files open.
    void cutPower(const QString &path, Random &random);

    /// The files of that path were replaced behind SQLite's back, and are on the disk as they are.
    void forget(const QString &path);

    // For the file methods

    /// The code that a change of a file gets; SQLITE_OK lets it through. `isWrite`: it needs room.
    [[nodiscard]] int judge(const char *path, bool isWrite);

    /// None for a nameless temporary file, which dies with its program.
    [[nodiscard]] UnsyncedWrites *unsynced(const char *path);

    /// What SQLite knows of it.
    struct Registered : sqlite3_vfs
    {
        FaultyVfs *disk;
        sqlite3_vfs *system;
    };

private:
    struct Fault
    {
        int code;
        int after;
    };
    struct Halt
    {
        int after; ///< Changes that still go through.
        std::function<void()> died;
        bool happened;
    };

    Registered m_vfs;
    std::map<QByteArray, Fault> m_faults;
    std::map<QByteArray, Halt> m_halts;
    std::map<QByteArray, UnsyncedWrites> m_unsynced; ///< By absolute path.
    int m_failures = 0;
};

} // namespace strop::test
