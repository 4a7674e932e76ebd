#include "tests/load/send_mark.h"

#include <QtEndian>

namespace strop::load {
namespace {

/// The first half of a marked id; the second is the moment in nanoseconds.
constexpr char mark[] = "LoadMark";
constexpr qsizetype markBytes = sizeof mark - 1;
static_assert(markBytes + qsizetype(sizeof(qint64)) == Uuid::size);

} // namespace

Uuid markedId(bench::Stopwatch::time_point sent)
{
    QByteArray id(mark, markBytes);
    const qint64 moment = qToBigEndian(qint64(sent.time_since_epoch().count()));
    id.append(reinterpret_cast<const char *>(&moment), sizeof moment);
    return Uuid::fromBytes(id).value_or(Uuid());
}

void eachMark(QByteArrayView bytes, const std::function<void(bench::Stopwatch::time_point)> &visit)
{
    const QByteArrayView pattern(mark, markBytes);
    qsizetype at = 0;
    while ((at = bytes.indexOf(pattern, at)) >= 0 && at + Uuid::size <= bytes.size()) {
        visit(bench::Stopwatch::time_point(
            bench::Nanoseconds(qFromBigEndian<qint64>(bytes.data() + at + markBytes))));
        at += Uuid::size;
    }
}

} // namespace strop::load
