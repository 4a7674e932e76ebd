#include "shared/protocol/codec.h"

#include "shared/base/random.h"
#include "tests/unit/expect.h"

#include <QCborValue>

using namespace strop;
using namespace strop::protocol;
using namespace strop::test;

namespace {

template <typename IdType>
IdType idOf(char letter)
{
    return IdType{*Uuid::fromBytes(QByteArray(Uuid::size, letter))};
}

RowBatch batch()
{
    return {3,
            9,
            {QCborArray{u"staff"_qs, QCborArray{u"name"_qs}, QCborArray{QCborArray{1, u"Ana"_qs}}},
             QCborArray{}}};
}

/// One of each, no field left at its default.
std::vector<Message> everyMessage()
{
    return {
        Challenge{QByteArray(nonceBytes, 'n')},
        Hello{2, idOf<DeviceId>('d'), QByteArray(64, 's'), 41, "epoch"},
        Welcome{idOf<BusinessId>('b'), Role::Barber, "epoch", 99, 7, 2500, "hash", 88, 11},
        Push{{{1, "hash1", "mutation1", 5}, {2, "hash2", "mutation2", 6}}},
        Ack{{{1, std::nullopt}, {2, Error{ErrorCode::SlotTaken, u"Taken."_qs, {}}}}, 12, 4},
        Pull{41},
        Delta{batch()},
        Snapshot{batch(), true},
        Behind{},
        Request{5, u"pairing.create"_qs, {{u"role"_qs, u"kiosk"_qs}}},
        Response{5, Error{ErrorCode::NotPermitted, u"No."_qs, {}}, {}},
        Response{6, std::nullopt, {{u"code"_qs, u"ABCD2345"_qs}}},
        Ping{},
        Pong{17},
        ErrorMessage{{ErrorCode::UpdateNeeded, u"Update."_qs, {}}},
    };
}

/// How many fields at the end of a message version 2 has added.
qsizetype newFields(const QCborArray &message)
{
    const QString type = message.at(0).toString();
    if (type == u"welcome"_qs)
        return 3;
    return type == u"ack"_qs || type == u"pong"_qs ? 1 : 0;
}

Result<Message> decoded(const QByteArray &bytes)
{
    return decode(bytes, maxDeviceMessageBytes);
}

Result<Message> decoded(const QCborArray &fields)
{
    return decoded(QCborValue(fields).toCbor());
}

/// The message of that type, through bytes and back.
template <typename M>
M again(const M &message)
{
    return std::get<M>(must(decoded(encode(message))));
}

bool same(const RowBatch &a, const RowBatch &b)
{
    return a.from == b.from && a.to == b.to && a.tables == b.tables;
}

} // namespace

TEST(Codec, BringsEveryMessageBackAsTheSameBytes)
{
    for (const Message &message : everyMessage()) {
        const auto back = decoded(encode(message));
        ASSERT_THAT(back, Succeeds());
        EXPECT_EQ(back->index(), message.index());
        EXPECT_EQ(encode(*back), encode(message));
    }
}

TEST(Codec, KeepsEveryFieldOfTheHandshake)
{
    EXPECT_EQ(again(Challenge{"nonce"}).nonce, QByteArray("nonce"));
    const Hello hello = again(Hello{2, idOf<DeviceId>('d'), "signature", 41, "epoch"});
    EXPECT_EQ(hello.version, 2);
    EXPECT_EQ(hello.device, idOf<DeviceId>('d'));
    EXPECT_EQ(hello.signature, QByteArray("signature"));
    EXPECT_EQ(hello.cursor, 41);
    EXPECT_EQ(hello.epoch, QByteArray("epoch"));
    const Welcome welcome = again(Welcome{idOf<BusinessId>('b'), Role::Display, "epoch", 99, 7, 2500});
    EXPECT_EQ(welcome.business, idOf<BusinessId>('b'));
    EXPECT_EQ(welcome.role, Role::Display);
    EXPECT_EQ(welcome.epoch, QByteArray("epoch"));
    EXPECT_EQ(welcome.head, 99);
    EXPECT_EQ(welcome.lastMutationId, 7);
    EXPECT_EQ(welcome.heartbeatMs, 2500);
}

TEST(Codec, KeepsEveryFieldOfThePushAndItsOutcome)
{
    const Push push = again(Push{{{1, "hash1", "mutation1"}, {2, "hash2", "mutation2"}}});
    ASSERT_EQ(push.mutations.size(), 2U);
    EXPECT_EQ(push.mutations[1].id, 2);
    EXPECT_EQ(push.mutations[1].hash, QByteArray("hash2"));
    EXPECT_EQ(push.mutations[1].mutation, QByteArray("mutation2"));
    const Error taken{ErrorCode::SlotTaken, u"Taken."_qs, {}};
    const Ack ack = again(Ack{{{1, std::nullopt}, {2, taken}}, 12});
    ASSERT_EQ(ack.settled.size(), 2U);
    EXPECT_EQ(ack.settled[0].id, 1);
    EXPECT_FALSE(ack.settled[0].rejection);
    EXPECT_EQ(ack.settled[1].id, 2);
    EXPECT_EQ(ack.settled[1].rejection, taken);
    EXPECT_EQ(ack.version, 12);
}

TEST(Codec, KeepsEveryFieldOfWhatIsPulled)
{
    EXPECT_EQ(again(Pull{41}).cursor, 41);
    EXPECT_TRUE(same(again(Delta{batch()}).batch, batch()));
    const Snapshot snapshot = again(Snapshot{batch(), true});
    EXPECT_TRUE(same(snapshot.batch, batch()));
    EXPECT_TRUE(snapshot.final);
    EXPECT_FALSE(again(Snapshot{batch(), false}).final);
}

TEST(Codec, KeepsEveryFieldOfARequestItsAnswerAndAnError)
{
    const Request request = again(Request{5, u"method"_qs, {{u"a"_qs, 1}}});
    EXPECT_EQ(request.id, 5);
    EXPECT_EQ(request.method, u"method"_qs);
    EXPECT_EQ(request.arguments, (QCborMap{{u"a"_qs, 1}}));
    const Error error{ErrorCode::RateLimited, u"Later."_qs, {}};
    const Response response = again(Response{6, error, {{u"b"_qs, 2}}});
    EXPECT_EQ(response.id, 6);
    EXPECT_EQ(response.error, error);
    EXPECT_EQ(response.result, (QCborMap{{u"b"_qs, 2}}));
    EXPECT_FALSE(again(Response{6, std::nullopt, {}}).error);
    EXPECT_EQ(again(ErrorMessage{error}).error, error);
}

TEST(Codec, NeverSendsTheDetailThatIsForTheLog)
{
    const Error secret{ErrorCode::Internal, u"Sorry."_qs, u"SELECT secret"_qs};
    EXPECT_FALSE(encode(ErrorMessage{secret}).contains("secret"));
    EXPECT_FALSE(encode(Response{1, secret, {}}).contains("secret"));
    EXPECT_FALSE(encode(Ack{{{1, secret}}, 1}).contains("secret"));
}

TEST(Codec, IgnoresFieldsThatANewerVersionAdded)
{
    EXPECT_THAT(decoded({u"pull"_qs, 41, u"new"_qs}), Succeeds());
    EXPECT_THAT(decoded({u"ping"_qs, QCborMap{}}), Succeeds());
}

TEST(Codec, RefusesAMessageOverTheLimitUnread)
{
    const QByteArray bytes = encode(Challenge{QByteArray(1000, 'n')});
    EXPECT_THAT(decode(bytes, bytes.size()), Succeeds());
    EXPECT_THAT(decode(bytes, bytes.size() - 1), FailsWith(ErrorCode::FrameTooLarge));
    EXPECT_THAT(decode(QByteArray(maxServerMessageBytes + 1, '\xff'), maxServerMessageBytes),
                FailsWith(ErrorCode::FrameTooLarge));
}

TEST(Codec, NamesATypeThatItDoesNotKnowButNotAllOfIt)
{
    EXPECT_THAT(decoded({u"teleport"_qs, 1}), FailsSaying(ErrorCode::UnknownMessage, u"teleport"_qs));
    const auto endless = decoded({QString(100'000, u'x')});
    ASSERT_THAT(endless, FailsWith(ErrorCode::UnknownMessage));
    EXPECT_LT(endless.error().message.size(), 200);
}

TEST(Codec, RefusesEveryMessageCutShort)
{
    for (const Message &message : everyMessage()) {
        const QByteArray bytes = encode(message);
        for (qsizetype size = 0; size < bytes.size(); ++size)
            ASSERT_THAT(decoded(bytes.left(size)), FailsWith(ErrorCode::MalformedFrame)) << size;
    }
}

TEST(Codec, RefusesEveryMessageWithAFieldMissingOrOfAnotherType)
{
    for (const Message &message : everyMessage()) {
        const QCborArray whole = QCborValue::fromCbor(encode(message)).toArray();
        for (qsizetype field = 1; field < whole.size(); ++field) {
            QCborArray changed = whole;
            changed[field] = 1.5;
            ASSERT_THAT(decoded(changed), FailsWith(ErrorCode::MalformedFrame)) << field;
        }
        QCborArray shortened = whole;
        for (qsizetype left = newFields(whole); left >= 0 && shortened.size() > 1; --left) {
            shortened.removeLast();
            if (left > 0)
                ASSERT_THAT(decoded(shortened), Succeeds()) << "a peer of version 1 leaves it out";
            else
                ASSERT_THAT(decoded(shortened), FailsWith(ErrorCode::MalformedFrame));
        }
    }
}

TEST(Codec, RefusesANumberThatNo64BitsHold)
{
    const double large = 4.8e180;
    EXPECT_THAT(decoded(QCborArray{u"pull"_qs, large}), FailsWith(ErrorCode::MalformedFrame));
    EXPECT_THAT(decoded(QCborArray{u"push"_qs, QCborArray{QCborArray{large, QByteArray(), QByteArray()}}}),
                FailsWith(ErrorCode::MalformedFrame));
}

TEST(Codec, RefusesWhatIsNoArrayThatBeginsWithAText)
{
    for (const QByteArray &bytes : {QByteArray(), QByteArray("GET / HTTP/1.1\r\n"), QByteArray("\x80"),
                                    QByteArray("\xa0"), QByteArray("\xf6"), QByteArray("\x81\x01"),
                                    QByteArray("\xff"), QByteArray("\x64ping"), QByteArray("\x81\x44ping")})
        EXPECT_THAT(decoded(bytes), FailsWith(ErrorCode::MalformedFrame)) << bytes.toHex().constData();
}

TEST(Codec, RefusesBytesAfterTheMessage)
{
    EXPECT_THAT(decoded(encode(Ping{}) + encode(Ping{})), FailsWith(ErrorCode::MalformedFrame));
    EXPECT_THAT(decoded(encode(Pull{1}) + '\0'), FailsWith(ErrorCode::MalformedFrame));
}

TEST(Codec, RefusesIdsRolesAndPushesOutOfBounds)
{
    const QByteArray id(16, 'd');
    EXPECT_THAT(decoded({u"hello"_qs, 1, id.left(15), id, 0, id}), FailsWith(ErrorCode::MalformedFrame));
    EXPECT_THAT(decoded({u"hello"_qs, (qint64(1) << 32) + 1, id, id, 0, id}),
                FailsWith(ErrorCode::MalformedFrame));
    EXPECT_THAT(decoded({u"welcome"_qs, id, u"root"_qs, id, 1, 1, 1}), FailsWith(ErrorCode::MalformedFrame));
    Push push;
    push.mutations.resize(size_t(maxPushed));
    EXPECT_THAT(decoded(encode(push)), Succeeds());
    push.mutations.emplace_back();
    EXPECT_THAT(decoded(encode(push)), FailsWith(ErrorCode::MalformedFrame));
}

TEST(Codec, RefusesNestingThatWouldExhaustTheStack)
{
    for (const QByteArray &opening :
         {QByteArray("\x81"), QByteArray("\x9f"), QByteArray("\xa1\x01"), QByteArray("\xbf\x01"),
          QByteArray("\xc1"), QByteArray("\xd8\x2a\x81")}) {
        EXPECT_THAT(decoded(opening.repeated(40'000)), FailsWith(ErrorCode::MalformedFrame));
        EXPECT_THAT(decoded("\x84\x67request\x01\x61m" + opening.repeated(40'000)),
                    FailsWith(ErrorCode::MalformedFrame));
    }
}

TEST(Codec, DoesNotTrustALengthThatTheBytesDoNotHave)
{
    for (const QByteArray &header :
         {QByteArray("\x9b\x7f\xff\xff\xff\xff\xff\xff\xff"), QByteArray("\x9a\xff\xff\xff\xff"),
          QByteArray("\xbb\x7f\xff\xff\xff\xff\xff\xff\xff"),
          QByteArray("\x5b\x7f\xff\xff\xff\xff\xff\xff\xff"),
          QByteArray("\x7b\x7f\xff\xff\xff\xff\xff\xff\xff")}) {
        EXPECT_THAT(decoded(header), FailsWith(ErrorCode::MalformedFrame));
        EXPECT_THAT(decoded("\x82\x69"
                            "challenge" +
                            header),
                    FailsWith(ErrorCode::MalformedFrame));
    }
}

TEST(Codec, AnswersEveryFrameOfAStrangerWithATypedErrorOrASoundMessage)
{
    SeededRandom random(8420);
    std::vector<QByteArray> sound;
    for (const Message &message : everyMessage())
        sound.push_back(encode(message));
    std::array<int, 4> outcomes{};
    for (int i = 0; i < 20'000; ++i) {
        QByteArray frame = sound[random.below(sound.size())];
        for (quint64 left = 1 + random.below(5); left > 0; --left) {
            const auto at = qsizetype(random.below(quint64(frame.size()) + 1));
            switch (random.below(5)) {
            case 0:
                frame.replace(at, 1, random.bytes(1));
                break;
            case 1:
                frame.insert(at, random.bytes(qsizetype(1 + random.below(4))));
                break;
            case 2:
                frame.remove(at, qsizetype(random.below(4)));
                break;
            case 3:
                frame.truncate(at);
                break;
            default: // a piece of another message
                frame.insert(at, sound[random.below(sound.size())].left(qsizetype(random.below(20))));
            }
        }
        const auto message = decode(frame, 4096);
        if (message) {
            ++outcomes[0];
            ASSERT_THAT(decode(encode(*message), 8192), Succeeds()) << frame.toHex().constData();
            continue;
        }
        ASSERT_FALSE(message.error().message.isEmpty());
        switch (message.error().code) {
        case ErrorCode::MalformedFrame:
            ++outcomes[1];
            break;
        case ErrorCode::UnknownMessage:
            ++outcomes[2];
            break;
        default:
            FAIL() << frame.toHex().constData();
        }
    }
    EXPECT_GT(outcomes[0], 100);
    EXPECT_GT(outcomes[1], 100);
    EXPECT_GT(outcomes[2], 100);
}

TEST(SignedText, BindsTheNonceAndTheDeviceUnderAFixedPrefix)
{
    const QByteArray text = signedText("nonce", idOf<DeviceId>('d'));
    EXPECT_TRUE(text.startsWith("strop device proof 1\n"));
    EXPECT_NE(text, signedText("nonce", idOf<DeviceId>('e')));
    EXPECT_NE(text, signedText("other", idOf<DeviceId>('d')));
}

TEST(ChainText, IsThePreviousHashTheIdInBigEndianAndTheMutation)
{
    EXPECT_EQ(chainText("previous", 0x0102030405060708, "mutation"),
              QByteArray("previous\x01\x02\x03\x04\x05\x06\x07\x08mutation"));
}

TEST(Codec, ReadsWhatAPeerOfTheFirstVersionLeavesOut)
{
    const auto business = idOf<BusinessId>('b').uuid.toBytes();
    const auto welcome = std::get<Welcome>(
        must(decoded(QCborArray{u"welcome"_qs, business, u"kiosk"_qs, QByteArray("epoch"), 9, 8, 4000})));
    EXPECT_EQ(welcome.heartbeatMs, 4000);
    EXPECT_TRUE(welcome.chainHash.isEmpty());
    EXPECT_EQ(welcome.durable, 0);
    EXPECT_EQ(welcome.oldest, 0);
    const QCborArray entry{1, QByteArray("hash"), QByteArray("mutation")};
    const auto push = std::get<Push>(must(decoded(QCborArray{u"push"_qs, QCborArray{entry}})));
    EXPECT_EQ(push.mutations.front().acknowledgedVersion, 0);
    EXPECT_EQ(std::get<Ack>(must(decoded(QCborArray{u"ack"_qs, QCborArray{}, 7}))).durable, 0);
    EXPECT_EQ(std::get<Pong>(must(decoded(QCborArray{u"pong"_qs}))).version, 0);
}

TEST(Codec, RefusesANewFieldOfAnotherType)
{
    EXPECT_THAT(decoded(QCborArray{u"pong"_qs, u"seven"_qs}), FailsWith(ErrorCode::MalformedFrame));
    const QCborArray entry{1, QByteArray("hash"), QByteArray("mutation"), u"five"_qs};
    EXPECT_THAT(decoded(QCborArray{u"push"_qs, QCborArray{entry}}), FailsWith(ErrorCode::MalformedFrame));
}
