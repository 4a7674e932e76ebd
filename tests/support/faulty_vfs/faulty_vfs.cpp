#include "tests/support/faulty_vfs/faulty_vfs.h"

#include <QFile>
#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>

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

sqlite3_int64 sizeOf(sqlite3_file *file)
{
    sqlite3_int64 size = 0;
    (void)Through<&sqlite3_io_methods::xFileSize>::call(file, &size);
    return size;
}

/// What stands there, as far as the file reaches.
QByteArray bytesAt(sqlite3_file *file, sqlite3_int64 offset, sqlite3_int64 count, sqlite3_int64 size)
{
    QByteArray bytes(std::clamp<sqlite3_int64>(size - offset, 0, count), '\0');
    if (!bytes.isEmpty())
        (void)Through<&sqlite3_io_methods::xRead>::call(file, bytes.data(), int(bytes.size()), offset);
    return bytes;
}

int writeUnlessFaulty(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset)
{
    const File *opened = ours(file);
    if (const int code = opened->disk->judge(opened->path, true); code != SQLITE_OK)
        return code;
    if (UnsyncedWrites *unsynced = opened->disk->unsynced(opened->path)) {
        const sqlite3_int64 size = sizeOf(file);
        unsynced->written(offset, bytesAt(file, offset, count, size),
                          QByteArray(static_cast<const char *>(bytes), count), size);
    }
    return Through<&sqlite3_io_methods::xWrite>::call(file, bytes, count, offset);
}

int truncateUnlessFaulty(sqlite3_file *file, sqlite3_int64 to)
{
    const File *opened = ours(file);
    if (const int code = opened->disk->judge(opened->path, false); code != SQLITE_OK)
        return code;
    if (UnsyncedWrites *unsynced = opened->disk->unsynced(opened->path)) {
        const sqlite3_int64 size = sizeOf(file);
        unsynced->truncated(to, bytesAt(file, to, size, size));
    }
    return Through<&sqlite3_io_methods::xTruncate>::call(file, to);
}

/// Only remembers: no test waits for a platter.
int syncUnlessFaulty(sqlite3_file *file, int)
{
    const File *opened = ours(file);
    if (const int code = opened->disk->judge(opened->path, false); code != SQLITE_OK)
        return code;
    if (UnsyncedWrites *unsynced = opened->disk->unsynced(opened->path))
        unsynced->synced();
    return SQLITE_OK;
}

constexpr sqlite3_io_methods methods{
    3,
    Through<&sqlite3_io_methods::xClose>::call,
    Through<&sqlite3_io_methods::xRead>::call,
    writeUnlessFaulty,
    truncateUnlessFaulty,
    syncUnlessFaulty,
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
    const bool isNew = path && (flags & SQLITE_OPEN_CREATE) && !QFile::exists(QString::fromUtf8(path));
    File *opened = new (file) File{{nullptr}, over->disk, path};
    const int code = over->system->xOpen(over->system, path, opened->system(), flags, outFlags);
    if (code != SQLITE_OK)
        return code;
    opened->base.pMethods = &methods;
    if (isNew)
        over->disk->unsynced(path)->created();
    return code;
}

std::optional<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.readAll();
}

int deleteUnlessFaulty(sqlite3_vfs *vfs, const char *path, int syncFolder)
{
    const auto *over = static_cast<FaultyVfs::Registered *>(vfs);
    if (const int code = over->disk->judge(path, false); code != SQLITE_OK)
        return code;
    const std::optional<QByteArray> content = contentOf(QString::fromUtf8(path));
    const int code = over->system->xDelete(over->system, path, syncFolder);
    if (code != SQLITE_OK || !content)
        return code;
    if (syncFolder)
        over->disk->unsynced(path)->synced();
    else
        over->disk->unsynced(path)->deleted(*content);
    return code;
}

void replace(const QString &path, const std::optional<QByteArray> &content)
{
    if (!content) {
        QFile::remove(path);
        return;
    }
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(*content) != content->size())
        throw std::runtime_error("a file cannot be written: " + path.toStdString());
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
    m_vfs.xDelete = deleteUnlessFaulty;
    sqlite3_vfs_register(&m_vfs, 1);
}

FaultyVfs::~FaultyVfs()
{
    sqlite3_vfs_unregister(&m_vfs);
    sqlite3_vfs_register(m_vfs.system, 1);
}

void FaultyVfs::failWrites(const QString &path, int code, int after)
{
    m_faults[path.toUtf8()] = Fault{code, after};
    m_failures = 0;
}

void FaultyVfs::halt(const QString &path)
{
    m_halts[path.toUtf8()] = Halt{0, {}, true};
}

void FaultyVfs::haltAt(const QString &path, int change, std::function<void()> died)
{
    m_halts[path.toUtf8()] = Halt{change - 1, std::move(died), false};
}

int FaultyVfs::judge(const char *path, bool isWrite)
{
    if (!path)
        return SQLITE_OK;
    for (auto &[part, halt] : m_halts) {
        if (!std::strstr(path, part.constData()) || halt.after-- > 0)
            continue;
        halt.after = 0;
        if (!std::exchange(halt.happened, true) && halt.died)
            halt.died();
        return SQLITE_IOERR;
    }
    if (!isWrite)
        return SQLITE_OK;
    for (auto &[part, fault] : m_faults) {
        if (!std::strstr(path, part.constData()) || fault.after-- > 0)
            continue;
        fault.after = 0;
        ++m_failures;
        return fault.code;
    }
    return SQLITE_OK;
}

UnsyncedWrites *FaultyVfs::unsynced(const char *path)
{
    return path ? &m_unsynced[path] : nullptr;
}

void FaultyVfs::cutPower(const QString &path, Random &random)
{
    for (const auto &[name, unsynced] : m_unsynced) {
        const QString file = QString::fromUtf8(name);
        if (file.contains(path) && unsynced.any())
            replace(file, unsynced.afterPowerCut(contentOf(file), random));
    }
    forget(path);
}

void FaultyVfs::forget(const QString &path)
{
    std::erase_if(m_unsynced,
                  [&](const auto &entry) { return QString::fromUtf8(entry.first).contains(path); });
}

} // namespace strop::test
