#include "tests/simulation/ddmin.h"

#include <algorithm>

namespace strop::simulation {
namespace {

using Part = std::vector<int>;

/// Cuts into so many parts, equal but for one element.
std::vector<Part> cut(const Part &whole, size_t parts)
{
    std::vector<Part> cuts;
    for (size_t i = 0; i < parts; ++i)
        cuts.emplace_back(whole.begin() + std::ptrdiff_t(whole.size() * i / parts),
                          whole.begin() + std::ptrdiff_t(whole.size() * (i + 1) / parts));
    return cuts;
}

Part allBut(const std::vector<Part> &parts, size_t left)
{
    Part rest;
    for (size_t i = 0; i < parts.size(); ++i) {
        if (i != left)
            rest.insert(rest.end(), parts[i].begin(), parts[i].end());
    }
    return rest;
}

} // namespace

Part minimise(Part failing, const std::function<bool(const Part &)> &fails,
              const std::function<bool()> &enough)
{
    // The paper assumes that nothing at all does not fail; a broken beginning does.
    if (fails({}))
        return {};
    size_t granularity = 2;
    while (failing.size() >= 2) {
        const std::vector<Part> parts = cut(failing, granularity);
        bool reduced = false;
        for (size_t i = 0; i < parts.size() && !reduced; ++i) {
            if (enough())
                return failing;
            if (fails(parts[i])) { // reduce to a subset
                failing = parts[i];
                granularity = 2;
                reduced = true;
            }
        }
        for (size_t i = 0; i < parts.size() && !reduced && granularity > 2; ++i) {
            if (enough())
                return failing;
            if (Part rest = allBut(parts, i); fails(rest)) { // reduce to a complement
                failing = std::move(rest);
                granularity = std::max<size_t>(granularity - 1, 2);
                reduced = true;
            }
        }
        if (reduced)
            continue;
        if (granularity >= failing.size())
            break;
        granularity = std::min(granularity * 2, failing.size());
    }
    return failing;
}

} // namespace strop::simulation
