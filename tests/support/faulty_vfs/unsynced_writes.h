#pragma once

#include "shared/base/random.h"

#include <QByteArray>
#include <optional>
#include <vector>

namespace strop::test {

/// What a file owes to the disk: the changes since its last sync, each of which a power cut may or may not
/// take away. The model of ALICE (Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014) with
/// what SQLite asks of a disk and no more (https://www.sqlite.org/atomiccommit.html): changes reach the
/// platter in any order, a write may be torn between two sectors, and bytes beside a write are never touched
/// (SQLite's SQLITE_IOCAP_POWERSAFE_OVERWRITE). Only a sync keeps.
class UnsyncedWrites
{
public:
    static constexpr qint64 sectorBytes = 512;

    /// The file has just been made: its name too is not on the disk yet.
    void created();

    /// It was deleted, with this content, and the folder not synced: a power cut may bring it back.
    void deleted(const QByteArray &content);

    /// `before` is what the bytes at `offset` were, as far as the file reached; `size` how far that was.
    void written(qint64 offset, const QByteArray &before, const QByteArray &after, qint64 size);

    /// The file was cut to `to` bytes; `tail` is what lay beyond.
    void truncated(qint64 to, const QByteArray &tail);

    /// Everything up to here is on the disk.
    void synced() { *this = UnsyncedWrites(); }

    [[nodiscard]] bool any() const { return m_isNew || m_former || !m_changes.empty(); }

    /// What is found after the power was cut, given the file as programs saw it last (none: not there). None
    /// when the file is not there any more.
    [[nodiscard]] std::optional<QByteArray> afterPowerCut(const std::optional<QByteArray> &seen,
                                                          Random &random) const;

private:
    struct Change
    {
        qint64 offset;
        QByteArray before;
        QByteArray after;
        qint64 sizeBefore;
        bool cuts; ///< A truncation to `offset`.
    };
    static void undo(const Change &change, QByteArray &content);
    static void redo(const Change &change, QByteArray &content, Random &random);

    /// A later one of the same name: what the name stood for before.
    std::optional<QByteArray> m_former;
    bool m_isNew = false;
    std::vector<Change> m_changes;
};

} // namespace strop::test
