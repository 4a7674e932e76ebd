#pragma once

#include "shared/mutators/mutation.h"

#include <map>

namespace strop::simulation {

/// What a mutation says, whatever a version of the protocol wraps around it.
[[nodiscard]] inline QByteArray saying(const mutators::Mutation &mutation)
{
    return mutators::encodeMutation({mutation.name, mutation.version, mutation.arguments});
}

/// What people remember: which writes were confirmed to them, counted by what they say.
class Ledger
{
public:
    struct Entry
    {
        int confirmed = 0; ///< Somebody was told that it is safe.
        int perhaps = 0;   ///< The machine died while it was written: it may be there or not.
        int lost = 0;      ///< Waited in a folder that somebody has put an older copy over.
        int forgotten = 0; ///< Its rejection was in such a folder.
        int dismissed = 0; ///< Its rejection was dealt with.
        QString by;        ///< Who made it first, and in which step.
    };

    Entry &operator[](const QByteArray &said) { return m_entries[said]; }
    [[nodiscard]] Entry of(const QByteArray &said) const
    {
        const auto known = m_entries.find(said);
        return known == m_entries.end() ? Entry{} : known->second;
    }
    [[nodiscard]] const std::map<QByteArray, Entry> &entries() const { return m_entries; }

private:
    std::map<QByteArray, Entry> m_entries;
};

} // namespace strop::simulation
