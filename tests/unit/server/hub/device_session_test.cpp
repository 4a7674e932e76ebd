#include "server/hub/device_session.h"

#include "server/auth/limits.h"
#include "shared/crypto/signing.h"
#include "shared/protocol/codec.h"
#include "tests/unit/synced_store.h"
#include "tests/unit/virtual_clock.h"

using namespace strop;
using namespace strop::server;
using namespace strop::test;
using namespace strop::protocol;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::VariantWith;

namespace {

/// Keeps what the session said.
class FakePeer final : public Peer
{
public:
    void send(const QByteArray &message) override
    {
        sent.push_back(must(decode(message, maxServerMessageBytes)));
    }
    void close(const Error &reason) override { closed.push_back(reason.code); }
    [[nodiscard]] qint64 unsentBytes() const override { return unsent; }
    [[nodiscard]] QString name() const override { return u"192.0.2.1:1234"_qs; }

    std::vector<Message> sent;
    std::vector<ErrorCode> closed;
    qint64 unsent = 0;
};

/// Answers when the test says so.
class FakeBackend final : public Backend
{
public:
    void find(DeviceId, Answer<Standing> answer) override { found = std::move(answer); }
    void reportAhead(const Device &, const QByteArray &, qint64 cursor, Answer<Standing> answer) override
    {
        ahead = cursor;
        found = std::move(answer);
    }
    void push(const Device &, std::vector<PushedMutation> mutations, Answer<Ack> answer) override
    {
        EXPECT_FALSE(mutations.empty());
        pushed = std::move(answer);
    }
    void pull(const Device &, qint64 cursor, Answer<Chunk> answer) override
    {
        pulledFrom = cursor;
        pulled = std::move(answer);
    }
    void request(const Device &, const Request &, Answer<QCborMap> answer) override
    {
        requested.push_back(std::move(answer));
    }

    Answer<Standing> found;
    Answer<Ack> pushed;
    Answer<Chunk> pulled;
    qint64 pulledFrom = -1;
    qint64 ahead = -1;
    std::vector<Answer<QCborMap>> requested;
};

/// One connection from the challenge on.
class ServerSession : public testing::Test
{
protected:
    void SetUp() override { m_session->start(); }

    void receive(const Message &message) { m_session->receive(encode(message)); }

    [[nodiscard]] Hello hello(const crypto::SigningKey &key) const
    {
        const QByteArray nonce = std::get<Challenge>(m_peer.sent.front()).nonce;
        return {protocol::version, m_id, key.sign(signedText(nonce, m_id)), 0, {}};
    }
    [[nodiscard]] Backend::Standing standing(Role role = Role::Owner) const
    {
        Backend::Standing known;
        known.device.id = m_id;
        known.device.business = idOf<BusinessId>(1);
        known.device.role = role;
        known.device.publicKey = m_key.publicKey();
        known.head.version = 40;
        known.head.epoch = "epoch";
        known.lastMutationId = 7;
        return known;
    }
    void sayHello() { receive(hello(m_key)); }
    void beWelcomed()
    {
        sayHello();
        m_backend.found(standing());
        m_peer.sent.clear();
    }
    void goLive()
    {
        beWelcomed();
        receive(Pull{40});
        answerPull(40, true);
        m_peer.sent.clear();
    }
    void answerPull(qint64 to, bool final)
    {
        m_backend.pulled(Backend::Chunk{encode(Snapshot{{m_backend.pulledFrom, to, {}}, final}), to, final});
    }
    static Commit commit(qint64 version)
    {
        Commit made;
        made.business = idOf<BusinessId>(1);
        made.from = version - 1;
        made.to = version;
        made.deltaByRole.fill(encode(Delta{{version - 1, version, {}}}));
        return made;
    }

    /// The last message is an error of that code, and the connection was closed for it, once.
    void expectBreach(ErrorCode code)
    {
        ASSERT_FALSE(m_peer.sent.empty());
        const auto *message = std::get_if<ErrorMessage>(&m_peer.sent.back());
        ASSERT_TRUE(message);
        EXPECT_EQ(message->error.code, code);
        EXPECT_FALSE(message->error.message.isEmpty());
        EXPECT_THAT(m_peer.closed, ElementsAre(code));
    }

    const DeviceId m_id = idOf<DeviceId>(9);
    const crypto::SigningKey m_key = crypto::SigningKey::generate();
    VirtualClock m_clock;
    FakePeer m_peer;
    FakeBackend m_backend;
    DeviceSession::Settings m_settings{.maxUnsentBytes = 1000};
    std::shared_ptr<DeviceSession> m_session =
        std::make_shared<DeviceSession>(m_peer, m_backend, m_clock, m_settings);
};

const Push somePush{{{1, "hash", "mutation"}}};
const Request someRequest{5, u"devices.list"_qs, {}};

/// What a device may say only once it is welcomed.
const std::vector<Message> talk{somePush, Pull{0}, someRequest, Ping{}};

/// What only a server says.
const std::vector<Message> serversOwn{
    Challenge{"nonce"}, Welcome{}, Ack{},      Delta{},
    Snapshot{},         Behind{},  Response{}, ErrorMessage{{ErrorCode::Internal, u"No."_qs, {}}}};

class WrongMoment : public ServerSession, public testing::WithParamInterface<Message>
{};

using BeforeHello = WrongMoment;
using WhileTheHelloIsChecked = WrongMoment;
using OnceWelcomed = WrongMoment;
using OnceClosed = WrongMoment;
using WhilePushingAndPulling = WrongMoment;

std::vector<Message> joined(std::vector<Message> a, const std::vector<Message> &b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

} // namespace

TEST_P(BeforeHello, AMessageEndsTheConnection)
{
    receive(GetParam());
    expectBreach(ErrorCode::OutOfOrder);
    EXPECT_FALSE(m_backend.pushed || m_backend.pulled || !m_backend.requested.empty());
}
INSTANTIATE_TEST_SUITE_P(Every, BeforeHello, testing::ValuesIn(joined(talk, serversOwn)));

TEST_P(WhileTheHelloIsChecked, AMessageEndsTheConnection)
{
    sayHello();
    receive(GetParam());
    expectBreach(ErrorCode::OutOfOrder);
    m_backend.found(standing());
    EXPECT_FALSE(m_session->device()) << "the answer comes too late";
}
INSTANTIATE_TEST_SUITE_P(Every, WhileTheHelloIsChecked,
                         testing::ValuesIn(joined(joined(talk, serversOwn), {Hello{}})));

TEST_P(OnceWelcomed, AMessageOfTheServersOwnOrAnotherHelloEndsTheConnection)
{
    beWelcomed();
    receive(GetParam());
    expectBreach(ErrorCode::OutOfOrder);
}
INSTANTIATE_TEST_SUITE_P(Every, OnceWelcomed, testing::ValuesIn(joined(serversOwn, {Hello{}})));

TEST_P(OnceClosed, AMessageIsNotHeard)
{
    beWelcomed();
    m_session->breach({ErrorCode::Unauthenticated, u"Revoked."_qs, {}});
    const size_t said = m_peer.sent.size();
    receive(GetParam());
    EXPECT_EQ(m_peer.sent.size(), said);
    EXPECT_THAT(m_peer.closed, ElementsAre(ErrorCode::Unauthenticated));
    EXPECT_FALSE(m_backend.pushed || m_backend.pulled || !m_backend.requested.empty());
}
INSTANTIATE_TEST_SUITE_P(Every, OnceClosed,
                         testing::ValuesIn(joined(joined(talk, serversOwn), {Hello{}, Pong{}})));

TEST_P(WhilePushingAndPulling, OnlyAnotherPushOrPullEndsTheConnection)
{
    beWelcomed();
    receive(somePush);
    receive(Pull{0});
    receive(GetParam());
    if (std::holds_alternative<Push>(GetParam()) || std::holds_alternative<Pull>(GetParam()))
        expectBreach(ErrorCode::OutOfOrder);
    else
        EXPECT_THAT(m_peer.closed, IsEmpty());
}
INSTANTIATE_TEST_SUITE_P(Every, WhilePushingAndPulling, testing::ValuesIn(joined(talk, {Pong{}})));

TEST_F(ServerSession, ChallengesFirstWithAFreshNonce)
{
    ASSERT_EQ(m_peer.sent.size(), 1U);
    const QByteArray nonce = std::get<Challenge>(m_peer.sent.front()).nonce;
    EXPECT_EQ(nonce.size(), nonceBytes);
    FakePeer other;
    const auto second = std::make_shared<DeviceSession>(other, m_backend, m_clock, m_settings);
    second->start();
    EXPECT_NE(std::get<Challenge>(other.sent.front()).nonce, nonce);
}

TEST_F(ServerSession, WelcomesADeviceThatProvesItself)
{
    BusinessId announced;
    m_session->setWelcomedListener([&](BusinessId business) { announced = business; });
    sayHello();
    m_backend.found(standing(Role::Kiosk));
    const auto &welcome = std::get<Welcome>(m_peer.sent.back());
    EXPECT_EQ(welcome.business, idOf<BusinessId>(1));
    EXPECT_EQ(welcome.role, Role::Kiosk);
    EXPECT_EQ(welcome.epoch, "epoch");
    EXPECT_EQ(welcome.head, 40);
    EXPECT_EQ(welcome.lastMutationId, 7);
    EXPECT_EQ(welcome.heartbeatMs, m_settings.heartbeat.count());
    EXPECT_EQ(announced, idOf<BusinessId>(1));
}

TEST_F(ServerSession, RefusesAnUnknownDeviceAndAWrongSignatureInTheSameWords)
{
    receive(hello(crypto::SigningKey::generate()));
    m_backend.found(standing());
    expectBreach(ErrorCode::Unauthenticated);
    EXPECT_EQ(std::get<ErrorMessage>(m_peer.sent.back()).error, refusedCredentials());
    EXPECT_FALSE(m_session->device());
}

TEST_F(ServerSession, TellsADeviceOfAnotherProtocolVersionToUpdate)
{
    Hello old = hello(m_key);
    old.version = protocol::version + 1;
    receive(old);
    expectBreach(ErrorCode::UpdateNeeded);
}

TEST_F(ServerSession, RefusesBytesThatAreNoMessage)
{
    m_session->receive("\xff\xff");
    expectBreach(ErrorCode::MalformedFrame);
    m_session->receive(encode(Ping{}));
    EXPECT_EQ(m_peer.closed.size(), 1U) << "nothing is read after the breach";
}

TEST_F(ServerSession, RefusesAMessageOfAnUnknownType)
{
    m_session->receive(QCborValue(QCborArray{u"hug"_qs}).toCbor());
    expectBreach(ErrorCode::UnknownMessage);
}

TEST_F(ServerSession, RefusesAMessageOverTheLimit)
{
    m_session->receive(QByteArray(m_settings.maxMessageBytes + 1, 'x'));
    expectBreach(ErrorCode::FrameTooLarge);
}

TEST_F(ServerSession, TakesOnePushAtATime)
{
    beWelcomed();
    receive(somePush);
    m_backend.pushed(Ack{{{1, std::nullopt}}, 41});
    EXPECT_THAT(m_peer.sent, ElementsAre(VariantWith<Ack>(testing::Field(&Ack::version, 41))));
    receive(somePush);
    receive(somePush);
    expectBreach(ErrorCode::OutOfOrder);
}

TEST_F(ServerSession, TakesOnePullAtATime)
{
    beWelcomed();
    receive(Pull{0});
    receive(Pull{0});
    expectBreach(ErrorCode::OutOfOrder);
}

TEST_F(ServerSession, AStrangersPongIsOutOfOrder)
{
    receive(Pong{});
    expectBreach(ErrorCode::OutOfOrder);
}

TEST_F(ServerSession, AnswersPingsAndTakesPongsAtAnyTimeOnceWelcomed)
{
    beWelcomed();
    receive(Ping{});
    receive(Pong{});
    EXPECT_THAT(m_peer.sent, ElementsAre(VariantWith<Pong>(testing::_)));
    EXPECT_THAT(m_peer.closed, IsEmpty());
}

TEST_F(ServerSession, AnswersRequestsByTheirIdsInAnyOrder)
{
    beWelcomed();
    receive(Request{5, u"a"_qs, {}});
    receive(Request{6, u"b"_qs, {}});
    m_backend.requested[1](fail(ErrorCode::NotFound, u"No."_qs));
    m_backend.requested[0](QCborMap{{u"x"_qs, 1}});
    ASSERT_EQ(m_peer.sent.size(), 2U);
    const auto &refused = std::get<Response>(m_peer.sent[0]);
    EXPECT_EQ(refused.id, 6);
    EXPECT_EQ(refused.error.value().code, ErrorCode::NotFound);
    const auto &answered = std::get<Response>(m_peer.sent[1]);
    EXPECT_EQ(answered.id, 5);
    EXPECT_FALSE(answered.error);
    EXPECT_EQ(answered.result.value(u"x"_qs).toInteger(), 1);
}

TEST_F(ServerSession, RefusesRequestsBeyondTheNumberUnderWayAndGoesOn)
{
    beWelcomed();
    for (int id = 1; id <= limits::requestsUnderWay; ++id)
        receive(Request{id, u"a"_qs, {}});
    EXPECT_THAT(m_peer.sent, IsEmpty());
    receive(Request{100, u"a"_qs, {}});
    ASSERT_EQ(m_peer.sent.size(), 1U);
    const auto &refused = std::get<Response>(m_peer.sent.back());
    EXPECT_EQ(refused.id, 100);
    EXPECT_EQ(refused.error.value().code, ErrorCode::RateLimited);
    m_backend.requested.front()(QCborMap());
    receive(Request{101, u"a"_qs, {}});
    EXPECT_EQ(m_backend.requested.size(), size_t(limits::requestsUnderWay) + 1);
    EXPECT_THAT(m_peer.closed, IsEmpty());
}

TEST_F(ServerSession, BoundsTheRateOfRequests)
{
    beWelcomed();
    const auto ask = [this](qint64 id) {
        const size_t before = m_backend.requested.size();
        receive(Request{id, u"a"_qs, {}});
        if (m_backend.requested.size() == before)
            return false;
        m_backend.requested.back()(QCborMap());
        return true;
    };
    for (int id = 1; id <= limits::requestBurst; ++id)
        EXPECT_TRUE(ask(id)) << id;
    EXPECT_FALSE(ask(100));
    m_clock.pass(limits::requestRefill);
    EXPECT_TRUE(ask(101));
    EXPECT_FALSE(ask(102));
    EXPECT_EQ(std::get<Response>(m_peer.sent.back()).error.value().code, ErrorCode::RateLimited);
}

TEST_F(ServerSession, PassesAFailedPushOnAndCloses)
{
    beWelcomed();
    receive(somePush);
    m_backend.pushed(fail(ErrorCode::StorageFull, u"The disk is full."_qs));
    expectBreach(ErrorCode::StorageFull);
}

TEST_F(ServerSession, DropsAnswersThatComeAfterItsEnd)
{
    beWelcomed();
    receive(somePush);
    receive(Pull{0});
    receive(someRequest);
    m_session->breach({ErrorCode::Unauthenticated, u"Revoked."_qs, {}});
    const size_t said = m_peer.sent.size();
    m_backend.pushed(Ack{});
    m_session.reset();
    answerPull(40, true);
    m_backend.requested.front()(QCborMap());
    EXPECT_EQ(m_peer.sent.size(), said);
}

TEST_F(ServerSession, SendsDeltasOnceTheDeviceHasEverything)
{
    m_session->deliver(commit(41));
    beWelcomed();
    m_session->deliver(commit(42));
    EXPECT_THAT(m_peer.sent, IsEmpty()) << "it has not pulled yet";
    receive(Pull{0});
    answerPull(30, false);
    m_session->deliver(commit(43));
    receive(Pull{30});
    answerPull(43, true);
    m_peer.sent.clear();
    m_session->deliver(commit(44));
    EXPECT_THAT(m_peer.sent, ElementsAre(VariantWith<Delta>(testing::_)));
}

TEST_F(ServerSession, SendsADeviceThatMissedACommitWhileItPulledBackToPulling)
{
    beWelcomed();
    receive(Pull{0});
    m_session->deliver(commit(41));
    answerPull(40, true);
    EXPECT_THAT(m_peer.sent, ElementsAre(VariantWith<Snapshot>(testing::_), VariantWith<Behind>(testing::_)));
}

TEST_F(ServerSession, SendsNobodyBackForACommitThatThePullHasBrought)
{
    beWelcomed();
    receive(Pull{0});
    m_session->deliver(commit(41));
    answerPull(41, true);
    EXPECT_THAT(m_peer.sent, ElementsAre(VariantWith<Snapshot>(testing::_)));
}

TEST_F(ServerSession, DropsTheDeltasOfASlowReaderForOneBehind)
{
    goLive();
    m_peer.unsent = 1001;
    m_session->deliver(commit(41));
    m_peer.unsent = 500;
    m_session->deliver(commit(42));
    m_session->tick();
    EXPECT_THAT(m_peer.sent, IsEmpty()) << "it has not read the rest yet";
    m_peer.unsent = 0;
    m_session->tick();
    m_session->tick();
    EXPECT_THAT(m_peer.sent, ElementsAre(VariantWith<Behind>(testing::_)));
    m_session->deliver(commit(43));
    EXPECT_EQ(m_peer.sent.size(), 1U) << "no delta before the pull";
    receive(Pull{40});
    answerPull(43, true);
    m_session->deliver(commit(44));
    EXPECT_THAT(m_peer.sent.back(), VariantWith<Delta>(testing::_));
}

TEST_F(ServerSession, SendsABehindInsteadOfADeltaThatNoDeviceWouldTake)
{
    goLive();
    Commit huge = commit(41);
    huge.deltaByRole.fill(QByteArray(maxServerMessageBytes + 1, 'x'));
    m_session->deliver(huge);
    m_session->tick();
    EXPECT_THAT(m_peer.sent, ElementsAre(VariantWith<Behind>(testing::_)));
}

TEST_F(ServerSession, GivesUpADeviceThatIsSilentForTwoHeartbeats)
{
    goLive();
    m_clock.pass(2 * m_settings.heartbeat - Millis(1));
    m_session->tick();
    EXPECT_THAT(m_peer.closed, IsEmpty());
    receive(Ping{});
    m_clock.pass(2 * m_settings.heartbeat - Millis(1));
    m_session->tick();
    EXPECT_THAT(m_peer.closed, IsEmpty());
    m_clock.pass(Millis(1));
    m_session->tick();
    m_session->tick();
    EXPECT_THAT(m_peer.closed, ElementsAre(ErrorCode::NetworkFailure));
}

TEST_F(ServerSession, AMessageOnItsWayKeepsASlowDeviceAlive)
{
    goLive();
    for (int frame = 0; frame < 5; ++frame) {
        m_clock.pass(2 * m_settings.heartbeat - Millis(1));
        m_session->noteAlive();
        m_session->tick();
    }
    EXPECT_THAT(m_peer.closed, IsEmpty());
}

TEST_F(ServerSession, AStrangerGainsNoTimeByTalking)
{
    m_clock.pass(2 * m_settings.heartbeat - Millis(1));
    m_session->noteAlive();
    m_clock.pass(Millis(1));
    m_session->tick();
    EXPECT_THAT(m_peer.closed, ElementsAre(ErrorCode::NetworkFailure));
}

TEST_F(ServerSession, GivesUpAPeerThatAsksAndNeverReads)
{
    goLive();
    m_peer.unsent = m_settings.maxUnsentBytes + 2 * maxServerMessageBytes + 1;
    receive(Pull{0});
    EXPECT_THAT(m_peer.closed, ElementsAre(ErrorCode::NetworkFailure));
    EXPECT_THAT(m_peer.sent, IsEmpty());
}

TEST_F(ServerSession, GivesUpAStrangerWhoseUnreadPongsPileUp)
{
    m_peer.unsent = 64 * 1024 + 1;
    m_session->tick();
    EXPECT_THAT(m_peer.closed, ElementsAre(ErrorCode::NetworkFailure));
}

TEST_F(ServerSession, DoesNotWaitForEverForAPeerThatIsToldToGo)
{
    goLive();
    m_session->breach({ErrorCode::Unauthenticated, u"Go."_qs, {}});
    m_clock.pass(2 * m_settings.heartbeat);
    m_session->tick();
    EXPECT_THAT(m_peer.closed, ElementsAre(ErrorCode::Unauthenticated, ErrorCode::NetworkFailure));
}

TEST_F(ServerSession, GivesUpAPeerThatNeverSaysHello)
{
    m_clock.pass(2 * m_settings.heartbeat);
    m_session->tick();
    EXPECT_THAT(m_peer.closed, ElementsAre(ErrorCode::NetworkFailure));
}

TEST_F(ServerSession, ReportsADeviceThatIsAheadOfItsHistoryAndWelcomesItToTheNext)
{
    Hello ahead = hello(m_key);
    ahead.cursor = 41;
    ahead.epoch = "epoch";
    receive(ahead);
    m_backend.found(standing());
    EXPECT_EQ(m_backend.ahead, 41);
    Backend::Standing after = standing();
    after.head.epoch = "next";
    m_backend.found(after);
    EXPECT_EQ(std::get<Welcome>(m_peer.sent.back()).epoch, "next");
}

TEST_F(ServerSession, ReportsNoDeviceOfAnotherHistory)
{
    Hello other = hello(m_key);
    other.cursor = 9000;
    other.epoch = "yesterday";
    receive(other);
    m_backend.found(standing());
    EXPECT_EQ(m_backend.ahead, -1);
    EXPECT_TRUE(std::holds_alternative<Welcome>(m_peer.sent.back()));
}

TEST_F(ServerSession, TellsInItsPongsWhatItHasSent)
{
    goLive();
    m_session->deliver(commit(41));
    receive(Ping{});
    EXPECT_EQ(std::get<Pong>(m_peer.sent.back()).version, 41);
}

TEST_F(ServerSession, EndsWhenItsBusinessBeginsANewHistory)
{
    goLive();
    Commit restored = commit(41);
    restored.epoch = "next";
    m_session->deliver(restored);
    EXPECT_THAT(m_peer.closed, ElementsAre(ErrorCode::Unavailable));
}

TEST_F(ServerSession, SpeaksTheVersionBeforeItsOwn)
{
    Hello old = hello(m_key);
    old.version = oldestVersion;
    receive(old);
    m_backend.found(standing());
    EXPECT_TRUE(std::holds_alternative<Welcome>(m_peer.sent.back()));
}
