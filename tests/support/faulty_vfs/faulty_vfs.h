#pragma once

#include <QString>
#include <optional>
#include <sqlite3.h>

namespace strop::test {

/// A disk that fails when told to: a SQLite VFS (https://www.sqlite.org/vfs.html) over the system's own.
/// While it lives it is the process's default, so that every database opened meanwhile is on it; those must
/// be closed before it dies. It never waits for the platter, since a test kills programs and not machines.
/// One at a time; used on one thread.
class FaultyVfs
{
public:
    FaultyVfs();
    ~FaultyVfs();
    FaultyVfs(const FaultyVfs &) = delete;
    FaultyVfs &operator=(const FaultyVfs &) = delete;

    /// From now on, `after` more writes to files whose path contains `path` succeed, and all further ones
    /// fail with a SQLite code: SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_READONLY, … Replaces what was said
    /// before.
    void failWrites(const QString &path, int code, int after = 0);

    /// The disk works again.
    void repair() { m_fault.reset(); }

    /// Writes that were refused since failWrites().
    [[nodiscard]] int failures() const { return m_failures; }

    // For the file methods

    /// The code that a write to a file gets; SQLITE_OK lets it through.
    [[nodiscard]] int judgeWrite(const char *path);

    /// What SQLite knows of it.
    struct Registered : sqlite3_vfs
    {
        FaultyVfs *disk;
        sqlite3_vfs *system;
    };

private:
    struct Fault
    {
        QByteArray path;
        int code;
        int after;
    };

    Registered m_vfs;
    std::optional<Fault> m_fault;
    int m_failures = 0;
};

} // namespace strop::test
