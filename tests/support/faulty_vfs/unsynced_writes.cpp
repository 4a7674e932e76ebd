#include "tests/support/faulty_vfs/unsynced_writes.h"

#include <QByteArrayView>
#include <algorithm>

namespace strop::test {
namespace {

void put(QByteArray &content, qint64 offset, QByteArrayView bytes)
{
    if (content.size() < offset + bytes.size())
        content.resize(offset + bytes.size(), '\0');
    std::copy(bytes.begin(), bytes.end(), content.begin() + offset);
}

/// The first sector boundary of the file above an offset.
qint64 nextSector(qint64 offset)
{
    return (offset / UnsyncedWrites::sectorBytes + 1) * UnsyncedWrites::sectorBytes;
}

} // namespace

void UnsyncedWrites::created()
{
    m_isNew = true;
    m_changes.clear();
}

void UnsyncedWrites::deleted(const QByteArray &content)
{
    // What was there before a file that never was synced is the more interesting thing to find again.
    if (!m_isNew)
        m_former = content;
    m_isNew = false;
    m_changes.clear();
}

void UnsyncedWrites::written(qint64 offset, const QByteArray &before, const QByteArray &after, qint64 size)
{
    m_changes.push_back({offset, before, after, size, false});
}

void UnsyncedWrites::truncated(qint64 to, const QByteArray &tail)
{
    m_changes.push_back({to, tail, {}, to + tail.size(), true});
}

void UnsyncedWrites::undo(const Change &change, QByteArray &content)
{
    put(content, change.offset, change.before);
    content.resize(change.sizeBefore, '\0');
}

void UnsyncedWrites::redo(const Change &change, QByteArray &content, Random &random)
{
    enum Fate { Lost, Torn, Kept };
    const auto fate = Fate(random.below(3));
    if (fate == Lost)
        return;
    if (change.cuts)
        return content.resize(std::min<qint64>(content.size(), change.offset));
    QByteArrayView reached(change.after);
    qint64 offset = change.offset;
    const qint64 boundary = nextSector(offset) + qint64(random.below(8)) * sectorBytes;
    if (fate == Torn && boundary < offset + reached.size()) {
        const qint64 head = boundary - offset;
        if (random.below(2) == 0) {
            reached = reached.first(head);
        } else {
            reached = reached.sliced(head);
            offset = boundary;
        }
    }
    put(content, offset, reached);
}

std::optional<QByteArray> UnsyncedWrites::afterPowerCut(const std::optional<QByteArray> &seen,
                                                        Random &random) const
{
    if (!seen || m_isNew) {
        // The folder's entry: what it was, nothing, or what it is.
        if (m_former && random.below(2) == 0)
            return m_former;
        if (!seen || random.below(3) == 0)
            return std::nullopt;
    }
    QByteArray content = *seen;
    for (auto change = m_changes.rbegin(); change != m_changes.rend(); ++change)
        undo(*change, content);
    enum Luck { NothingKept, EverythingMayBeKept };
    // Often a disk that is switched off has written none of what waits.
    if (Luck(random.below(4) != 0) == NothingKept)
        return content;
    for (const Change &change : m_changes)
        redo(change, content, random);
    return content;
}

} // namespace strop::test
