#include "shared/sync/outbox.h"
#include "tests/fuzz/targets.h"

#include <QFile>
#include <QTemporaryDir>

namespace strop::fuzz {

void outbox(const QByteArray &bytes)
{
    static const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("outbox.db"));
    for (const char *beside : {"-wal", "-shm", "-journal"})
        QFile::remove(path + QLatin1String(beside));
    QFile file(path);
    promise(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size(), "a file is written");
    file.close();
    const Result<std::unique_ptr<sync::Outbox>> opened = sync::Outbox::open(path);
    if (!opened)
        return promise(!opened.error().message.isEmpty(), "what is wrong with the file is said");
    sync::Outbox &outbox = **opened;
    const size_t before = outbox.entries().size();
    if (outbox.append({QStringLiteral("staff.retire"), 1, {}}, instantFromMs(0)))
        promise(outbox.entries().size() == before + 1, "a write that was queued is in the queue");
    else
        promise(outbox.entries().size() == before, "a write that was not queued is not");
    [[maybe_unused]] const auto waiting = outbox.unsettledAfter(0, 1 << 20);
}

} // namespace strop::fuzz
