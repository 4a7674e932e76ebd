#include "server/admin/backup.h"

#include "server/authority/business_head.h"
#include "server/authority/schema.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <fcntl.h>
#include <unistd.h>

namespace strop::server {

using storage::Database;

namespace {

/// VACUUM INTO does not wait for the disk (https://www.sqlite.org/lang_vacuum.html#vacuuminto).
Result<void> flushToDisk(const QString &path, int flags)
{
    const int file = ::open(QFile::encodeName(path).constData(), flags);
    const bool flushed = file >= 0 && ::fsync(file) == 0;
    if (file >= 0)
        ::close(file);
    if (flushed)
        return {};
    return fail(
        ErrorCode::StorageFailure,
        QStringLiteral("%1 could not be written to the disk. Check the disk, and try again.").arg(path));
}

/// Gives a file its name for good.
Result<void> publish(const QString &unfinished, const QString &file)
{
    STROP_TRY(flushToDisk(unfinished, O_RDONLY));
    // rename(2) replaces what is there; QFile::rename would refuse to.
    if (::rename(QFile::encodeName(unfinished).constData(), QFile::encodeName(file).constData()) != 0)
        return fail(ErrorCode::StorageReadOnly,
                    QStringLiteral("%1 cannot be written. Check the folder's permissions.").arg(file));
    return flushToDisk(QFileInfo(file).absolutePath(), O_RDONLY | O_DIRECTORY);
}

struct HeadOf
{
    BusinessId business;
    BusinessHead head;
};

Result<std::vector<HeadOf>> headsIn(Database &database)
{
    std::vector<HeadOf> heads;
    STROP_TRY_ASSIGN(const std::vector<BusinessId> businesses, allBusinesses(database));
    for (const BusinessId business : businesses) {
        STROP_TRY_ASSIGN(const BusinessHead head, readHead(database, business));
        heads.push_back({business, head});
    }
    return heads;
}

/// Checks a fresh copy, and has whoever opens it in the place of the database know what it is.
Result<std::vector<HeadOf>> finishCopy(const QString &path)
{
    STROP_TRY_ASSIGN(const auto copy, Database::open({path}));
    STROP_TRY(copy->verify());
    STROP_TRY(copy->run(QStringLiteral("UPDATE server SET copied = 1")));
    return headsIn(*copy);
}

Result<void> requireBackup(const QString &file)
{
    const auto notOne = [&](const Error &why) {
        return fail(ErrorCode::StorageCorrupt,
                    QStringLiteral("%1 is not a sound backup of a strop-server. Use another one.").arg(file),
                    why.message + u' ' + why.detail);
    };
    if (!QFile::exists(file))
        return fail(ErrorCode::NotFound, QStringLiteral("%1 does not exist.").arg(file));
    const auto opened = Database::open({.path = file, .readOnly = true});
    if (!opened)
        return notOne(opened.error());
    if (const Result<void> sound = (*opened)->verify(); !sound)
        return notOne(sound.error());
    const auto marked = (*opened)->cell(QStringLiteral("SELECT copied FROM server"));
    if (!marked)
        return notOne(marked.error());
    return {};
}

/// Keeps the database that is replaced, with what is still in its log.
Result<void> keepPresent(const QString &database, const QString &aside)
{
    if (!QFile::exists(database))
        return {};
    // Closing the last connection empties the log into the file. One that is too damaged for it goes as it
    // is.
    if (const auto opened = Database::open({database})) {
        [[maybe_unused]] const Result<void> emptied = (*opened)->checkpoint();
    }
    for (const char *part : {"-wal", "-shm"}) {
        const QString file = database + QLatin1String(part);
        if (QFile::exists(file) && !QFile::rename(file, aside + QLatin1String(part)))
            return fail(ErrorCode::StorageReadOnly,
                        QStringLiteral("%1 cannot be moved. Check the folder's permissions.").arg(file));
    }
    if (::link(QFile::encodeName(database).constData(), QFile::encodeName(aside).constData()) == 0 ||
        QFile::copy(database, aside))
        return {};
    return fail(
        ErrorCode::StorageFull,
        QStringLiteral("The present database cannot be kept as %1. Free some space on the disk.").arg(aside));
}

} // namespace

Result<std::vector<BackedUp>> backUp(Store &store, const QString &file)
{
    if (QFile::exists(file))
        return fail(ErrorCode::AlreadyExists,
                    QStringLiteral("%1 exists already. Give the name of a new file.").arg(file));
    const QString unfinished = file + QStringLiteral(".unfinished");
    QFile::remove(unfinished);
    STROP_TRY(store.database().run(QStringLiteral("VACUUM INTO ?"), {unfinished}));
    STROP_TRY_ASSIGN(const std::vector<HeadOf> heads, finishCopy(unfinished));
    STROP_TRY(publish(unfinished, file));
    std::vector<BackedUp> held;
    for (const HeadOf &one : heads) {
        STROP_TRY(store.noteDurable(one.business, one.head.epoch, one.head.version));
        held.push_back({one.business, one.head.version});
    }
    return held;
}

Result<void> restoreBackup(const QString &dataDir, const QString &file, const Clock &clock)
{
    STROP_TRY_ASSIGN(const auto lock, lockServerFolder(dataDir));
    STROP_TRY(requireBackup(file));
    const QString database = serverDatabasePath(dataDir);
    const QString unfinished = database + QStringLiteral(".restoring");
    QFile::remove(unfinished);
    if (!QFile::copy(file, unfinished))
        return fail(ErrorCode::StorageFull,
                    QStringLiteral("%1 cannot be copied to %2. Check the permissions and the space there.")
                        .arg(file, dataDir));
    {
        // A copy of the file alone, made while nothing had it open, is a backup as well.
        STROP_TRY_ASSIGN(const auto copy, Database::open({unfinished}));
        STROP_TRY(copy->run(QStringLiteral("UPDATE server SET copied = 1")));
        STROP_TRY(copy->run(QStringLiteral("UPDATE business_head SET durable = version")));
        STROP_TRY(copy->checkpoint());
    }
    const QString time = toUtcDateTime(clock.now()).toString(QStringLiteral("yyyyMMdd-hhmmss-zzz"));
    STROP_TRY(keepPresent(database, QStringLiteral("%1/before-restore-%2.db").arg(dataDir, time)));
    return publish(unfinished, database);
}

} // namespace strop::server
