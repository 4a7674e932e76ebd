#include "shared/base/json_file.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace strop {

Result<QJsonObject> readJsonFile(const QString &path, qint64 maxBytes)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::NotFound, QStringLiteral("%1 does not exist.").arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::StorageFailure,
                    QStringLiteral("%1 cannot be read. Check its permissions.").arg(path),
                    file.errorString());
    if (file.size() > maxBytes)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("%1 is larger than %2 bytes.").arg(path).arg(maxBytes));
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &problem);
    if (!document.isObject())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("%1 is not a JSON object: %2 at byte %3.")
                                                    .arg(path, problem.errorString())
                                                    .arg(problem.offset));
    return document.object();
}

Result<void> writeJsonFile(const QString &path, const QJsonObject &object)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return fail(ErrorCode::StorageReadOnly,
                    QStringLiteral("%1 cannot be written. Check the folder's permissions.").arg(path),
                    file.errorString());
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const QByteArray text = QJsonDocument(object).toJson();
    // A disk that fills up takes a part of the bytes and reports no error.
    if (file.write(text) != text.size() || !file.commit())
        return fail(ErrorCode::StorageFull,
                    QStringLiteral("%1 cannot be written: the disk is full. Free some space and try again.")
                        .arg(path),
                    file.errorString());
    return {};
}

} // namespace strop
