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

/// Takes a list from before a diff to after it.
template <typename Row>
void applyDiff(std::vector<Row> &rows, const Diff<Row> &diff)
{
    for (const Step<Row> &step : diff) {
        if (const auto *inserted = std::get_if<Inserted<Row>>(&step))
            rows.insert(rows.begin() + inserted->at, inserted->row);
        else if (const auto *removed = std::get_if<Removed>(&step))
            rows.erase(rows.begin() + removed->at);
        else if (const auto *moved = std::get_if<Moved>(&step))
            std::rotate(rows.begin() + moved->to, rows.begin() + moved->from, rows.begin() + moved->from + 1);
        else if (const auto *changed = std::get_if<Changed<Row>>(&step))
            rows[size_t(changed->at)] = changed->row;
    }
}

} // namespace strop::sync
