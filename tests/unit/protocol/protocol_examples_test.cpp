#include "shared/crypto/digest.h"
#include "shared/crypto/sealed_box.h"
#include "shared/crypto/signing.h"
#include "shared/mutators/arguments.h"
#include "shared/mutators/customer_card.h"
#include "shared/mutators/registry.h"
#include "shared/protocol/codec.h"
#include "shared/protocol/pairing.h"
#include "shared/storage/row.h"
#include "tests/unit/expect.h"

#include <QFile>
#include <QTextStream>
#include <map>

/// Holds PROTOCOL.md to the code: every byte that it prints, every column, argument and error code that it
/// lists.

using namespace strop;
using namespace strop::protocol;
using namespace strop::test;
using mutators::makeMutation;

namespace {

QString document()
{
    QFile file(QStringLiteral(STROP_PROTOCOL_DOCUMENT));
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error("PROTOCOL.md cannot be read");
    return QString::fromUtf8(file.readAll());
}

/// The blocks that begin with "```hex NAME"; what follows a # on a line is a comment.
std::map<QString, QByteArray> documentedBytes()
{
    std::map<QString, QByteArray> blocks;
    QString name;
    for (const QString &line : document().split(u'\n')) {
        if (line.startsWith(u"```"_qs))
            name = line.startsWith(u"```hex "_qs) ? line.mid(7).trimmed() : QString();
        else if (!name.isEmpty())
            blocks[name] += QByteArray::fromHex(line.section(u'#', 0, 0).toLatin1());
    }
    return blocks;
}

template <typename IdType>
IdType id(const char *text)
{
    return IdType{Uuid::fromString(QString::fromLatin1(text)).value()};
}

QByteArray counting(qsizetype count, int first)
{
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes += char(first + i);
    return bytes;
}

// The cast of the document's examples: a kiosk books for Ana.
const auto business = id<BusinessId>("0192f0c0-11d2-7e4f-8a6b-1c2d3e4f5061");
const auto shop = id<ShopId>("0192f0c0-2233-7a5b-9c7d-0e1f2a3b4c5d");
const auto ben = id<StaffId>("0192f0c0-3344-7b6c-8d9e-1f2a3b4c5d6e");
const auto eva = id<StaffId>("0192f0c0-3345-7c7d-9eaf-2a3b4c5d6e7f");
const auto haircut = id<ServiceId>("0192f0c0-4455-7d8e-afb0-3b4c5d6e7f80");
const auto kiosk = id<DeviceId>("0192f0c4-8a10-7c3e-9b51-5d0e6f7a8b9c");
const auto visit = id<VisitId>("0192f0d8-5b20-7e9f-b0c1-4c5d6e7f8091");
const auto appointment = id<AppointmentId>("0192f0d8-5b21-7fa0-81d2-5d6e7f8091a2");
const QByteArray epoch = QByteArray::fromHex("f1e2d3c4b5a69788796a5b4c3d2e1f00");
const QByteArray nonce = counting(nonceBytes, 0xa0);
constexpr qint64 start = 1'795'530'600'000; // 2026-11-24 14:30 UTC
constexpr qint64 halfHour = 1'800'000;

const domain::Customer ana{domain::customerIdFor(shop, u"Ana Ruiz"_qs, u"+34600111222"_qs),
                           shop,
                           u"Ana Ruiz"_qs,
                           u"+34600111222"_qs,
                           {},
                           {}};

domain::Appointment booked()
{
    return {appointment,
            shop,
            visit,
            ben,
            haircut,
            instantFromMs(start),
            instantFromMs(start + halfHour),
            domain::AppointmentStatus::Booked,
            2500};
}

/// As a device of protocol 1 says it.
mutators::Mutation booking()
{
    mutators::AppointmentBookV1 args;
    args.id = appointment;
    args.visitId = visit;
    args.shopId = shop;
    args.customerId = ana.id;
    args.staffId = ben;
    args.serviceId = haircut;
    args.start = instantFromMs(start);
    args.source = domain::Source::Kiosk;
    return makeMutation(args);
}

Push push()
{
    Push all;
    QByteArray previous;
    mutators::Mutation adding = makeMutation(mutators::CustomerAdd{ana});
    adding.uuid = Uuid::fromString(u"0192f0d8-5b22-7fb1-92d3-6e7f8091a2b3").value();
    mutators::Mutation booked = booking();
    booked.uuid = Uuid::fromString(u"0192f0d8-5b23-7fc2-93e4-7f8091a2b3c4").value();
    for (const mutators::Mutation &mutation : {adding, booked}) {
        const QByteArray bytes = mutators::encodeMutation(mutation);
        const qint64 next = qint64(all.mutations.size()) + 1;
        previous = crypto::digest(chainText(previous, next, bytes));
        all.mutations.push_back({next, previous, bytes});
    }
    return all;
}

template <typename Entity>
QCborArray rowsFor(Role role, qint64 version, const Entity &entity)
{
    const storage::Table<Entity> &table = storage::tableOf<Entity>();
    return storage::encodeRows({&table, {{entity.id.uuid, version, false, table.encode(entity)}}}, role);
}

Snapshot snapshot()
{
    const storage::Table<domain::Staff> &table = storage::tableOf<domain::Staff>();
    const domain::Staff working{ben, shop, u"Ben"_qs, 2, 0, false};
    const storage::TableRows rows{
        &table, {{ben.uuid, 7, false, table.encode(working)}, {eva.uuid, 41, true, table.emptyValues()}}};
    return {{0, 41, {storage::encodeRows(rows, Role::Kiosk)}}, true};
}

std::map<QString, Message> messages()
{
    const crypto::SigningKey key = must(crypto::SigningKey::fromSeed(counting(32, 0)));
    const domain::Visit coming{visit, shop, ana.id, domain::Source::Kiosk, {}};
    const Error taken{ErrorCode::SlotTaken,
                      u"Ben has another appointment at that time. Choose another time or barber."_qs,
                      {}};
    return {
        {u"challenge"_qs, Challenge{nonce}},
        {u"hello"_qs, Hello{protocol::version, kiosk, key.sign(signedText(nonce, kiosk)), 41, epoch}},
        {u"welcome"_qs, Welcome{business, Role::Kiosk, epoch, 41, 0, 4000, {}, 38, 0}},
        {u"push"_qs, push()},
        {u"ack"_qs, Ack{{{1, std::nullopt}, {2, std::nullopt}}, 43, 38}},
        {u"ack-rejection"_qs, Ack{{{1, std::nullopt}, {2, taken}}, 42, 38}},
        {u"pull"_qs, Pull{41}},
        {u"snapshot"_qs, snapshot()},
        {u"delta-kiosk"_qs, Delta{{41, 43, {rowsFor(Role::Kiosk, 43, booked())}}}},
        {u"delta-owner"_qs, Delta{{41,
                                   43,
                                   {rowsFor(Role::Owner, 42, ana), rowsFor(Role::Owner, 43, coming),
                                    rowsFor(Role::Owner, 43, booked())}}}},
        {u"behind"_qs, Behind{}},
        {u"request"_qs,
         Request{1, u"pairing.create"_qs, {{u"role"_qs, u"kiosk"_qs}, {u"shop"_qs, shop.uuid.toBytes()}}}},
        {u"response"_qs,
         Response{1, std::nullopt, {{u"code"_qs, u"K7M2QX9D"_qs}, {u"expires"_qs, start + 300'000}}}},
        {u"response-error"_qs,
         Response{2, Error{ErrorCode::NotPermitted, u"Only the owner or a manager can do that."_qs, {}}, {}}},
        {u"ping"_qs, Ping{}},
        {u"pong"_qs, Pong{41}},
        {u"error"_qs,
         ErrorMessage{{ErrorCode::OutOfOrder, u"That message may not come at this moment."_qs, {}}}},
    };
}

/// RFC 7748 §6.1.
crypto::OpeningKey alice()
{
    return must(crypto::OpeningKey::fromBytes(
        QByteArray::fromHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")));
}

/// No two boxes are the same: this one was made once. PrintsABoxThatOpensToTheCard says that it is one.
QByteArray sealedAna()
{
    return QByteArray::fromHex("e618262a1e40ff509b0cab1c6dd7d43f50034dd07e7fd9dbd6056220c73de960"
                               "3b7709a8bff378d3f4546fa69e700105678d3637266b2163613eea3347f8d494"
                               "b0f9c2af5fb165fa36ca962fe5b941140da09996c7aac1b0ddfec94b27d26cb9"
                               "4ad7cf846f383365b09bda3e8f9a5e38");
}

std::map<QString, QByteArray> expectedBytes()
{
    std::map<QString, QByteArray> all;
    for (const auto &[name, message] : messages())
        all[name] = encode(message);
    const Push pushed = push();
    all[u"public-key"_qs] = must(crypto::SigningKey::fromSeed(counting(32, 0))).publicKey();
    all[u"signed-text"_qs] = signedText(nonce, kiosk);
    all[u"mutation-1"_qs] = pushed.mutations[0].mutation;
    all[u"mutation-2"_qs] = pushed.mutations[1].mutation;
    all[u"chain-hash-1"_qs] = pushed.mutations[0].hash;
    all[u"chain-hash-2"_qs] = pushed.mutations[1].hash;
    all[u"chain-text-2"_qs] = chainText(pushed.mutations[0].hash, 2, pushed.mutations[1].mutation);
    all[u"derived-uuid"_qs] = mutators::derivedUuid(kiosk, 7).toBytes();
    all[u"customer-id"_qs] = ana.id.uuid.toBytes();
    all[u"sealing-key"_qs] = alice().sealingKey().bytes();
    all[u"card"_qs] = mutators::encodeCard({ana.name, ana.phone});
    all[u"sealed-customer"_qs] = sealedAna();
    return all;
}

QString typeName(storage::ColumnType type, bool nullable)
{
    static const QStringList names{u"integer"_qs, u"boolean"_qs, u"instant"_qs,
                                   u"text"_qs,    u"uuid"_qs,    u"bytes"_qs};
    return names.at(int(type)) + (nullable ? u" or null"_qs : QString());
}

/// "all", "staff" or a list, as the document names the readers of a column.
QString readersOf(const storage::TableDescriptor &table, const storage::Column &column)
{
    const auto sees = [&](Role role) { return table.visibleTo(role) && column.visibleTo.contains(role); };
    const bool staff = sees(Role::Owner) && sees(Role::Manager) && sees(Role::Barber);
    return staff && sees(Role::Kiosk) && sees(Role::Display)     ? u"all"_qs
           : staff && !sees(Role::Kiosk) && !sees(Role::Display) ? u"staff"_qs
                                                                 : u"?"_qs;
}

template <typename Args>
void expectArguments(const QString &text, int version = 1)
{
    const QString name = QString::fromLatin1(mutators::ArgumentsOf<Args>::name);
    EXPECT_EQ(mutators::ArgumentsOf<Args>::version, version) << name.toStdString();
    for (const storage::FieldDescriptor &field : mutators::ArgumentsOf<Args>::fields().descriptors()) {
        const QString row =
            u"| `%1` | `%2` | %3 |"_qs.arg(name, field.name, typeName(field.type, field.nullable));
        EXPECT_TRUE(text.contains(row)) << row.toStdString();
    }
}

} // namespace

TEST(ProtocolDocument, PrintsTheBytesThatTheCodeWrites)
{
    const std::map<QString, QByteArray> expected = expectedBytes();
    const std::map<QString, QByteArray> documented = documentedBytes();
    for (const auto &[name, bytes] : expected) {
        const auto found = documented.find(name);
        EXPECT_EQ(found == documented.end() ? QByteArray() : found->second, bytes) << name.toStdString();
    }
    for (const auto &[name, bytes] : documented)
        EXPECT_TRUE(expected.count(name)) << name.toStdString();
}

TEST(ProtocolDocument, PrintsABoxThatOpensToTheCard)
{
    const std::map<QString, QByteArray> documented = documentedBytes();
    EXPECT_EQ(must(alice().open(documented.at(u"sealed-customer"_qs))), documented.at(u"card"_qs));
    EXPECT_EQ(must(mutators::decodeCard(documented.at(u"card"_qs))),
              (mutators::CustomerCard{ana.name, ana.phone}));
}

TEST(ProtocolDocument, PrintsMessagesThatReadBackAsWhatTheyWere)
{
    const std::map<QString, QByteArray> documented = documentedBytes();
    for (const auto &[name, message] : messages()) {
        const Result<Message> back = decode(documented.at(name), maxServerMessageBytes);
        ASSERT_THAT(back, Succeeds()) << name.toStdString();
        EXPECT_EQ(back->index(), message.index()) << name.toStdString();
        EXPECT_EQ(encode(*back), encode(message)) << name.toStdString();
    }
}

TEST(ProtocolDocument, ShowsAnExampleOfEveryMessage)
{
    QSet<size_t> shown;
    for (const auto &[name, message] : messages())
        shown.insert(message.index());
    EXPECT_EQ(size_t(shown.size()), std::variant_size_v<Message>);
}

TEST(ProtocolDocument, ListsEveryColumnWithItsTypeAndReaders)
{
    const QString text = document();
    for (const storage::TableDescriptor *table : storage::allTables()) {
        for (const storage::Column &column : table->columns()) {
            const QString row = u"| `%1` | `%2` | %3 | %4 |"_qs.arg(table->name(), column.name,
                                                                    typeName(column.type, column.nullable),
                                                                    readersOf(*table, column));
            EXPECT_TRUE(text.contains(row)) << row.toStdString();
        }
    }
}

TEST(ProtocolDocument, ListsEveryMutatorWithItsArguments)
{
    const QString text = document();
    for (const QString &name : mutators::mutatorNames())
        EXPECT_TRUE(text.contains(u"| `%1` | `id` | uuid |"_qs.arg(name))) << name.toStdString();
    expectArguments<mutators::BusinessCreate>(text);
    expectArguments<mutators::BusinessSetKey>(text);
    expectArguments<domain::Shop>(text);
    expectArguments<domain::Staff>(text);
    expectArguments<domain::Service>(text);
    expectArguments<domain::HoursRule>(text);
    expectArguments<domain::Customer>(text);
    expectArguments<mutators::CustomerAdd>(text);
    expectArguments<mutators::AppointmentBookV1>(text);
    expectArguments<mutators::AppointmentBook>(text, 2);
    expectArguments<mutators::AppointmentMove>(text);
    expectArguments<mutators::AppointmentSetStatus>(text);
}

TEST(ProtocolDocument, ListsEveryErrorCode)
{
    const QString text = document();
    for (int code = 0; code <= int(ErrorCode::Internal); ++code) {
        const QString row = u"| `%1` |"_qs.arg(errorCodeName(ErrorCode(code)));
        EXPECT_TRUE(text.contains(row)) << row.toStdString();
    }
}

TEST(ProtocolDocument, NamesThePathsAndBoundsOfTheCode)
{
    const QString text = document();
    for (const char *path : {CreateBusiness::path, JoinByPassword::path, JoinByCode::path})
        EXPECT_TRUE(text.contains(u"POST %1"_qs.arg(QLatin1String(path)))) << path;
    EXPECT_TRUE(text.contains(u"protocol version is **%1**"_qs.arg(protocol::version)));
    EXPECT_TRUE(text.contains(u"%1 bytes (256 KiB)"_qs.arg(maxDeviceMessageBytes)));
    EXPECT_TRUE(text.contains(u"%1 bytes (4 MiB)"_qs.arg(maxServerMessageBytes)));
    EXPECT_TRUE(text.contains(u"%1 bytes (16 KiB)"_qs.arg(maxFrameBytes)));
    EXPECT_TRUE(text.contains(u"at most %1 mutations"_qs.arg(maxPushed)));
}
