#pragma once

#include <QHash>
#include <QSet>
#include <algorithm>
#include <variant>
#include <vector>

/// The difference of two lists of keyed rows as steps that a list model can announce one by one.
namespace strop::sync {

template <typename Row>
struct Inserted
{
    int at;
    Row row;
};
struct Removed
{
    int at;
};
struct Moved
{
    int from;
    int to; ///< Its index after the move; always below `from`.
};
template <typename Row>
struct Changed
{
    int at;
    Row row;
};

template <typename Row>
using Step = std::variant<Inserted<Row>, Removed, Moved, Changed<Row>>;

/// Applied in order, each to what the ones before left.
template <typename Row>
using Diff = std::vector<Step<Row>>;

/// Turns `before` into `after`. Keys are unique within a list. Rows that keep their relative order do not
/// move, as long as no row before them arrived from further down.
template <typename Row, typename KeyOf>
[[nodiscard]] Diff<Row> diffByKey(std::vector<Row> before, const std::vector<Row> &after, const KeyOf &keyOf)
{
    Diff<Row> steps;
    using Key = std::decay_t<decltype(keyOf(after.front()))>;
    QSet<Key> kept;
    for (const Row &row : after)
        kept.insert(keyOf(row));
    for (int i = int(before.size()) - 1; i >= 0; --i) {
        if (!kept.contains(keyOf(before[size_t(i)]))) {
            before.erase(before.begin() + i);
            steps.push_back(Removed{i});
        }
    }
    for (int i = 0; i < int(after.size()); ++i) {
        const Row &wanted = after[size_t(i)];
        const auto here = before.begin() + i;
        const auto found =
            std::find_if(here, before.end(), [&](const Row &row) { return keyOf(row) == keyOf(wanted); });
        if (found == before.end()) {
            before.insert(here, wanted);
            steps.push_back(Inserted<Row>{i, wanted});
            continue;
        }
        if (found != here) {
            steps.push_back(Moved{int(found - before.begin()), i});
            std::rotate(here, found, found + 1);
        }
        if (!(before[size_t(i)] == wanted)) {
            before[size_t(i)] = wanted;
            steps.push_back(Changed<Row>{i, wanted});
        }
    }
    return steps;
}

} // namespace strop::sync
