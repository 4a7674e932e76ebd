#pragma once

#include "server/authority/authority.h"
#include "shared/crypto/digest.h"

namespace strop::test {

/// A device that numbers and chains its writes as a real outbox does.
class PushingDevice
{
public:
    explicit PushingDevice(server::Device device)
        : m_device(std::move(device))
    {}

    [[nodiscard]] const server::Device &device() const { return m_device; }

    [[nodiscard]] protocol::PushedMutation pushed(const QByteArray &mutation)
    {
        ++m_id;
        m_hash = crypto::digest(protocol::chainText(m_hash, m_id, mutation));
        return {m_id, m_hash, mutation};
    }
    template <typename Args>
    [[nodiscard]] protocol::PushedMutation write(const Args &args)
    {
        return pushed(mutators::encodeMutation(mutators::makeMutation(args)));
    }

    [[nodiscard]] server::PushJob job(std::vector<protocol::PushedMutation> mutations) const
    {
        return {m_device, std::move(mutations)};
    }

private:
    server::Device m_device;
    qint64 m_id = 0;
    QByteArray m_hash;
};

} // namespace strop::test
