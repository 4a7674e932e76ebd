#include "server/authority/restore_mark.h"

#include "shared/base/json_file.h"
#include "shared/base/log.h"

namespace strop::server {
namespace {

QString markPath(const QString &dataDir)
{
    return dataDir + QStringLiteral("/strop.mark");
}

} // namespace

std::optional<RestoreMark> readMark(const QString &dataDir)
{
    const Result<QJsonObject> json = readJsonFile(markPath(dataDir));
    if (!json) {
        if (json.error().code != ErrorCode::NotFound)
            log::error("store.mark_unreadable", json.error());
        return std::nullopt;
    }
    return RestoreMark{QByteArray::fromHex(json->value(QStringLiteral("epoch")).toString().toLatin1()),
                       json->value(QStringLiteral("commits")).toInteger()};
}

Result<void> writeMark(const QString &dataDir, const RestoreMark &mark)
{
    return writeJsonFile(markPath(dataDir),
                         {{QStringLiteral("epoch"), QString::fromLatin1(mark.epoch.toHex())},
                          {QStringLiteral("commits"), mark.commits}});
}

} // namespace strop::server
