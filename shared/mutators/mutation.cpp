#include "shared/mutators/mutation.h"

#include <QCborArray>

namespace strop::mutators {

QByteArray encodeMutation(const Mutation &mutation)
{
    return QCborValue(QCborArray{mutation.name, mutation.version, mutation.arguments}).toCbor();
}

Result<Mutation> decodeMutation(const QByteArray &bytes)
{
    QCborParserError problem;
    const QCborArray parts = QCborValue::fromCbor(bytes, &problem).toArray();
    if (problem.error != QCborError::NoError || parts.size() != 3 || !parts.at(0).isString() ||
        !parts.at(1).isInteger() || !parts.at(2).isMap())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("A write is not [name, version, arguments]."));
    return Mutation{parts.at(0).toString(), int(parts.at(1).toInteger()), parts.at(2).toMap()};
}

} // namespace strop::mutators
