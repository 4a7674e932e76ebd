#include "tests/support/fake_world/stranger.h"

#include "shared/protocol/codec.h"
#include "tests/support/fake_world/fake_server.h"
#include "tests/unit/expect.h"

namespace strop::test {
namespace {

/// Longer than any answer takes, shorter than any heartbeat.
constexpr Millis aMoment{100};

} // namespace

Stranger::Stranger(EventQueue &time, FakeServer &server)
    : m_time(time)
    , m_connection(std::make_shared<Connection>(time, std::make_shared<Network>()))
{
    m_connection->listen(
        End::Device, {[this](const QByteArray &message) {
                          m_heard.push_back(must(protocol::decode(message, protocol::maxServerMessageBytes)));
                      },
                      [this] { m_closed = true; }});
    m_closed = !server.accept(m_connection);
    m_time.pass(aMoment);
}

Stranger::~Stranger()
{
    m_connection->listen(End::Device, {});
    m_connection->cut();
}

void Stranger::send(const QByteArray &bytes)
{
    m_connection->send(End::Device, bytes);
    m_time.pass(aMoment);
}

void Stranger::say(const protocol::Message &message)
{
    send(protocol::encode(message));
}

void Stranger::introduce(DeviceId device, const crypto::SigningKey &key, int version)
{
    const auto challenge = std::get<protocol::Challenge>(m_heard.at(0));
    say(protocol::Hello{version, device, key.sign(protocol::signedText(challenge.nonce, device)), 0,
                        QByteArray()});
}

std::optional<ErrorCode> Stranger::refusal() const
{
    const auto *said = m_heard.empty() ? nullptr : std::get_if<protocol::ErrorMessage>(&m_heard.back());
    return said ? std::optional(said->error.code) : std::nullopt;
}

} // namespace strop::test
