#include "shared/mutators/registry.h"

#include "shared/base/random.h"
#include "shared/storage/write_set.h"
#include "tests/unit/expect.h"
#include "tests/unit/mutators/salon.h"

#include <QCborArray>
#include <QJsonDocument>

using namespace strop;
using namespace strop::domain;
using namespace strop::mutators;
using namespace strop::test;

namespace {

QJsonObject json(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

/// Runs a mutation as replica and authority do: from its bytes, undone whole when it is rejected.
Result<void> applied(Salon &salon, Role role, const QByteArray &bytes)
{
    STROP_TRY_ASSIGN(const Mutation mutation, decodeMutation(bytes));
    storage::WriteSet writes(salon.rows);
    STROP_TRY(applyMutation(writes, salon.actor(role), mutation));
    return writes.flush();
}

/// Some mutation, sensible or not.
Mutation drawMutation(const Salon &salon, SeededRandom &random)
{
    const auto number = quint8(10 + random.below(20));
    const Instant start = salon.at(int(random.below(24)), int(random.below(4)) * 15);
    const StaffId staff = random.below(2) ? salon.anna : salon.ben;
    switch (random.below(7)) {
    case 0:
    case 1: {
        AppointmentBook args = salon.booking(number, start);
        args.staffId = staff;
        return makeMutation(args);
    }
    case 2:
        return makeMutation(AppointmentMove{idOf<AppointmentId>(number), staff, start});
    case 3:
        return makeMutation(
            AppointmentSetStatus{idOf<AppointmentId>(number), AppointmentStatus(random.below(7))});
    case 4:
        return makeMutation(AppointmentRestore{idOf<AppointmentId>(number)});
    case 5: {
        Service service = salon.haircut();
        service.priceMinor = qint64(random.below(5000));
        return makeMutation(service);
    }
    default: {
        Customer customer;
        customer.id = idOf<CustomerId>(number);
        customer.shopId = salon.shop;
        customer.name = u"Customer %1"_qs.arg(random.below(3));
        return makeMutation(customer);
    }
    }
}

} // namespace

TEST(Mutation, ReadsBackFromItsBytes)
{
    const Salon salon;
    for (const Mutation &mutation :
         {makeMutation(salon.booking(10, salon.at(10))), makeMutation(salon.tuesdays()),
          makeMutation(BusinessCreate{salon.business, u"Strop"_qs}), Mutation{u"x"_qs, 7, {}}})
        EXPECT_EQ(must(decodeMutation(encodeMutation(mutation))), mutation);
}

TEST(Mutation, CarriesItsWireNameAndTheFieldsOfItsArguments)
{
    const Salon salon;
    const Mutation mutation = makeMutation(salon.booking(10, salon.at(10)));
    EXPECT_EQ(mutation.name, u"appointment.book"_qs);
    EXPECT_EQ(mutation.version, 2);
    EXPECT_EQ(mutation.arguments.value(u"start_ms"_qs).toInteger(), toMs(salon.at(10)));
    EXPECT_EQ(mutation.arguments.value(u"staff_id"_qs).toByteArray(), salon.anna.uuid.toBytes());
    EXPECT_TRUE(mutation.arguments.value(u"customer_id"_qs).isNull());
}

TEST(Mutation, RefusesAnythingElse)
{
    const QByteArray good = encodeMutation({u"shop.put"_qs, 1, {}});
    for (qsizetype size = 0; size < good.size(); ++size)
        EXPECT_THAT(decodeMutation(good.left(size)), FailsWith(ErrorCode::InvalidArgument)) << size;
    EXPECT_THAT(decodeMutation(good + 'x'), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(decodeMutation(QByteArray(100'000, '\x81')), FailsWith(ErrorCode::InvalidArgument));
    for (const QCborArray &bad :
         {QCborArray{}, QCborArray{u"a"_qs, 1}, QCborArray{1, 1, QCborMap{}},
          QCborArray{u"a"_qs, u"1"_qs, QCborMap{}}, QCborArray{u"a"_qs, 1, QCborArray{}},
          QCborArray{u"a"_qs, 1, QCborMap{}, 0}, QCborArray{u"a"_qs, (qint64(1) << 32) + 1, QCborMap{}},
          QCborArray{u"a"_qs, -1, QCborMap{}}})
        EXPECT_THAT(decodeMutation(QCborValue(bad).toCbor()), FailsWith(ErrorCode::InvalidArgument));
}

TEST(Mutation, RefusesAVersionThatIsNoInteger)
{
    // Found by fuzzing: a double that no 64 bits hold.
    const QByteArray bytes = QCborValue(QCborArray{u"staff.retire"_qs, 4.8e180, QCborMap()}).toCbor();
    EXPECT_THAT(decodeMutation(bytes), FailsWith(ErrorCode::InvalidArgument));
}

TEST(Registry, KnowsEveryMutatorByItsWireName)
{
    EXPECT_EQ(mutatorNames(),
              (QStringList{u"appointment.book"_qs, u"appointment.cancel"_qs, u"appointment.move"_qs,
                           u"appointment.restore"_qs, u"appointment.setStatus"_qs, u"business.create"_qs,
                           u"business.setKey"_qs, u"customer.add"_qs, u"customer.put"_qs, u"hours.put"_qs,
                           u"hours.retire"_qs, u"service.put"_qs, u"service.retire"_qs, u"shop.put"_qs,
                           u"shop.retire"_qs, u"staff.put"_qs, u"staff.retire"_qs}))
        << "released names never change";
}

TEST(Registry, AsksForAnUpdateWhereANameOrVersionIsUnknown)
{
    Salon salon;
    for (const Mutation &mutation :
         {Mutation{u"till.open"_qs, 1, {}}, Mutation{u"shop.put"_qs, 2, {}},
          Mutation{u"appointment.book"_qs, 0, {}}, Mutation{u"appointment.book"_qs, 3, {}}})
        EXPECT_THAT(applyMutation(salon.rows, salon.actor(Role::Owner), mutation),
                    FailsWith(ErrorCode::UpdateNeeded));
}

TEST(Registry, SaysABookingOfVersionOneAsTheNewestVersionDoes)
{
    const Salon salon;
    AppointmentBook booking = salon.booking(10, salon.at(10));
    booking.customerId = idOf<CustomerId>(11);
    booking.durationMinutes = 45;
    booking.source = Source::Kiosk;
    booking.note = u"Short"_qs;
    Mutation old = makeMutation(booking);
    old.version = 1;
    old.arguments.remove(u"sealed_customer"_qs);
    ASSERT_EQ(old.arguments.size(), 10) << "as released";
    EXPECT_EQ(must(newestVersion(old)), makeMutation(booking));
    EXPECT_EQ(must(newestVersion(makeMutation(booking))), makeMutation(booking)) << "and leaves the newest";
}

TEST(Registry, RunsEveryVersionOfABookingToTheSameRows)
{
    Salon ofOld;
    Salon ofNew;
    const AppointmentBook booking = ofNew.booking(10, ofNew.at(10));
    Mutation old = makeMutation(booking);
    old.version = 1;
    old.arguments.remove(u"sealed_customer"_qs);
    must(applyMutation(ofOld.rows, ofOld.actor(Role::Owner), old));
    must(applyMutation(ofNew.rows, ofNew.actor(Role::Owner), makeMutation(booking)));
    EXPECT_EQ(ofOld.digest(), ofNew.digest());
}

TEST(Registry, PassesOverWhatVersionOneOfABookingDidNotKnow)
{
    Salon salon;
    Mutation old = makeMutation(salon.booking(10, salon.at(10)));
    old.version = 1;
    old.arguments.insert(u"sealed_customer"_qs, QByteArray(100, 'x'));
    EXPECT_TRUE(must(newestVersion(old)).arguments.value(u"sealed_customer"_qs).isNull());
}

TEST(Registry, RefusesArgumentsOfTheWrongTypeByName)
{
    Salon salon;
    Mutation mutation = makeMutation(salon.booking(10, salon.at(10)));
    mutation.arguments.insert(u"start_ms"_qs, u"noon"_qs);
    EXPECT_THAT(applyMutation(salon.rows, salon.actor(Role::Owner), mutation),
                FailsSaying(ErrorCode::InvalidArgument, u"start_ms"_qs));
}

TEST(Registry, TakesWhatAPersonWroteAsJson)
{
    Salon salon;
    const auto mutation = mutationFromJson(
        u"appointment.book"_qs,
        json(uR"({"id": "%1", "visit_id": "%1", "shop_id": "%2", "staff_id": "%3", "service_id": "%4",
                  "start_ms": "2026-05-05T10:00:00+02:00", "source": "import"})"_qs.arg(
            uuidOf(10).toString(), salon.shop.toString(), salon.anna.toString(), salon.cut.toString())));
    ASSERT_THAT(mutation, Succeeds());
    ASSERT_THAT(applyMutation(salon.rows, salon.actor(Role::Owner), *mutation), Succeeds());
    EXPECT_EQ(salon.stored<Appointment>(idOf<AppointmentId>(10)).start, salon.at(10));
}

TEST(Registry, TellsAPersonWhatIsWrong)
{
    EXPECT_THAT(mutationFromJson(u"appointment.bok"_qs, {}),
                FailsSaying(ErrorCode::InvalidArgument, u"appointment.book"_qs));
    EXPECT_THAT(mutationFromJson(u"shop.retire"_qs, json(uR"({"ident": 1})"_qs)),
                FailsSaying(ErrorCode::InvalidArgument, u"Known fields: id"_qs));
    EXPECT_THAT(mutationFromJson(u"shop.retire"_qs, json(uR"({"id": 1})"_qs)),
                FailsSaying(ErrorCode::InvalidArgument, u"UUID"_qs));
}

TEST(Mutators, GiveTheSameOutcomesAndRowsOnEveryStore)
{
    Salon device;
    Salon server;
    SeededRandom random(2026);
    int accepted = 0;
    int rejected = 0;
    for (int i = 0; i < 400; ++i) {
        const QByteArray bytes = encodeMutation(drawMutation(device, random));
        const Role role = everyActor.at(random.below(4));
        const auto here = applied(device, role, bytes);
        const auto there = applied(server, role, bytes);
        ASSERT_EQ(here.has_value(), there.has_value());
        if (!here) {
            ASSERT_EQ(here.error(), there.error());
        }
        ++(here ? accepted : rejected);
        if (i % 20 == 0) {
            ASSERT_EQ(device.digest(), server.digest()) << i;
        }
    }
    EXPECT_EQ(device.digest(), server.digest());
    EXPECT_GT(accepted, 50);
    EXPECT_GT(rejected, 50);
}

TEST(Mutators, NeverLetTwoAppointmentsOfABarberOverlap)
{
    Salon salon;
    SeededRandom random(7);
    for (int i = 0; i < 600; ++i)
        (void)applied(salon, everyActor.at(random.below(4)), encodeMutation(drawMutation(salon, random)));
    for (const StaffId staff : {salon.anna, salon.ben}) {
        const auto booked = must(salon.rows.range<Appointment>(
            {u"staff_start"_qs, {staff.uuid.toBytes()}, 0, std::numeric_limits<qint64>::max()}));
        Instant free{};
        int occupied = 0;
        for (const Appointment &appointment : booked) {
            if (!occupiesBarber(appointment.status))
                continue;
            EXPECT_LE(free, appointment.start);
            free = appointment.end;
            ++occupied;
        }
        EXPECT_GT(occupied, 1);
    }
}
