#pragma once

#include <unistd.h>

namespace strop::test {

/// Gives up root while it lives, because root may write everywhere. Nothing to an ordinary user.
class Unprivileged
{
public:
    Unprivileged()
    {
        if (m_wasRoot)
            m_dropped = ::seteuid(nobody) == 0;
    }
    ~Unprivileged()
    {
        if (m_dropped)
            m_dropped = ::seteuid(0) != 0;
    }
    Unprivileged(const Unprivileged &) = delete;
    Unprivileged &operator=(const Unprivileged &) = delete;

private:
    static constexpr uid_t nobody = 65534;
    const bool m_wasRoot = ::geteuid() == 0;
    bool m_dropped = false;
};

} // namespace strop::test
