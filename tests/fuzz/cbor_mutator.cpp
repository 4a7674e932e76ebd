#include "tests/fuzz/cbor_mutator.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <limits>
#include <random>

namespace strop::fuzz {
namespace {

/// What integers and lengths go wrong at.
constexpr qint64 edges[] = {0,
                            1,
                            -1,
                            7,
                            255,
                            65'535,
                            1'440,
                            86'400'000,
                            1'777'932'000'000,
                            std::numeric_limits<qint32>::max(),
                            std::numeric_limits<qint32>::min(),
                            std::numeric_limits<qint64>::max(),
                            std::numeric_limits<qint64>::min(),
                            std::numeric_limits<qint64>::max() - 1};

/// Changes one node of a tree, chosen by counting down over all of them.
class Mutator
{
public:
    explicit Mutator(unsigned seed)
        : m_random(seed)
    {}

    [[nodiscard]] size_t below(size_t bound) { return bound == 0 ? 0 : size_t(m_random() % bound); }

    /// How many nodes a tree has; every text and byte string is kept for reuse.
    size_t count(const QCborValue &value)
    {
        size_t nodes = 1;
        if (value.isArray()) {
            for (const QCborValue &one : value.toArray())
                nodes += count(one);
        } else if (value.isMap()) {
            for (const auto &[key, one] : value.toMap())
                nodes += count(key) + count(one);
        } else {
            m_leaves.push_back(value);
        }
        return nodes;
    }

    /// The tree with node `left` changed; `left` is counted down as nodes are passed.
    QCborValue changed(const QCborValue &value, size_t &left)
    {
        if (left-- == 0)
            return other(value);
        if (value.isArray()) {
            QCborArray copy;
            for (const QCborValue &one : value.toArray())
                copy.append(step(one, left));
            return copy;
        }
        if (value.isMap()) {
            QCborMap copy;
            for (const auto &[key, one] : value.toMap()) {
                const QCborValue newKey = step(key, left);
                copy.insert(newKey, step(one, left));
            }
            return copy;
        }
        return value;
    }

private:
    static constexpr size_t passed = std::numeric_limits<size_t>::max();

    QCborValue step(const QCborValue &value, size_t &left)
    {
        return left == passed ? value : changed(value, left);
    }

    QCborValue other(const QCborValue &value)
    {
        if (value.isArray() && below(4) != 0)
            return otherArray(value.toArray());
        if (value.isMap() && below(4) != 0)
            return otherMap(value.toMap());
        if (value.isByteArray() && below(2) == 0) {
            // A mutation within a push.
            if (const QByteArray inner = mutatedCbor(value.toByteArray(), unsigned(m_random()));
                !inner.isEmpty())
                return inner;
        }
        if (value.isByteArray() && below(2) == 0)
            return otherBytes(value.toByteArray());
        if (value.isString() && below(2) == 0)
            return QString::fromUtf8(otherBytes(value.toString().toUtf8()));
        if (value.isInteger() && below(2) == 0)
            return qint64(quint64(value.toInteger()) + below(3) - 1);
        return fresh();
    }

    QCborValue fresh()
    {
        if (!m_leaves.empty() && below(3) == 0)
            return m_leaves[below(m_leaves.size())];
        switch (below(9)) {
        case 0:
            return QCborValue(nullptr);
        case 1:
            return QCborValue(below(2) == 0);
        case 2:
            return QCborValue(0.5);
        case 3:
            return QCborArray();
        case 4:
            return QCborMap();
        case 5:
            return QByteArray(qsizetype(below(33)), char(below(256)));
        case 6:
            return QString(qsizetype(below(300)), QChar(ushort(below(0x10000))));
        case 7:
            return QCborValue(QCborKnownTags::DateTimeString, QStringLiteral("2026-05-05T00:00:00Z"));
        default:
            return edges[below(std::size(edges))];
        }
    }

    QCborArray otherArray(QCborArray array)
    {
        const auto at = qsizetype(below(size_t(array.size())));
        switch (below(4)) {
        case 0:
            array.insert(at, fresh());
            break;
        case 1:
            if (!array.isEmpty())
                array.removeAt(at);
            break;
        case 2:
            if (!array.isEmpty())
                array.append(array.at(at));
            break;
        default:
            if (!array.isEmpty()) {
                const QCborValue moved = array.takeAt(at);
                array.insert(qsizetype(below(size_t(array.size()) + 1)), moved);
            }
        }
        return array;
    }

    QCborMap otherMap(QCborMap map)
    {
        if (map.isEmpty() || below(3) == 0) {
            map.insert(fresh(), fresh());
            return map;
        }
        const QCborValue key = map.keys().at(qsizetype(below(size_t(map.size()))));
        if (below(2) == 0)
            map.remove(key);
        else
            map.insert(key, fresh());
        return map;
    }

    QByteArray otherBytes(QByteArray bytes)
    {
        const auto at = qsizetype(below(size_t(bytes.size())));
        switch (below(4)) {
        case 0:
            bytes.insert(at, char(below(256)));
            break;
        case 1:
            bytes.truncate(at);
            break;
        case 2:
            bytes += bytes.left(200);
            break;
        default:
            if (!bytes.isEmpty())
                bytes[at] = char(bytes[at] ^ (1U << below(8)));
        }
        return bytes;
    }

    std::minstd_rand m_random;
    std::vector<QCborValue> m_leaves;
};

} // namespace

QByteArray mutatedCbor(const QByteArray &bytes, unsigned seed)
{
    QCborParserError problem;
    QCborValue tree = QCborValue::fromCbor(bytes, &problem);
    if (problem.error != QCborError::NoError || problem.offset != bytes.size() || bytes.isEmpty())
        return {};
    Mutator mutator(seed + 1);
    for (size_t changes = 1 + mutator.below(3); changes > 0; --changes) {
        size_t left = mutator.below(mutator.count(tree));
        tree = mutator.changed(tree, left);
    }
    return tree.toCbor();
}

} // namespace strop::fuzz
