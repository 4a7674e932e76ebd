#pragma once

#include <QHash>
#include <QString>

namespace strop::test {

/// The files of a folder as the disk holds them at one moment: what a program that is killed then leaves
/// behind, and what a backup or a copied device folder holds. Locks and SQLite's shared memory do not outlive
/// a process and are left out.
class FolderImage
{
public:
    explicit FolderImage(const QString &folder);

    /// Makes the folder hold these files and nothing else. No file in it is open.
    void restore(const QString &folder) const;

    /// Puts those whose names begin so in the place of theirs, as somebody copies a database file back. No
    /// file in it is open.
    void restoreOnly(const QString &prefix, const QString &folder) const;

private:
    void write(const QString &prefix, const QString &folder) const;

    QHash<QString, QByteArray> m_files;
};

} // namespace strop::test
