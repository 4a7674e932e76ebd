#include "shared/base/random.h"

#include <QRandomGenerator>
#include <cstring>

namespace strop {

quint64 Random::below(quint64 bound)
{
    Q_ASSERT(bound > 0);
    __extension__ using Wide = unsigned __int128;
    return static_cast<quint64>((static_cast<Wide>(next()) * bound) >> 64);
}

double Random::unit()
{
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

QByteArray Random::bytes(qsizetype count)
{
    QByteArray result(count, Qt::Uninitialized);
    for (qsizetype at = 0; at < count; at += qsizetype(sizeof(quint64))) {
        const quint64 word = next();
        std::memcpy(result.data() + at, &word, std::min<size_t>(sizeof word, size_t(count - at)));
    }
    return result;
}

quint64 SystemRandom::next()
{
    return QRandomGenerator::system()->generate64();
}

quint64 SeededRandom::next()
{
    m_state += 0x9E3779B97F4A7C15ULL;
    quint64 mixed = m_state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31);
}

} // namespace strop
