#include "tests/support/fake_world/folder_image.h"

#include <QDir>
#include <stdexcept>

namespace strop::test {
namespace {

bool outlivesAProcess(const QString &name)
{
    return !name.endsWith(QStringLiteral(".lock")) && !name.endsWith(QStringLiteral("-shm"));
}

} // namespace

FolderImage::FolderImage(const QString &folder)
{
    const QDir dir(folder);
    for (const QString &name : dir.entryList(QDir::Files)) {
        if (!outlivesAProcess(name))
            continue;
        QFile file(dir.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            throw std::runtime_error("a file of the folder cannot be read: " + name.toStdString());
        m_files.insert(name, file.readAll());
    }
}

void FolderImage::restore(const QString &folder) const
{
    QDir(folder).removeRecursively();
    QDir().mkpath(folder);
    write({}, folder);
}

void FolderImage::restoreOnly(const QString &prefix, const QString &folder) const
{
    QDir dir(folder);
    for (const QString &name : dir.entryList({prefix + u'*'}, QDir::Files))
        dir.remove(name);
    write(prefix, folder);
}

void FolderImage::write(const QString &prefix, const QString &folder) const
{
    for (auto file = m_files.begin(); file != m_files.end(); ++file) {
        if (!file.key().startsWith(prefix))
            continue;
        QFile written(QDir(folder).filePath(file.key()));
        if (!written.open(QIODevice::WriteOnly) || written.write(file.value()) != file.value().size())
            throw std::runtime_error("a file of the folder cannot be written: " + file.key().toStdString());
    }
}

} // namespace strop::test
