#include "server/authority/group_size.h"

#include <algorithm>

namespace strop::server {

void GroupSize::learn(size_t mutations, Duration took)
{
    if (double(mutations) < m_limit / 2 || took <= Duration::zero())
        return;
    const double fitting = double(mutations) * double(aim.count()) / double(took.count());
    // A quarter of the way at a time: one stall of the disk is no reason to change.
    m_limit = std::clamp(m_limit + (fitting - m_limit) / 4, double(smallest), double(largest));
}

} // namespace strop::server
