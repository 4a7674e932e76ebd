#include "shared/protocol/pairing.h"

#include "shared/base/random.h"
#include "tests/unit/expect.h"

#include <QSet>

using namespace strop;
using namespace strop::protocol;
using namespace strop::test;

namespace {

const DeviceCard card{u"Front desk"_qs, QByteArray(32, '\xab')};

CreateBusiness creation()
{
    return {card, u"Señor Schere"_qs, u"ana@example.com"_qs, u" ten spaces "_qs};
}

/// The JSON of a creation with one field set to something else.
QJsonObject withField(const QString &name, const QJsonValue &value)
{
    QJsonObject json = toJson(creation());
    json.insert(name, value);
    return json;
}

} // namespace

TEST(PairingCode, IsEightLettersWithoutLookAlikes)
{
    SeededRandom random(1);
    QSet<QChar> seen;
    for (int i = 0; i < 200; ++i) {
        const QString code = makePairingCode(random.bytes(pairingCodeLength));
        ASSERT_EQ(code.size(), pairingCodeLength);
        for (const QChar letter : code)
            seen.insert(letter);
    }
    EXPECT_EQ(seen.size(), 32);
    for (const QChar lookAlike : u"01IOio"_qs)
        EXPECT_FALSE(seen.contains(lookAlike));
}

TEST(PairingCode, UsesAllTheBitsThatItsAlphabetHolds)
{
    EXPECT_EQ(makePairingCode(QByteArray(8, '\0')), u"22222222"_qs);
    EXPECT_EQ(makePairingCode(QByteArray(8, '\xff')), u"ZZZZZZZZ"_qs);
}

TEST(PairingCode, IsRecognisedHoweverItIsTyped)
{
    EXPECT_EQ(displayedPairingCode(u"ABCD2345"_qs), u"ABCD-2345"_qs);
    for (const QString &typed : {u"ABCD-2345"_qs, u" abcd 2345 "_qs, u"a-b-c-d-2-3-4-5"_qs})
        EXPECT_EQ(normalisedPairingCode(typed), u"ABCD2345"_qs) << typed.toStdString();
    EXPECT_EQ(normalisedPairingCode(u" - "_qs), QString());
}

TEST(Pairing, RequestsAndTheirAnswerReadBackFromJson)
{
    const auto created = createBusinessFromJson(toJson(creation()));
    ASSERT_THAT(created, Succeeds());
    EXPECT_EQ(created->device.name, card.name);
    EXPECT_EQ(created->device.publicKey, card.publicKey);
    EXPECT_EQ(created->businessName, u"Señor Schere"_qs);
    EXPECT_EQ(created->email, u"ana@example.com"_qs);
    EXPECT_EQ(created->password, u" ten spaces "_qs) << "a password keeps its spaces";

    const auto joined =
        joinByPasswordFromJson(toJson(JoinByPassword{card, u"ana@example.com"_qs, u"short"_qs}));
    ASSERT_THAT(joined, Succeeds()) << "an old password may be shorter than what is asked of a new one";
    EXPECT_EQ(joined->device.publicKey, card.publicKey);
    EXPECT_EQ(joined->email, u"ana@example.com"_qs);
    EXPECT_EQ(joined->password, u"short"_qs);

    const auto byCode = joinByCodeFromJson(toJson(JoinByCode{card, u"abcd-2345"_qs}));
    ASSERT_THAT(byCode, Succeeds());
    EXPECT_EQ(byCode->device.name, card.name);
    EXPECT_EQ(byCode->code, u"ABCD2345"_qs);
}

TEST(Pairing, ACodeOfNothingButDashesIsNoCode)
{
    const DeviceCard card{u"Tablet"_qs, QByteArray(32, 'k')};
    EXPECT_THAT(joinByCodeFromJson(toJson(JoinByCode{card, u"--"_qs})),
                FailsWith(ErrorCode::InvalidArgument));
}

TEST(Pairing, AnEnrolmentReadsBackWithAndWithoutItsShop)
{
    const auto id = [](char letter) { return *Uuid::fromBytes(QByteArray(16, letter)); };
    Enrolment enrolment{DeviceId{id('d')}, BusinessId{id('b')}, Role::Display, ShopId{id('s')}};
    auto back = enrolmentFromJson(toJson(enrolment));
    ASSERT_THAT(back, Succeeds());
    EXPECT_EQ(back->device, enrolment.device);
    EXPECT_EQ(back->business, enrolment.business);
    EXPECT_EQ(back->role, Role::Display);
    EXPECT_EQ(back->shop, enrolment.shop);
    enrolment.shop.reset();
    EXPECT_FALSE(must(enrolmentFromJson(toJson(enrolment))).shop);
}

TEST(Pairing, AnEnrolmentThatIsWrongIsRefused)
{
    const auto id = [](char letter) { return *Uuid::fromBytes(QByteArray(16, letter)); };
    const QJsonObject good = toJson(Enrolment{DeviceId{id('d')}, BusinessId{id('b')}, Role::Owner, {}});
    for (const QString &field : {u"device"_qs, u"business"_qs, u"role"_qs, u"shop"_qs}) {
        for (const QJsonValue &bad : {QJsonValue(u"x"_qs), QJsonValue(7), QJsonValue()}) {
            QJsonObject json = good;
            json.insert(field, bad);
            EXPECT_THAT(enrolmentFromJson(json), FailsSaying(ErrorCode::InvalidArgument, field));
        }
    }
    EXPECT_THAT(enrolmentFromJson({}), FailsWith(ErrorCode::InvalidArgument));
}

TEST(Pairing, NamesTheFieldThatIsMissingTooLongOrMalformed)
{
    for (const QString &field :
         {u"deviceName"_qs, u"publicKey"_qs, u"businessName"_qs, u"email"_qs, u"password"_qs}) {
        for (const QJsonValue &bad :
             {QJsonValue(), QJsonValue(5), QJsonValue(u""_qs), QJsonValue(QString(2000, u'x'))})
            EXPECT_THAT(createBusinessFromJson(withField(field, bad)),
                        FailsSaying(ErrorCode::InvalidArgument, field));
    }
    const QString shortKey = QString::fromLatin1(QByteArray(31, 'k').toBase64());
    EXPECT_THAT(createBusinessFromJson(withField(u"publicKey"_qs, shortKey)),
                FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(createBusinessFromJson(withField(u"email"_qs, u"nobody"_qs)),
                FailsSaying(ErrorCode::InvalidArgument, u"e-mail"_qs));
    EXPECT_THAT(createBusinessFromJson(withField(u"password"_qs, u"nine char"_qs)),
                FailsSaying(ErrorCode::InvalidArgument, u"at least 10"_qs));
    EXPECT_THAT(joinByCodeFromJson({}), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(joinByPasswordFromJson({}), FailsWith(ErrorCode::InvalidArgument));
}

TEST(Pairing, AnErrorReadsBackAndItsAbsenceToo)
{
    const Error error{ErrorCode::RateLimited, u"Try again in a minute."_qs, u"for the log"_qs};
    const auto back = errorFromJson(toJson(error));
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, (Error{error.code, error.message, {}})) << "the detail stays at home";
    EXPECT_FALSE(errorFromJson({}));
    EXPECT_FALSE(errorFromJson({{u"error"_qs, u"text"_qs}}));
}
