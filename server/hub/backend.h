#pragma once

#include "server/authority/authority.h"
#include "server/authority/business_head.h"

namespace strop::server {

/// What a device's session asks of the rest of the server. Answers come later (or at once), always on the
/// session's own thread, exactly once; a push of a business that was restored is answered twice
/// (RecoveryDesk).
class Backend
{
public:
    virtual ~Backend() = default;

    template <typename T>
    using Answer = std::function<void(Result<T>)>;

    /// What a session needs to welcome a device.
    struct Standing
    {
        Device device;
        BusinessHead head;
        qint64 lastMutationId = 0;
        QByteArray chainHash; ///< Of that mutation.
    };
    virtual void find(DeviceId device, Answer<Standing> answer) = 0;

    /// A device that proved itself has rows of this epoch above the newest version (Store::noteAhead).
    /// Answers its standing after that.
    virtual void reportAhead(const Device &device, const QByteArray &epoch, qint64 cursor,
                             Answer<Standing> answer) = 0;

    virtual void push(const Device &device, std::vector<protocol::PushedMutation> mutations,
                      Answer<protocol::Ack> answer) = 0;

    /// A chunk of rows, already encoded for the wire.
    struct Chunk
    {
        QByteArray message;
        qint64 to = 0;
        bool final = false;
    };
    virtual void pull(const Device &device, qint64 cursor, Answer<Chunk> answer) = 0;

    virtual void request(const Device &device, const protocol::Request &request, Answer<QCborMap> answer) = 0;
};

} // namespace strop::server
