#include "shared/mutators/customer_card.h"

#include <QCborMap>
#include <QCborValue>

namespace strop::mutators {
namespace {

constexpr qsizetype padTo = 64;

const QString nameKey = QStringLiteral("name");
const QString phoneKey = QStringLiteral("phone");
const QString emailKey = QStringLiteral("email");
const QString padKey = QStringLiteral("pad");

QByteArray padded(QCborMap map, qsizetype pad)
{
    map.insert(padKey, QByteArray(pad, '\0'));
    return QCborValue(map).toCbor();
}

} // namespace

QByteArray encodeCard(const CustomerCard &card)
{
    QCborMap map{{nameKey, card.name}, {phoneKey, card.phone}};
    if (!card.email.isEmpty())
        map.insert(emailKey, card.email);
    const qsizetype bare = padded(map, 0).size();
    const qsizetype pad = (padTo - bare % padTo) % padTo;
    // From 24 bytes on a byte string has a head that is one byte longer (RFC 8949 §3). A pad of exactly 24
    // would then have to shrink to 23 and lose that byte again: such a text goes to the next multiple.
    if (pad < 24)
        return padded(map, pad);
    return padded(map, pad == 24 ? pad + padTo - 1 : pad - 1);
}

Result<CustomerCard> decodeCard(const QByteArray &bytes)
{
    const auto broken = [] {
        return fail(ErrorCode::SealBroken,
                    QStringLiteral("What was sealed is not a person's name and phone number."));
    };
    QCborParserError problem;
    const QCborValue value = QCborValue::fromCbor(bytes, &problem);
    // Nothing of a value that was cut off may be read: Qt leaves a map in it whose last key has no value.
    if (problem.error != QCborError::NoError || problem.offset != bytes.size() || !value.isMap())
        return broken();
    const QCborMap map = value.toMap();
    const QCborValue name = map.value(nameKey);
    const QCborValue phone = map.value(phoneKey);
    const QCborValue email = map.value(emailKey);
    if (!name.isString() || !phone.isString() || !(email.isUndefined() || email.isString()))
        return broken();
    return CustomerCard{name.toString(), phone.toString(), email.toString()};
}

} // namespace strop::mutators
