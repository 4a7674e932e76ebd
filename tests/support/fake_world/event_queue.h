#pragma once

#include "shared/base/instant.h"

#include <functional>
#include <map>

namespace strop::test {

/// Virtual time: everything that is going to happen, in order of its moment and, within one moment, of its
/// being asked for. Nothing happens but inside runOne() and pass(), on the caller's thread.
class EventQueue
{
public:
    /// Since the world began.
    [[nodiscard]] Millis now() const { return m_now; }

    /// `delay` is not negative.
    void post(Millis delay, std::function<void()> event);

    /// Does the next thing if it is due by `latest`; false when nothing is.
    bool runOne(Millis latest);

    /// Lets so much time pass.
    void pass(Millis duration);

private:
    Millis m_now{0};
    std::multimap<Millis, std::function<void()>> m_events; // equal keys keep the order of their insertion
};

} // namespace strop::test
