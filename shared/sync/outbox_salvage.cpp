#include "shared/sync/outbox_salvage.h"

#include "shared/base/log.h"
#include "shared/sync/outbox.h"

#include <QFile>
#include <algorithm>
#include <limits>
#include <map>

namespace strop::sync {

using storage::Database;
using storage::RowReader;

namespace {

/// Entries that are looked for one by one between the damaged pages.
constexpr qint64 maxProbed = 100'000;

constexpr const char *parts[] = {"", "-wal", "-shm"};

struct StoredRejection
{
    qint64 id;
    QByteArray mutation;
    QString code;
    QString message;
    qint64 createdMs;
};

/// What a damaged file still says.
struct Salvaged
{
    std::map<qint64, StoredEntry> entries;
    std::vector<StoredRejection> rejections;
    std::optional<OutboxChain> chain;
    bool firstSchema = false; ///< It does not say what is settled.
};

/// Writes that are gone: those of no number or time when not even that is known.
struct Lost
{
    qint64 count = 0;
    qint64 first = 0;
    qint64 last = 0;
    std::optional<qint64> fromMs;  ///< Made after this
    std::optional<qint64> untilMs; ///< and before this.
};

void removeParts(const QString &path)
{
    for (const char *part : parts)
        QFile::remove(path + QLatin1String(part));
}

/// Ends where the first damaged page is met.
void readEntries(Database &damaged, std::map<qint64, StoredEntry> &entries, qint64 lowest, qint64 highest,
                 bool backwards)
{
    [[maybe_unused]] const Result<void> interrupted = eachEntry(
        damaged, lowest, highest,
        [&](StoredEntry entry) -> Result<void> {
            const qint64 id = entry.id;
            entries.insert_or_assign(id, std::move(entry));
            return {};
        },
        backwards);
}

void readRejections(Database &damaged, std::vector<StoredRejection> &rejections)
{
    [[maybe_unused]] const Result<void> interrupted = damaged.each(
        QStringLiteral("SELECT id, mutation, code, message, created_ms FROM rejection ORDER BY id"), {},
        [&](const RowReader &row) -> Result<void> {
            if (mutators::decodeMutation(row.bytes(1)))
                rejections.push_back(
                    {row.integer(0), row.bytes(1), row.text(2), row.text(3), row.integer(4)});
            return {};
        });
}

Salvaged readFile(const QString &path)
{
    Salvaged saved;
    const Result<std::unique_ptr<Database>> opened = Database::open({path, storage::Durability::Normal});
    if (!opened)
        return saved;
    Database &damaged = **opened;
    if (const Result<int> version = damaged.schemaVersion(); version && *version == 1)
        saved.firstSchema = addRetentionColumns(damaged).has_value();
    if (const Result<OutboxChain> chain = readChain(damaged))
        saved.chain = *chain;
    constexpr qint64 noBound = std::numeric_limits<qint64>::max();
    readEntries(damaged, saved.entries, 0, noBound, false);
    readEntries(damaged, saved.entries, 0, noBound, true);
    // A page between sound ones: each of its neighbours is found from the root.
    if (!saved.entries.empty()) {
        const qint64 lowest = saved.entries.begin()->first;
        const qint64 highest = std::min(saved.entries.rbegin()->first, lowest + maxProbed);
        for (qint64 id = lowest; id < highest; ++id) {
            if (!saved.entries.count(id))
                readEntries(damaged, saved.entries, id, id, false);
        }
    }
    readRejections(damaged, saved.rejections);
    return saved;
}

/// The original is not opened, which would change it.
Salvaged readDamaged(const QString &path)
{
    const QString copy = path + QStringLiteral(".reading");
    removeParts(copy);
    for (const char *part : {"", "-wal"})
        QFile::copy(path + QLatin1String(part), copy + QLatin1String(part));
    Salvaged saved = readFile(copy);
    removeParts(copy);
    return saved;
}

/// Lets go of what is not proven, and learns the previous hashes that a file of the first schema has not.
void prove(std::map<qint64, StoredEntry> &entries)
{
    for (auto &[id, entry] : entries) {
        const auto before = entries.find(id - 1);
        if (!entry.previous && id == 1)
            entry.previous = QByteArray();
        else if (!entry.previous && before != entries.end())
            entry.previous = before->second.hash;
    }
    std::erase_if(entries, [](const auto &one) { return !isProven(one.second); });
}

/// The end of the chain as far as it can be known.
OutboxChain endOf(const Salvaged &saved)
{
    OutboxChain chain = saved.chain.value_or(OutboxChain());
    chain.broken = chain.broken || !saved.chain; // nobody knows what came after the last entry
    if (!saved.chain || saved.firstSchema) {
        const auto waiting = std::find_if(saved.entries.begin(), saved.entries.end(),
                                          [](const auto &one) { return !one.second.settledVersion; });
        chain.settledId = waiting != saved.entries.end() ? waiting->first - 1
                          : saved.entries.empty()        ? chain.lastId
                                                         : saved.entries.rbegin()->first;
    }
    if (saved.entries.empty())
        return chain;
    const StoredEntry &last = saved.entries.rbegin()->second;
    const bool ahead = last.id > chain.lastId;
    chain.broken = chain.broken || ahead || (last.id == chain.lastId && last.hash != chain.lastHash);
    if (last.id >= chain.lastId) {
        chain.lastId = last.id;
        chain.lastHash = last.hash;
    }
    return chain;
}

std::optional<Lost> findLost(const Salvaged &saved, const OutboxChain &chain)
{
    Lost lost;
    for (qint64 id = chain.settledId + 1; id <= chain.lastId; ++id) {
        if (saved.entries.count(id))
            continue;
        lost.first = lost.count == 0 ? id : lost.first;
        lost.last = id;
        ++lost.count;
    }
    if (lost.count == 0 && saved.chain)
        return std::nullopt;
    const qint64 first = lost.count > 0 ? lost.first : chain.lastId + 1;
    const auto after = saved.entries.upper_bound(lost.count > 0 ? lost.last : chain.lastId);
    const auto before = saved.entries.lower_bound(first);
    if (before != saved.entries.begin())
        lost.fromMs = std::prev(before)->second.createdMs;
    if (after != saved.entries.end())
        lost.untilMs = after->second.createdMs;
    return lost;
}

QString timeText(qint64 ms)
{
    return toUtcDateTime(instantFromMs(ms)).toString(QStringLiteral("yyyy-MM-dd hh:mm"));
}

QString sentenceOf(const Lost &lost)
{
    QString when;
    if (lost.fromMs && lost.untilMs)
        when = QStringLiteral(" between %1 and %2 UTC").arg(timeText(*lost.fromMs), timeText(*lost.untilMs));
    else if (lost.fromMs)
        when = QStringLiteral(" after %1 UTC").arg(timeText(*lost.fromMs));
    else if (lost.untilMs)
        when = QStringLiteral(" before %1 UTC").arg(timeText(*lost.untilMs));
    const QString which =
        lost.count == 0
            ? QStringLiteral("Changes made on this device%1 and not sent yet may be lost").arg(when)
            : QStringLiteral("%1 changes made on this device%2 are lost (numbers %3 to %4)")
                  .arg(lost.count)
                  .arg(when)
                  .arg(lost.first)
                  .arg(lost.last);
    return which + QStringLiteral(": their file was damaged. Look through the book and enter again what is "
                                  "missing. The damaged file is kept.");
}

StoredRejection noticeOf(const Lost &lost, qint64 id)
{
    QCborMap arguments{{QStringLiteral("count"), lost.count},
                       {QStringLiteral("first"), lost.first},
                       {QStringLiteral("last"), lost.last}};
    if (lost.fromMs)
        arguments.insert(QStringLiteral("from_ms"), *lost.fromMs);
    if (lost.untilMs)
        arguments.insert(QStringLiteral("until_ms"), *lost.untilMs);
    return {id, mutators::encodeMutation({QString(lostWrites), 1, arguments}),
            QString(errorCodeName(ErrorCode::StorageCorrupt)), sentenceOf(lost),
            lost.untilMs.value_or(lost.fromMs.value_or(0))};
}

Result<void> writeFile(const QString &path, const Salvaged &saved, const OutboxChain &chain)
{
    STROP_TRY_ASSIGN(const auto fresh, openOutboxFile(path));
    STROP_TRY(storage::inTransaction(*fresh, [&]() -> Result<void> {
        for (const auto &[id, entry] : saved.entries)
            STROP_TRY(insertEntry(*fresh, entry));
        for (const StoredRejection &one : saved.rejections)
            STROP_TRY(fresh->run(QStringLiteral("INSERT OR REPLACE INTO rejection (id, mutation, code, "
                                                "message, created_ms) VALUES (?, ?, ?, ?, ?)"),
                                 {one.id, one.mutation, one.code, one.message, one.createdMs}));
        return writeChain(*fresh, chain);
    }));
    return fresh->checkpoint(); // one file, without a log beside it
}

tl::unexpected<Error> notMoved(const QString &path)
{
    return fail(ErrorCode::StorageReadOnly,
                QStringLiteral("The damaged %1 cannot be put aside. Check the folder's permissions and the "
                               "space on its disk.")
                    .arg(path));
}

} // namespace

Result<void> salvageOutbox(const QString &path, const std::optional<Remembered> &remembered)
{
    Salvaged saved = readDamaged(path);
    if (remembered) {
        saved.chain = remembered->chain;
        for (const StoredEntry &entry : remembered->entries)
            saved.entries.insert_or_assign(entry.id, entry);
    }
    prove(saved.entries);
    OutboxChain chain = endOf(saved);
    const std::optional<Lost> lost = findLost(saved, chain);
    if (lost) {
        chain.broken = true;
        const qint64 lowest = saved.rejections.empty() ? 0 : std::min<qint64>(saved.rejections.front().id, 0);
        saved.rejections.push_back(noticeOf(*lost, lowest - 1));
    }
    log::warning("outbox.salvaged", {{"file", path},
                                     {"saved", qint64(saved.entries.size())},
                                     {"lost", lost ? lost->count : 0},
                                     {"whole", !chain.broken}});
    const QString building = path + QStringLiteral(".salvaging");
    removeParts(building);
    STROP_TRY(writeFile(building, saved, chain));
    if (!QFile::rename(building, path + QStringLiteral(".salvaged")))
        return notMoved(path);
    return finishSalvage(path);
}

Result<void> finishSalvage(const QString &path)
{
    const QString salvaged = path + QStringLiteral(".salvaged");
    if (!QFile::exists(salvaged))
        return {};
    int number = 1;
    while (QFile::exists(QStringLiteral("%1.damaged-%2").arg(path).arg(number)))
        ++number;
    const QString aside = QStringLiteral("%1.damaged-%2").arg(path).arg(number);
    for (const char *part : parts) {
        const QString file = path + QLatin1String(part);
        if (QFile::exists(file) && !QFile::rename(file, aside + QLatin1String(part)))
            return notMoved(path);
    }
    if (!QFile::rename(salvaged, path))
        return notMoved(path);
    return {};
}

} // namespace strop::sync
