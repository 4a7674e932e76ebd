#include "shared/protocol/codec.h"
#include "shared/sync/session.h"
#include "tests/unit/sync/sync_fixture.h"

/// Every message in every state of a device's session, as the table of PROTOCOL.md §12 has it.

using namespace strop;
using namespace strop::protocol;
using namespace strop::sync;
using namespace strop::test;

namespace {

using State = SessionState;

/// Remembers what was sent, by the names of the wire, and why the session closed.
class NamingLink final : public Link
{
public:
    void send(const QByteArray &message) override
    {
        sent += QCborValue::fromCbor(message).toArray().at(0).toString();
    }
    void close(const Error &reason) override { closed = reason.code; }

    QStringList sent;
    std::optional<ErrorCode> closed;
};

/// A message and what a device does on it.
struct Step
{
    const char *state;
    State in;
    const char *name;
    Message message;
    State next;
    QStringList sends;
    std::optional<ErrorCode> closes;
};

void PrintTo(const Step &step, std::ostream *out)
{
    *out << step.name << " while " << step.state;
}

/// The server's words; version 1 is where the salon begins, and what the device holds once it is live.
const Challenge challenge{QByteArray(nonceBytes, 'n')};
const Welcome welcome{idOf<BusinessId>(1), Role::Owner, QByteArray(16, 'e'), 1, 0, 4000};
const Snapshot more{{0, 1, {}}, false};
const Snapshot last{{0, 1, {}}, true};
const Delta next{{1, 2, {}}};
const Delta gap{{5, 6, {}}};
const Response response{9, std::nullopt, {}};
const ErrorMessage error{{ErrorCode::Unavailable, u"Later."_qs, {}}};

std::vector<Step> refused(const char *state, State in,
                          const std::vector<std::pair<const char *, Message>> &messages)
{
    std::vector<Step> steps;
    for (const auto &[name, message] : messages)
        steps.push_back({state, in, name, message, in, {}, ErrorCode::OutOfOrder});
    return steps;
}

/// What only a device says.
const std::vector<std::pair<const char *, Message>> devicesOwn{
    {"hello", Hello{}}, {"push", Push{}}, {"pull", Pull{}}, {"request", Request{}}, {"ping", Ping{}}};

std::vector<Step> everyStep()
{
    std::vector<Step> all{
        {"authenticating",
         State::Authenticating,
         "challenge",
         challenge,
         State::Authenticating,
         {u"hello"_qs},
         {}},
        {"authenticating", State::Authenticating, "welcome", welcome, State::CatchingUp, {u"pull"_qs}, {}},
        {"authenticating",
         State::Authenticating,
         "error",
         error,
         State::Authenticating,
         {},
         ErrorCode::Unavailable},
        {"catching up", State::CatchingUp, "snapshot, not final", more, State::CatchingUp, {u"pull"_qs}, {}},
        {"catching up", State::CatchingUp, "snapshot, final", last, State::Live, {}, {}},
        {"catching up", State::CatchingUp, "delta", next, State::CatchingUp, {}, {}},
        {"catching up", State::CatchingUp, "behind", Behind{}, State::CatchingUp, {}, {}},
        {"catching up", State::CatchingUp, "ack", Ack{}, State::CatchingUp, {}, {}},
        {"catching up", State::CatchingUp, "response", response, State::CatchingUp, {}, {}},
        {"catching up", State::CatchingUp, "pong", Pong{}, State::CatchingUp, {}, {}},
        {"catching up", State::CatchingUp, "error", error, State::CatchingUp, {}, ErrorCode::Unavailable},
        {"live", State::Live, "delta that continues", next, State::Live, {}, {}},
        {"live", State::Live, "delta with a gap", gap, State::CatchingUp, {u"pull"_qs}, {}},
        {"live", State::Live, "behind", Behind{}, State::CatchingUp, {u"pull"_qs}, {}},
        {"live", State::Live, "ack", Ack{}, State::Live, {}, {}},
        {"live", State::Live, "response", response, State::Live, {}, {}},
        {"live", State::Live, "pong", Pong{}, State::Live, {}, {}},
        {"live", State::Live, "error", error, State::Live, {}, ErrorCode::Unavailable},
    };
    const auto add = [&all](const std::vector<Step> &steps) {
        all.insert(all.end(), steps.begin(), steps.end());
    };
    add(refused("authenticating", State::Authenticating,
                {{"snapshot", last},
                 {"delta", next},
                 {"behind", Behind{}},
                 {"ack", Ack{}},
                 {"response", response},
                 {"pong", Pong{}}}));
    add(refused("catching up", State::CatchingUp, {{"challenge", challenge}, {"welcome", welcome}}));
    add(refused("live", State::Live, {{"challenge", challenge}, {"welcome", welcome}}));
    add(refused("authenticating", State::Authenticating, devicesOwn));
    add(refused("catching up", State::CatchingUp, devicesOwn));
    add(refused("live", State::Live, devicesOwn));
    return all;
}

class SessionStates : public testing::TestWithParam<Step>
{
protected:
    void bring(State state)
    {
        m_session.linkUp();
        if (state == State::Authenticating)
            return;
        m_session.receive(encode(challenge));
        m_session.receive(encode(welcome));
        if (state == State::Live)
            m_session.receive(encode(last));
    }

    ServerSide m_server;
    ReplicaFolder m_replica{m_server};
    NamingLink m_link;
    Session m_session{*m_replica, idOf<DeviceId>(7), crypto::SigningKey::generate(), m_link, m_replica.clock};
};

} // namespace

TEST_P(SessionStates, DoWhatTheProtocolSays)
{
    bring(GetParam().in);
    ASSERT_EQ(m_session.state(), GetParam().in);
    m_link.sent.clear();
    m_session.receive(encode(GetParam().message));
    EXPECT_EQ(m_link.closed, GetParam().closes);
    EXPECT_EQ(m_link.sent, GetParam().sends);
    EXPECT_EQ(m_session.state(), GetParam().next);
}
INSTANTIATE_TEST_SUITE_P(Every, SessionStates, testing::ValuesIn(everyStep()));
