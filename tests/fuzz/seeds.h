#pragma once

#include "tests/fuzz/targets.h"

#include <vector>

namespace strop::fuzz {

/// Good bytes for a target, made by the encoders of today: where a fuzzer begins.
struct Seed
{
    QByteArray name; ///< Of its file.
    QByteArray bytes;
};

[[nodiscard]] std::vector<Seed> seedsOf(const Target &target);

} // namespace strop::fuzz
