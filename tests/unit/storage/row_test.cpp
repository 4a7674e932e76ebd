#include "shared/storage/row.h"

#include "shared/base/random.h"
#include "shared/storage/tables.h"
#include "tests/unit/expect.h"
#include "tests/unit/synced_store.h"

#include <QCborMap>

using namespace strop;
using namespace strop::storage;
using namespace strop::domain;
using namespace strop::test;

namespace {

const Table<Appointment> &appointments()
{
    return tableOf<Appointment>();
}

Row appointmentRow(quint8 number)
{
    const Appointment appointment{.id = idOf<AppointmentId>(number),
                                  .shopId = idOf<ShopId>(2),
                                  .visitId = idOf<VisitId>(3),
                                  .staffId = idOf<StaffId>(4),
                                  .serviceId = idOf<ServiceId>(5),
                                  .start = instantFromMs(1000),
                                  .end = instantFromMs(2000),
                                  .status = AppointmentStatus::Arrived,
                                  .priceMinor = 2400};
    return {uuidOf(number), 7, false, appointments().encode(appointment)};
}

Row tombstone(quint8 number)
{
    return {uuidOf(number), 9, true, appointments().emptyValues()};
}

Result<TableRows> throughTheWire(const TableRows &rows, Role role)
{
    const QByteArray bytes = QCborValue(encodeRows(rows, role)).toCbor();
    return decodeRows(QCborValue::fromCbor(bytes).toArray());
}

/// A place among a table's cells.
const Value &cell(const Row &row, const QString &column)
{
    return row.values.at(size_t(appointments().columnIndex(column)));
}

/// Three rows, decoded after `change` was done to [table, columns, rows].
template <typename Change>
Result<TableRows> decodedAfter(const Change &change)
{
    QCborArray encoded =
        encodeRows({&appointments(), {appointmentRow(1), tombstone(2), appointmentRow(3)}}, Role::Owner);
    change(encoded);
    return decodeRows(encoded);
}

} // namespace

TEST(Rows, TravelWholeToTheOwner)
{
    const TableRows sent{&appointments(), {appointmentRow(1), tombstone(2)}};
    const auto received = throughTheWire(sent, Role::Owner);
    ASSERT_THAT(received, Succeeds());
    EXPECT_EQ(received->table, sent.table);
    EXPECT_EQ(received->rows, sent.rows);
}

TEST(Rows, ReachAKioskAsOpaqueBusyIntervals)
{
    const auto received = throughTheWire({&appointments(), {appointmentRow(1)}}, Role::Kiosk);
    ASSERT_THAT(received, Succeeds());
    const Row &row = received->rows.at(0);
    EXPECT_EQ(cell(row, u"start_ms"_qs), Value(qint64(1000)));
    EXPECT_EQ(cell(row, u"staff_id"_qs), Value(uuidOf(4).toBytes()));
    EXPECT_EQ(cell(row, u"price_minor"_qs), Value(qint64(0)));
    EXPECT_EQ(cell(row, u"visit_id"_qs), Value(Uuid().toBytes()));
    EXPECT_EQ(row, project(appointments(), appointmentRow(1), Role::Kiosk));
    EXPECT_THAT(appointments().decode(row.id, row.values), Succeeds());
}

TEST(Rows, OfCustomersAndVisitsNeverReachAKioskOrADisplay)
{
    Customer maria;
    maria.name = u"María"_qs;
    const Row customer{uuidOf(1), 1, false, tableOf<Customer>().encode(maria)};
    for (const Role role : {Role::Kiosk, Role::Display}) {
        EXPECT_TRUE(encodeRows({&tableOf<Customer>(), {customer}}, role).isEmpty());
        EXPECT_FALSE(project(tableOf<Customer>(), customer, role));
        EXPECT_FALSE(tableOf<Visit>().visibleTo(role));
        const QByteArray bytes =
            QCborValue(encodeRows({&appointments(), {appointmentRow(1)}}, role)).toCbor();
        EXPECT_FALSE(bytes.contains("price_minor"));
        EXPECT_FALSE(bytes.contains(uuidOf(3).toBytes())) << "the visit";
    }
}

TEST(Rows, AreTheSameWhetherProjectedHereOrSentThere)
{
    for (const Role role : {Role::Owner, Role::Manager, Role::Barber, Role::Kiosk, Role::Display}) {
        for (const Row &row : {appointmentRow(1), tombstone(2)}) {
            const auto received = throughTheWire({&appointments(), {row}}, role);
            EXPECT_EQ(received->rows.at(0), project(appointments(), row, role)) << roleName(role).data();
        }
    }
}

TEST(Rows, OfATableThatThisVersionDoesNotKnowAreSkipped)
{
    const auto received = decodeRows({u"till"_qs, QCborArray{}, QCborArray{}});
    ASSERT_THAT(received, Succeeds());
    EXPECT_EQ(received->table, nullptr);
}

TEST(Rows, OfANewerVersionLoseTheirUnknownColumns)
{
    const auto received =
        decodeRows({u"business"_qs, QCborArray{u"slogan"_qs, u"name"_qs},
                    QCborArray{QCborArray{uuidOf(1).toBytes(), 3, false, QCborMap{}, u"Strop"_qs}}});
    ASSERT_THAT(received, Succeeds());
    EXPECT_EQ(received->rows.at(0), (Row{uuidOf(1), 3, false, {u"Strop"_qs, QByteArray()}}));
}

TEST(Rows, ThatAreMalformedAreRefused)
{
    const auto withRow = [](const QCborValue &row) {
        return decodedAfter([&](QCborArray &batch) { batch[2] = QCborArray{row}; });
    };
    const QByteArray id = uuidOf(1).toBytes();
    EXPECT_THAT(decodeRows({}), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(decodeRows({u"appointment"_qs, 1, 2}), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(withRow(5), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(withRow(QCborArray{}), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(withRow(QCborArray{id.left(15), 1, false}), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(withRow(QCborArray{id, u"1"_qs, false}), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(withRow(QCborArray{id, 1, 0}), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(withRow(QCborArray{id, 1, false}),
                FailsSaying(ErrorCode::InvalidArgument, u"number of cells"_qs));
    EXPECT_THAT(decodedAfter([](QCborArray &batch) {
                    QCborArray rows = batch.at(2).toArray();
                    QCborArray row = rows.at(0).toArray();
                    row[3] = 5.5;
                    rows[0] = row;
                    batch[2] = rows;
                }),
                FailsWith(ErrorCode::InvalidArgument));
}

TEST(Rows, MutatedByAStrangerAreRefusedOrSoundButNeverMore)
{
    SeededRandom random(20'260'329);
    const QByteArray sound =
        QCborValue(
            encodeRows({&appointments(), {appointmentRow(1), tombstone(2), appointmentRow(3)}}, Role::Owner))
            .toCbor();
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        QByteArray bytes = sound;
        for (quint64 left = 1 + random.below(6); left > 0; --left) {
            const auto at = qsizetype(random.below(quint64(bytes.size())));
            switch (random.below(3)) {
            case 0:
                bytes[at] = char(random.next());
                break;
            case 1:
                bytes.insert(at, random.bytes(qsizetype(1 + random.below(3))));
                break;
            default:
                bytes.remove(at, qsizetype(random.below(4)));
            }
        }
        const auto decoded = decodeRows(QCborValue::fromCbor(bytes).toArray());
        if (!decoded) {
            ASSERT_THAT(decoded, FailsWith(ErrorCode::InvalidArgument));
            continue;
        }
        if (!decoded->table)
            continue;
        ++accepted;
        for (const Row &row : decoded->rows) {
            ASSERT_EQ(row.values.size(), decoded->table->columns().size());
            for (size_t column = 0; column < row.values.size(); ++column) {
                const Column &declared = decoded->table->columns()[column];
                ASSERT_TRUE(fits(row.values[column], declared.type, declared.nullable));
            }
        }
    }
    EXPECT_GT(accepted, 0) << "some mutations leave a sound batch";
}

TEST(RowToJson, NamesEveryColumnInPlainTextTypes)
{
    const QJsonObject json = rowToJson(appointments(), appointmentRow(1));
    EXPECT_EQ(json.value(u"id"_qs).toString(), uuidOf(1).toString());
    EXPECT_EQ(json.value(u"start_ms"_qs).toString(), u"1970-01-01T00:00:01.000Z"_qs);
    EXPECT_EQ(json.value(u"status"_qs).toString(), u"arrived"_qs);
    EXPECT_EQ(json.value(u"price_minor"_qs).toInt(), 2400);
    EXPECT_EQ(json.size(), qsizetype(appointments().columns().size()) + 2);
}
