#include "shared/storage/database.h"
#include "shared/storage/fields.h"

#include "tests/unit/expect.h"

#include <QCborValue>
#include <QJsonDocument>
#include <rapidcheck/gtest.h>

using namespace strop;
using namespace strop::storage;
using namespace strop::test;

namespace {

/// One member of each kind that has a codec.
struct Everything
{
    qint64 number = 0;
    bool truth = false;
    QString text;
    Instant instant;
    StaffId id;
    std::optional<CustomerId> maybeId;
    std::optional<qint64> maybeNumber;
    domain::WallIntervals hours;
    domain::AppointmentStatus status = domain::AppointmentStatus::Booked;
    domain::Source source = domain::Source::Desktop;
    QByteArray bytes;
    std::optional<QByteArray> maybeBytes;

    friend bool operator==(const Everything &, const Everything &) = default;
};

const Fields<Everything> &fields()
{
    static const Fields<Everything> all = Fields<Everything>()
                                              .add("number", &Everything::number)
                                              .add("truth", &Everything::truth)
                                              .add("text", &Everything::text)
                                              .add("instant", &Everything::instant)
                                              .add("id", &Everything::id)
                                              .add("maybe_id", &Everything::maybeId)
                                              .add("maybe_number", &Everything::maybeNumber)
                                              .add("hours", &Everything::hours)
                                              .add("status", &Everything::status)
                                              .add("source", &Everything::source)
                                              .add("bytes", &Everything::bytes)
                                              .add("maybe_bytes", &Everything::maybeBytes);
    return all;
}

QByteArray drawBytes(qsizetype count)
{
    QByteArray bytes("");
    for (qsizetype i = 0; i < count; ++i)
        bytes += char(*rc::gen::arbitrary<uint8_t>());
    return bytes;
}

Uuid drawUuid()
{
    return *Uuid::fromBytes(drawBytes(Uuid::size));
}

/// Any Unicode scalar values but those that UTF-16 reserves.
QString drawText()
{
    QString text;
    for (const uint32_t code : *rc::gen::container<std::vector<uint32_t>>(rc::gen::oneOf(
             rc::gen::inRange<uint32_t>(1, 0xD800), rc::gen::inRange<uint32_t>(0x10000, 0x20000))))
        text += QString::fromUcs4(reinterpret_cast<const char32_t *>(&code), 1);
    return text;
}

domain::WallIntervals drawHours()
{
    domain::WallIntervals hours;
    for (int from = *rc::gen::inRange(0, 600), to = 0; from < 1440; from = to + *rc::gen::inRange(1, 600)) {
        to = *rc::gen::inRange(from + 1, 1441);
        hours.push_back({from, to});
    }
    return hours;
}

/// Numbers up to `bound`: JSON holds whole numbers exactly up to 2^53.
Everything drawEverything(qint64 bound)
{
    Everything all;
    all.number = *rc::gen::inRange<qint64>(-bound, bound);
    all.truth = *rc::gen::arbitrary<bool>();
    all.text = drawText();
    all.instant = instantFromMs(*rc::gen::inRange<qint64>(0, 253'402'300'799'999)); // the end of 9999
    all.id = StaffId{drawUuid()};
    if (*rc::gen::arbitrary<bool>())
        all.maybeId = CustomerId{drawUuid()};
    if (*rc::gen::arbitrary<bool>())
        all.maybeNumber = *rc::gen::inRange<qint64>(-bound, bound);
    all.hours = drawHours();
    all.status = domain::AppointmentStatus(*rc::gen::inRange(0, 7));
    all.source = domain::Source(*rc::gen::inRange(0, 3));
    all.bytes = drawBytes(*rc::gen::inRange(0, 40));
    if (*rc::gen::arbitrary<bool>())
        all.maybeBytes = drawBytes(*rc::gen::inRange(0, 40));
    return all;
}

QJsonObject json(const char *text)
{
    return QJsonDocument::fromJson(text).object();
}

constexpr qint64 wide = std::numeric_limits<qint64>::max();

} // namespace

RC_GTEST_PROP(Fields, ReadBackFromCells, ())
{
    const Everything all = drawEverything(wide);
    RC_ASSERT(fields().decode(fields().encode(all)).value() == all);
}

RC_GTEST_PROP(Fields, ReadBackFromTheBytesOfCbor, ())
{
    const Everything all = drawEverything(wide);
    const QByteArray bytes = QCborValue(fields().toCbor(all)).toCbor();
    RC_ASSERT(fields().fromCbor(QCborValue::fromCbor(bytes).toMap()).value() == all);
}

RC_GTEST_PROP(Fields, ReadBackFromTheTextOfJson, ())
{
    const Everything all = drawEverything(qint64(1) << 53);
    const Values values = fields().encode(all);
    QJsonObject object;
    for (size_t i = 0; i < values.size(); ++i)
        object.insert(fields().descriptors()[i].name, toJson(values[i], fields().descriptors()[i].type));
    const QByteArray text = QJsonDocument(object).toJson();
    RC_ASSERT(fields().fromJson(QJsonDocument::fromJson(text).object()).value() == all);
}

RC_GTEST_PROP(Fields, EncodeOnlyCellsThatFitAndSurviveTheDatabase, ())
{
    const auto database = Database::open({.path = u":memory:"_qs}).value();
    const Values values = fields().encode(drawEverything(wide));
    for (size_t i = 0; i < values.size(); ++i) {
        const FieldDescriptor &field = fields().descriptors()[i];
        RC_ASSERT(fits(values[i], field.type, field.nullable));
        RC_ASSERT(database->cell(u"SELECT ?"_qs, {values[i]}).value() == values[i]);
    }
}

TEST(Fields, AbsentFromAMapAreEmptyAndUnknownOnesIgnored)
{
    QCborMap map{{u"number"_qs, 5}, {u"of_a_newer_version"_qs, QCborArray{1, 2}}};
    Everything expected;
    expected.number = 5;
    EXPECT_EQ(fields().fromCbor(map), expected);
    EXPECT_EQ(fields().fromJson(json(R"({"number": 5})")), expected);
}

TEST(Fields, OfTheWrongTypeAreRefusedByName)
{
    const QByteArray shortId("fifteen bytes..");
    for (const auto &[name, cell] :
         std::initializer_list<std::pair<QString, QCborValue>>{{u"number"_qs, u"5"_qs},
                                                               {u"number"_qs, nullptr},
                                                               {u"number"_qs, 5.5},
                                                               {u"number"_qs, true},
                                                               {u"truth"_qs, 2},
                                                               {u"text"_qs, QByteArray("bytes")},
                                                               {u"instant"_qs, u"2026-03-01T09:30:00Z"_qs},
                                                               {u"id"_qs, shortId},
                                                               {u"id"_qs, nullptr},
                                                               {u"maybe_id"_qs, QByteArray()},
                                                               {u"maybe_number"_qs, QCborArray{}},
                                                               {u"hours"_qs, u"all day"_qs},
                                                               {u"status"_qs, u"asleep"_qs},
                                                               {u"source"_qs, 1},
                                                               {u"bytes"_qs, u"text"_qs},
                                                               {u"bytes"_qs, nullptr},
                                                               {u"maybe_bytes"_qs, QByteArray(1025, 'x')}})
        EXPECT_THAT(fields().fromCbor({{name, cell}}), FailsSaying(ErrorCode::InvalidArgument, name));
}

TEST(Fields, TakeUpToAKibibyteOfBytes)
{
    for (const qsizetype size : {0, 1, 1024})
        EXPECT_EQ(fields().fromCbor({{u"bytes"_qs, QByteArray(size, 'x')}}).value().bytes.size(), size);
    EXPECT_THAT(fields().fromCbor({{u"bytes"_qs, QByteArray(1025, 'x')}}),
                FailsWith(ErrorCode::InvalidArgument));
}

TEST(Fields, RefuseAnotherNumberOfCells)
{
    Values values = fields().encode({});
    values.pop_back();
    EXPECT_THAT(fields().decode(values), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(fields().decode({}), FailsWith(ErrorCode::InvalidArgument));
}

TEST(Fields, WrittenByAPersonListTheKnownNamesForAnUnknownOne)
{
    EXPECT_THAT(fields().fromJson(json(R"({"nmuber": 5})")),
                FailsSaying(ErrorCode::InvalidArgument, u"\"nmuber\". Known fields: number, truth"_qs));
}

TEST(Fields, WrittenByAPersonSayWhatWasExpected)
{
    for (const auto &[text, expected] : std::initializer_list<std::pair<const char *, QString>>{
             {R"({"number": 1.5})", u"number: Expected a whole number"_qs},
             {R"({"number": 1e300})", u"number: Expected a whole number"_qs},
             {R"({"truth": 1})", u"truth: Expected true or false"_qs},
             {R"({"text": 5})", u"text: Expected a text"_qs},
             {R"({"text": null})", u"text: Expected a value, not null"_qs},
             {R"({"instant": "2026-03-01T09:30:00"})", u"instant: Expected a time with its zone"_qs},
             {R"({"instant": "tomorrow"})", u"instant: Expected a time"_qs},
             {R"({"id": "42"})", u"id: Expected a UUID"_qs},
             {R"({"bytes": "a?="})", u"bytes: Expected up to 1024 bytes in base64"_qs},
             {R"({"bytes": 5})", u"bytes: Expected up to 1024 bytes"_qs}})
        EXPECT_THAT(fields().fromJson(json(text)), FailsSaying(ErrorCode::InvalidArgument, expected)) << text;
}

TEST(Fields, WrittenByAPersonTakeAnInstantInAnyOffsetOrAsMilliseconds)
{
    const Instant halfPastNine = instantFromMs(1'772'357'400'000);
    for (const char *text :
         {R"({"instant": "2026-03-01T09:30:00Z"})", R"({"instant": "2026-03-01T10:30:00+01:00"})",
          R"({"instant": 1772357400000})"}) {
        const auto read = fields().fromJson(json(text));
        ASSERT_THAT(read, Succeeds()) << text;
        EXPECT_EQ(read->instant, halfPastNine) << text;
    }
}
