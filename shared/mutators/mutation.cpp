#include "shared/mutators/mutation.h"

#include <QCborArray>
#include <limits>

namespace strop::mutators {

QByteArray encodeMutation(const Mutation &mutation)
{
    return QCborValue(QCborArray{mutation.name, mutation.version, mutation.arguments}).toCbor();
}

Result<Mutation> decodeMutation(const QByteArray &bytes)
{
    QCborParserError problem;
    const QCborArray parts = QCborValue::fromCbor(bytes, &problem).toArray();
    const qint64 version = parts.at(1).toInteger(-1);
    if (problem.error != QCborError::NoError || problem.offset != bytes.size() || parts.size() != 3 ||
        !parts.at(0).isString() || version < 0 || version > std::numeric_limits<int>::max() ||
        !parts.at(2).isMap())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("A write is not [name, version, arguments]."));
    return Mutation{parts.at(0).toString(), int(version), parts.at(2).toMap()};
}

Result<void> requireShop(const Actor &actor, ShopId shop)
{
    if (!actor.shop || *actor.shop == shop)
        return {};
    return fail(ErrorCode::NotPermitted,
                QStringLiteral("This device belongs to another shop. Use one of that shop."));
}

} // namespace strop::mutators
