#include "tests/fuzz/targets.h"

#include <algorithm>
#include <stdexcept>

namespace strop::fuzz {
namespace {

constexpr Target all[] = {
    {"message", message, true}, {"rows", rows, true},  {"mutation", mutation, true},
    {"json", json, false},      {"text", text, false}, {"outbox", outbox, false},
};

} // namespace

std::span<const Target> targets()
{
    return all;
}

const Target &targetNamed(QByteArrayView name)
{
    const auto *found = std::find_if(std::begin(all), std::end(all),
                                     [&](const Target &one) { return name == QByteArrayView(one.name); });
    Q_ASSERT(found != std::end(all));
    return *found;
}

void promise(bool holds, const char *what)
{
    if (!holds)
        throw std::logic_error(what);
}

} // namespace strop::fuzz
