#include "tests/support/faulty_vfs/faulty_vfs.h"

#include <cstring>
#include <new>

namespace strop::test {
namespace {

/// An open file: ours in front, the system's behind it in the same allocation (szOsFile covers both).
struct File
{
    sqlite3_file base;
    FaultyVfs *disk;
    const char *path; ///< SQLite keeps it as long as the file is open; null for a nameless temporary one.

    [[nodiscard]] sqlite3_file *system() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

File *ours(sqlite3_file *file)
{
    return reinterpret_cast<File *>(file);
}

/// A method that does what the system's does.
template <auto Method>
struct Through;
template <typename Returned, typename... Arguments,
          Returned (*sqlite3_io_methods::*Method)(sqlite3_file *, Arguments...)>
struct Through<Method>
{
    static Returned call(sqlite3_file *file, Arguments... arguments)
    {
        sqlite3_file *system = ours(file)->system();
        return (system->pMethods->*Method)(system, arguments...);
    }
};

int writeUnlessFaulty(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset)
{
    if (const int code = ours(file)->disk->judgeWrite(ours(file)->path); code != SQLITE_OK)
        return code;
    return Through<&sqlite3_io_methods::xWrite>::call(file, bytes, count, offset);
}

int syncNothing(sqlite3_file *, int)
{
    return SQLITE_OK;
}

constexpr sqlite3_io_methods methods{
    3,
    Through<&sqlite3_io_methods::xClose>::call,
    Through<&sqlite3_io_methods::xRead>::call,
    writeUnlessFaulty,
    Through<&sqlite3_io_methods::xTruncate>::call,
    syncNothing,
    Through<&sqlite3_io_methods::xFileSize>::call,
    Through<&sqlite3_io_methods::xLock>::call,
    Through<&sqlite3_io_methods::xUnlock>::call,
    Through<&sqlite3_io_methods::xCheckReservedLock>::call,
    Through<&sqlite3_io_methods::xFileControl>::call,
    Through<&sqlite3_io_methods::xSectorSize>::call,
    Through<&sqlite3_io_methods::xDeviceCharacteristics>::call,
    Through<&sqlite3_io_methods::xShmMap>::call,
    Through<&sqlite3_io_methods::xShmLock>::call,
    Through<&sqlite3_io_methods::xShmBarrier>::call,
    Through<&sqlite3_io_methods::xShmUnmap>::call,
    Through<&sqlite3_io_methods::xFetch>::call,
    Through<&sqlite3_io_methods::xUnfetch>::call,
};

int openOver(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *outFlags)
{
    const auto *over = static_cast<FaultyVfs::Registered *>(vfs);
    File *opened = new (file) File{{nullptr}, over->disk, path};
    const int code = over->system->xOpen(over->system, path, opened->system(), flags, outFlags);
    if (code == SQLITE_OK)
        opened->base.pMethods = &methods;
    return code;
}

} // namespace

FaultyVfs::FaultyVfs()
    : m_vfs{*sqlite3_vfs_find(nullptr), this, sqlite3_vfs_find(nullptr)}
{
    // The copied methods go on working on the system's data, which pAppData still is.
    m_vfs.pNext = nullptr;
    m_vfs.zName = "strop-faulty";
    m_vfs.szOsFile = int(sizeof(File)) + m_vfs.system->szOsFile;
    m_vfs.xOpen = openOver;
    sqlite3_vfs_register(&m_vfs, 1);
}

FaultyVfs::~FaultyVfs()
{
    sqlite3_vfs_unregister(&m_vfs);
    sqlite3_vfs_register(m_vfs.system, 1);
}

void FaultyVfs::failWrites(const QString &path, int code, int after)
{
    m_fault = Fault{path.toUtf8(), code, after};
    m_failures = 0;
}

int FaultyVfs::judgeWrite(const char *path)
{
    if (!m_fault || !path || !std::strstr(path, m_fault->path.constData()) || m_fault->after-- > 0)
        return SQLITE_OK;
    m_fault->after = 0;
    ++m_failures;
    return m_fault->code;
}

} // namespace strop::test
