#include "shared/protocol/pairing.h"
#include "shared/sync/device_identity.h"
#include "tests/fuzz/targets.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

namespace strop::fuzz {

using namespace protocol;

namespace {

template <typename T>
void readPairing(const QByteArray &document, Result<T> (*read)(const QJsonObject &))
{
    const Result<T> request = read(QJsonDocument::fromJson(document).object());
    if (!request)
        return promise(request.error().code == ErrorCode::InvalidArgument &&
                           !request.error().message.isEmpty(),
                       "what is wrong is said");
    const QJsonObject written = toJson(*request);
    const Result<T> again = read(written);
    promise(again.has_value() && toJson(*again) == written, "what was read is written as it was meant");
}

void readError(const QByteArray &document)
{
    if (const auto error = errorFromJson(QJsonDocument::fromJson(document).object()))
        promise(errorFromJson(toJson(*error)).has_value(), "an error stays one");
}

void readIdentity(const QByteArray &document)
{
    static const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("device.json")));
    promise(file.open(QIODevice::WriteOnly) && file.write(document) == document.size(), "a file is written");
    file.close();
    if (const auto identity = sync::loadIdentity(folder.path()))
        promise(identity->key.publicKey().size() == 32, "an identity has a key");
}

} // namespace

void json(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    const QByteArray document = bytes.mid(1);
    switch (quint8(bytes.front()) % 6) {
    case 0:
        return readPairing(document, createBusinessFromJson);
    case 1:
        return readPairing(document, joinByPasswordFromJson);
    case 2:
        return readPairing(document, joinByCodeFromJson);
    case 3:
        return readPairing(document, enrolmentFromJson);
    case 4:
        return readError(document);
    default:
        return readIdentity(document);
    }
}

} // namespace strop::fuzz
