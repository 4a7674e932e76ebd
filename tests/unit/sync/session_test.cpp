#include "shared/sync/session.h"

#include "shared/protocol/codec.h"
#include "tests/unit/sync/sync_fixture.h"

using namespace strop;
using namespace strop::protocol;
using namespace strop::sync;
using namespace strop::test;
using mutators::makeMutation;

namespace {

/// Remembers what the session sent and why it closed.
class RecordingLink final : public Link
{
public:
    void send(const QByteArray &message) override
    {
        m_sent.push_back(must(decode(message, maxDeviceMessageBytes)));
    }
    void close(const Error &reason) override { m_closed = reason; }

    [[nodiscard]] std::vector<Message> takeSent() { return std::exchange(m_sent, {}); }
    [[nodiscard]] const std::optional<Error> &closed() const { return m_closed; }

private:
    std::vector<Message> m_sent;
    std::optional<Error> m_closed;
};

class SessionTest : public testing::Test
{
protected:
    void hear(const Message &message) { session.receive(encode(message)); }

    void welcome()
    {
        session.linkUp();
        hear(Challenge{nonce});
        hear(Welcome{server.business, Role::Owner, epoch, server.head(), 0, heartbeat.count()});
    }

    void goLive()
    {
        welcome();
        hear(Snapshot{server.everything(), true});
        (void)link.takeSent();
    }

    void book(quint8 number, int hour)
    {
        must(replica->mutate(makeMutation(server.booking(number, server.at(hour)))));
        session.push();
    }

    /// The folder knows who it is.
    void beKnown()
    {
        must(saveIdentity(replica.path(), {key, {device, server.business, Role::Owner, {}}, QUrl()}));
    }

    /// Time in which the server is there and says nothing new.
    void passTalking(Millis time)
    {
        for (; time > Millis(0); time -= Millis(1000)) {
            replica.clock.running += std::min(time, Millis(1000));
            session.noteAlive();
            session.tick();
        }
    }

    void expectPatience()
    {
        passTalking(Session::patience - Millis(1));
        EXPECT_FALSE(closed());
        passTalking(Millis(1));
        EXPECT_EQ(closed(), ErrorCode::NetworkFailure);
    }

    /// The kinds of what was sent, by the names of the wire.
    [[nodiscard]] QStringList sent()
    {
        QStringList names;
        for (const Message &message : link.takeSent())
            names += QCborValue::fromCbor(encode(message)).toArray().at(0).toString();
        return names;
    }

    [[nodiscard]] std::optional<ErrorCode> closed() const
    {
        return link.closed() ? std::optional(link.closed()->code) : std::nullopt;
    }

    const QByteArray nonce = QByteArray(nonceBytes, 'n');
    const QByteArray epoch = QByteArray(16, 'e');
    const Millis heartbeat{4000};
    const DeviceId device = idOf<DeviceId>(7);
    const crypto::SigningKey key = crypto::SigningKey::generate();
    ServerSide server;
    ReplicaFolder replica{server};
    RecordingLink link;
    Session session{*replica, device, key, link, replica.clock};
};

using Sent = QStringList;

} // namespace

TEST_F(SessionTest, ProvesItselfToTheServersChallenge)
{
    session.linkUp();
    EXPECT_EQ(session.state(), SessionState::Authenticating);
    hear(Challenge{nonce});
    const std::vector<Message> said = link.takeSent();
    ASSERT_EQ(said.size(), 1U);
    const auto hello = std::get<Hello>(said.front());
    EXPECT_EQ(hello.version, protocol::version);
    EXPECT_EQ(hello.device, device);
    EXPECT_TRUE(crypto::verifySignature(signedText(nonce, device), hello.signature, key.publicKey()));
}

TEST_F(SessionTest, SignsNothingButAWholeChallengeAtItsMoment)
{
    session.linkUp();
    hear(Challenge{QByteArray("short")});
    EXPECT_EQ(closed(), ErrorCode::OutOfOrder);
    EXPECT_EQ(sent(), Sent{});
}

TEST_F(SessionTest, PullsAndPushesOnceItIsWelcome)
{
    must(replica->applyBatch(server.everything()));
    must(replica->startOver(epoch));
    must(replica->applyBatch(server.everything()));
    must(replica->mutate(makeMutation(server.booking(50, server.at(10)))));
    welcome();
    EXPECT_EQ(sent(), (Sent{u"hello"_qs, u"pull"_qs, u"push"_qs}));
    EXPECT_EQ(session.state(), SessionState::CatchingUp);
}

TEST_F(SessionTest, PullsFromTheStartOnAnotherHistory)
{
    must(replica->startOver(QByteArray(16, 'o')));
    must(replica->applyBatch(server.everything()));
    welcome();
    const std::vector<Message> said = link.takeSent();
    EXPECT_EQ(std::get<Hello>(said.at(0)).cursor, 1);
    EXPECT_EQ(std::get<Pull>(said.at(1)).cursor, 0);
    EXPECT_EQ(replica->epoch(), epoch);
}

TEST_F(SessionTest, PullsChunkAfterChunkUntilTheLast)
{
    welcome();
    (void)link.takeSent();
    auto part = server.everything();
    hear(Snapshot{part, false});
    EXPECT_EQ(sent(), (Sent{u"pull"_qs}));
    EXPECT_EQ(session.state(), SessionState::CatchingUp);
    server.commit(server.booking(60, server.at(12)));
    hear(Snapshot{server.above(1), true});
    EXPECT_EQ(sent(), Sent{});
    EXPECT_EQ(session.state(), SessionState::Live);
    EXPECT_TRUE(session.isIdle());
}

TEST_F(SessionTest, TakesDeltasWhileLiveAndPullsOverAGap)
{
    goLive();
    server.commit(server.booking(60, server.at(12)));
    hear(Delta{server.above(1)});
    EXPECT_TRUE(replica.shows(idOf<AppointmentId>(60)));
    server.commit(server.booking(61, server.at(13)));
    server.commit(server.booking(62, server.at(14)));
    hear(Delta{server.above(3)});
    EXPECT_EQ(sent(), (Sent{u"pull"_qs}));
    EXPECT_EQ(session.state(), SessionState::CatchingUp);
    hear(Snapshot{server.above(2), true});
    EXPECT_TRUE(replica.shows(idOf<AppointmentId>(61)));
    EXPECT_TRUE(replica.shows(idOf<AppointmentId>(62)));
}

TEST_F(SessionTest, NeverHasTwoPullsUnderWayHoweverOftenItIsBehind)
{
    goLive();
    hear(Behind{});
    hear(Behind{});
    EXPECT_EQ(sent(), (Sent{u"pull"_qs})) << "the server refuses a second one";
    hear(Snapshot{server.above(1), true});
    EXPECT_EQ(sent(), (Sent{u"pull"_qs})) << "the first may have been read before the second was behind";
    hear(Snapshot{server.above(1), true});
    EXPECT_EQ(sent(), Sent{});
    EXPECT_EQ(session.state(), SessionState::Live);
}

TEST_F(SessionTest, SendsTheNextWritesWhenTheLastOnesAreAcknowledged)
{
    goLive();
    book(50, 10);
    book(51, 11);
    book(52, 12);
    const std::vector<Message> said = link.takeSent();
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(std::get<Push>(said.front()).mutations.size(), 1U);
    hear(Ack{{{1, std::nullopt}}, 5});
    const std::vector<Message> next = link.takeSent();
    ASSERT_EQ(next.size(), 1U);
    EXPECT_EQ(std::get<Push>(next.front()).mutations.front().id, 2);
    EXPECT_EQ(std::get<Push>(next.front()).mutations.size(), 2U);
}

TEST_F(SessionTest, SendsUnacknowledgedWritesAgainOverANewLink)
{
    goLive();
    book(50, 10);
    (void)link.takeSent();
    session.linkDown();
    welcome();
    EXPECT_EQ(sent(), (Sent{u"hello"_qs, u"pull"_qs, u"push"_qs}));
}

TEST_F(SessionTest, SendsNothingWithoutALink)
{
    must(replica->applyBatch(server.everything()));
    book(50, 10);
    session.tick();
    EXPECT_EQ(sent(), Sent{});
}

TEST_F(SessionTest, PingsAfterAHeartbeatOfSilenceAndGivesUpAfterTwo)
{
    goLive();
    replica.clock.running += heartbeat - Millis(1);
    session.tick();
    EXPECT_EQ(sent(), Sent{});
    replica.clock.running += Millis(1);
    session.tick();
    EXPECT_EQ(sent(), (Sent{u"ping"_qs}));
    hear(Pong{});
    replica.clock.running += 2 * heartbeat - Millis(1);
    session.tick();
    EXPECT_FALSE(closed());
    replica.clock.running += Millis(1);
    session.tick();
    EXPECT_EQ(closed(), ErrorCode::NetworkFailure);
}

TEST_F(SessionTest, PullsWhenAPongShowsThatADeltaWasLost)
{
    goLive();
    hear(Pong{replica->cursor()});
    EXPECT_EQ(sent(), Sent{});
    hear(Pong{replica->cursor() + 1});
    EXPECT_EQ(sent(), (Sent{u"pull"_qs}));
    EXPECT_EQ(session.state(), SessionState::CatchingUp);
    hear(Pong{replica->cursor() + 1});
    EXPECT_EQ(sent(), Sent{}) << "one pull at a time";
}

TEST_F(SessionTest, WaitsForASnapshotNoLongerThanItsPatience)
{
    welcome();
    expectPatience();
}

TEST_F(SessionTest, WaitsForAnAckNoLongerThanItsPatience)
{
    goLive();
    book(50, 10);
    expectPatience();
}

TEST_F(SessionTest, WaitsForAResponseNoLongerThanItsPatience)
{
    goLive();
    std::optional<Result<QCborMap>> answered;
    session.request(u"one"_qs, {}, [&](Result<QCborMap> answer) { answered = std::move(answer); });
    expectPatience();
    session.linkDown();
    ASSERT_TRUE(answered);
    EXPECT_THAT(*answered, FailsWith(ErrorCode::NetworkFailure));
}

TEST_F(SessionTest, WaitsLongerForWhatKeepsComingInParts)
{
    welcome();
    passTalking(Session::patience - Millis(1000));
    session.noteProgress();
    passTalking(Session::patience - Millis(1000));
    EXPECT_FALSE(closed());
    passTalking(Millis(2000));
    EXPECT_EQ(closed(), ErrorCode::NetworkFailure);
}

TEST_F(SessionTest, WaitsTwiceAsLongForTheOutcomeOfWhatIsGathered)
{
    goLive();
    book(50, 10);
    hear(Ack{{}, 1});
    book(51, 11);
    const std::vector<Message> said = link.takeSent();
    ASSERT_EQ(said.size(), 2U) << "a gathered push is over";
    EXPECT_EQ(std::get<Push>(said[1]).mutations.front().id, 2);
    hear(Ack{{}, 1});
    passTalking(2 * Session::patience - Millis(1000));
    EXPECT_FALSE(closed());
    hear(Ack{{{1, std::nullopt}, {2, std::nullopt}}, 1});
    EXPECT_TRUE(session.isIdle());
    passTalking(2 * Session::patience);
    EXPECT_FALSE(closed());
}

TEST_F(SessionTest, KeepsWaitingForThePushUnderWayWhenAnEarlierOneIsSettled)
{
    goLive();
    book(50, 10);
    hear(Ack{{}, 1});
    book(51, 11);
    hear(Ack{{{1, std::nullopt}}, 1}); // the outcome of the first
    (void)link.takeSent();
    book(52, 12);
    EXPECT_EQ(sent(), Sent{}) << "the second push is under way";
    hear(Ack{{{2, std::nullopt}}, 1});
    EXPECT_EQ(sent(), (Sent{u"push"_qs}));
}

TEST_F(SessionTest, OffersAgainWhatTheServersRecordHasLost)
{
    goLive();
    book(50, 10);
    hear(Ack{{{1, std::nullopt}}, 1});
    ASSERT_TRUE(session.isIdle());
    session.linkDown();
    (void)link.takeSent();
    welcome(); // the server knows of none
    const std::vector<Message> said = link.takeSent();
    ASSERT_EQ(said.size(), 3U);
    EXPECT_EQ(std::get<Push>(said[2]).mutations.front().acknowledgedVersion, 1);
    EXPECT_FALSE(session.isIdle());
}

TEST_F(SessionTest, StartsOverBelowTheOldestCursorThatTheServerCanServe)
{
    goLive();
    session.linkDown();
    (void)link.takeSent();
    session.linkUp();
    hear(Challenge{nonce});
    hear(Welcome{server.business, Role::Owner, epoch, 90, 0, heartbeat.count(), {}, 0, 40});
    EXPECT_EQ(std::get<Pull>(link.takeSent().at(1)).cursor, 0);
}

TEST_F(SessionTest, TakesANewIdentityWhenTheServerKnowsMoreOfItThanItself)
{
    beKnown();
    goLive();
    book(50, 10);
    session.linkDown();
    (void)link.takeSent();
    session.linkUp();
    hear(Challenge{nonce});
    hear(Welcome{server.business, Role::Owner, epoch, 1, 9, heartbeat.count(), QByteArray(32, 'h')});
    const std::vector<Message> said = link.takeSent();
    ASSERT_EQ(said.size(), 2U) << "it neither pulls nor pushes as somebody that it is not";
    const auto asked = std::get<Request>(said[1]);
    EXPECT_EQ(asked.method, u"device.fork"_qs);
    const QByteArray newKey = asked.arguments.value(u"publicKey"_qs).toByteArray();
    EXPECT_EQ(must(loadIdentity(replica.path())).nextKey->publicKey(), newKey) << "before it is asked for";

    std::optional<DeviceIdentity> told;
    session.setIdentityListener([&](const DeviceIdentity &identity) { told = identity; });
    const Enrolment enrolment{idOf<DeviceId>(77), server.business, Role::Owner, std::nullopt};
    hear(Response{asked.id, std::nullopt, QCborMap::fromJsonObject(toJson(enrolment))});
    ASSERT_TRUE(told);
    EXPECT_EQ(told->enrolment.device, enrolment.device);
    EXPECT_EQ(closed(), ErrorCode::Unavailable) << "to connect again";
    EXPECT_EQ(must(loadIdentity(replica.path())).key.publicKey(), newKey);
    EXPECT_EQ(replica->outbox().owner()->device, enrolment.device);

    session.linkDown();
    welcome();
    const std::vector<Message> next = link.takeSent();
    EXPECT_EQ(std::get<Hello>(next.at(0)).device, enrolment.device);
    EXPECT_EQ(std::get<Push>(next.at(2)).mutations.front().id, 1);
}

TEST_F(SessionTest, TakesANewIdentityAfterAConflictWhateverTheWelcomeSays)
{
    beKnown();
    goLive();
    hear(ErrorMessage{{ErrorCode::IdentityConflict, u"Another one writes."_qs, {}}});
    session.linkDown();
    (void)link.takeSent();
    welcome();
    EXPECT_EQ(sent(), (Sent{u"hello"_qs, u"request"_qs}));
}

TEST_F(SessionTest, AsksAgainWithTheSameKeyWhenTheAnswerWasLost)
{
    beKnown();
    const Welcome ahead{server.business, Role::Owner, epoch, 1, 9, heartbeat.count(), QByteArray(32, 'h')};
    std::vector<QByteArray> keys;
    for (int round = 0; round < 2; ++round) {
        session.linkUp();
        hear(Challenge{nonce});
        hear(ahead);
        keys.push_back(
            std::get<Request>(link.takeSent().at(1)).arguments.value(u"publicKey"_qs).toByteArray());
        session.linkDown();
    }
    EXPECT_EQ(keys[0], keys[1]);
}

TEST_F(SessionTest, GivesUpOnAServerThatNeverWelcomesIt)
{
    session.linkUp();
    replica.clock.running += 2 * heartbeat;
    session.tick();
    EXPECT_EQ(closed(), ErrorCode::NetworkFailure);
}

TEST_F(SessionTest, KeepsToASaneHeartbeatWhateverTheServerSays)
{
    session.linkUp();
    hear(Challenge{nonce});
    hear(Welcome{server.business, Role::Owner, epoch, 1, 0, 0});
    (void)link.takeSent();
    session.tick();
    EXPECT_EQ(sent(), Sent{}) << "no ping without a pause";
    EXPECT_FALSE(closed());
}

TEST_F(SessionTest, PassesAnAnswerToWhoeverAsked)
{
    goLive();
    std::optional<Result<QCborMap>> first, second;
    session.request(u"one"_qs, {}, [&](Result<QCborMap> answer) { first = std::move(answer); });
    session.request(u"two"_qs, {}, [&](Result<QCborMap> answer) { second = std::move(answer); });
    const std::vector<Message> said = link.takeSent();
    ASSERT_EQ(said.size(), 2U);
    hear(Response{std::get<Request>(said[1]).id, Error{ErrorCode::NotPermitted, u"No."_qs, {}}, {}});
    EXPECT_FALSE(first);
    ASSERT_TRUE(second);
    EXPECT_THAT(*second, FailsWith(ErrorCode::NotPermitted));
    hear(Response{std::get<Request>(said[0]).id, std::nullopt, QCborMap{{u"a"_qs, 1}}});
    EXPECT_EQ(must(*first), (QCborMap{{u"a"_qs, 1}}));
}

TEST_F(SessionTest, AnswersEveryOpenQuestionWhenTheLinkGoesDown)
{
    goLive();
    int failed = 0;
    const auto count = [&](const Result<QCborMap> &answer) {
        EXPECT_THAT(answer, FailsWith(ErrorCode::NetworkFailure));
        ++failed;
    };
    session.request(u"one"_qs, {}, count);
    session.request(u"two"_qs, {}, count);
    session.linkDown();
    EXPECT_EQ(failed, 2);
    session.request(u"three"_qs, {}, count);
    EXPECT_EQ(failed, 3) << "at once";
    EXPECT_EQ(session.state(), SessionState::Offline);
}

TEST_F(SessionTest, ClosesWithWhatTheServerSays)
{
    session.linkUp();
    hear(ErrorMessage{{ErrorCode::UpdateNeeded, u"Update."_qs, {}}});
    EXPECT_EQ(closed(), ErrorCode::UpdateNeeded);
}

TEST_F(SessionTest, ClosesOverWhatNoServerMaySay)
{
    const std::vector<std::pair<Message, ErrorCode>> wrong{
        {Welcome{server.business, Role::Owner, epoch, 1, 0, 4000}, ErrorCode::OutOfOrder},
        {Challenge{nonce}, ErrorCode::OutOfOrder},
        {Pull{0}, ErrorCode::OutOfOrder},
        {Hello{}, ErrorCode::OutOfOrder},
    };
    for (const auto &[message, code] : wrong) {
        goLive();
        hear(message);
        EXPECT_EQ(closed(), code);
        session.linkDown();
    }
}

TEST_F(SessionTest, TakesNoDataBeforeItsWelcome)
{
    server.commit(server.booking(60, server.at(12)));
    for (const Message &message :
         std::vector<Message>{Delta{server.everything()}, Snapshot{server.everything(), true}, Ack{{}, 1},
                              Behind{}, Response{1, {}, {}}}) {
        RecordingLink other;
        Session early(*replica, device, key, other, replica.clock);
        early.linkUp();
        early.receive(encode(message));
        ASSERT_TRUE(other.closed());
        EXPECT_EQ(other.closed()->code, ErrorCode::OutOfOrder);
    }
    EXPECT_EQ(replica->cursor(), 0);
}

TEST_F(SessionTest, ClosesOverBytesThatAreNoMessage)
{
    goLive();
    session.receive(QByteArray("GET / HTTP/1.1"));
    EXPECT_EQ(closed(), ErrorCode::MalformedFrame);
}

TEST_F(SessionTest, TellsEachChangeOfItsStateOnce)
{
    std::vector<SessionState> states;
    session.setListener([&](SessionState state) { states.push_back(state); });
    goLive();
    session.linkDown();
    session.linkDown();
    EXPECT_EQ(states, (std::vector{SessionState::Authenticating, SessionState::CatchingUp, SessionState::Live,
                                   SessionState::Offline}));
}
