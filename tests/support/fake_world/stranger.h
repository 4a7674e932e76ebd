#pragma once

#include "shared/crypto/signing.h"
#include "shared/protocol/messages.h"
#include "tests/support/fake_world/connection.h"

namespace strop::test {

class FakeServer;

/// Whoever speaks to the server without our code: bytes in, messages out.
class Stranger
{
public:
    /// Connects. `time` outlives the stranger.
    Stranger(EventQueue &time, FakeServer &server);
    ~Stranger();

    void send(const QByteArray &bytes);
    void say(const protocol::Message &message);

    /// Answers the challenge as that device, and waits to be welcomed or not.
    void introduce(DeviceId device, const crypto::SigningKey &key, int version = protocol::version);

    /// Everything that the server said so far.
    [[nodiscard]] const std::vector<protocol::Message> &heard() const { return m_heard; }
    [[nodiscard]] bool isClosed() const { return m_closed; }

    /// The typed error that the server said last; none when it said something else.
    [[nodiscard]] std::optional<ErrorCode> refusal() const;

private:
    EventQueue &m_time;
    std::shared_ptr<Connection> m_connection;
    std::vector<protocol::Message> m_heard;
    bool m_closed = false;
};

} // namespace strop::test
